"""What a document calls itself: the URI that references to it use before any place (Arazzo 1.1, Identity).

`$self` names an Arazzo document of 1.1 and an OpenAPI description of 3.2, `$id` a file of JSON Schema.
"""

from __future__ import annotations

from arazzo_runner.document import describe
from arazzo_runner.document.source import Source
from arazzo_runner.sources.location import resolve
from arazzo_runner.sources.openapi.document import version_of
from arazzo_runner.sources.registry import type_of


def identity_of(source: Source) -> str | None:
    """Return the absolute URI that a document gives itself, or None."""
    root = source.data
    if not isinstance(root, dict):
        return None
    match type_of(root):
        case "arazzo":
            # An earlier version has no `$self`, so the model decides.
            description = describe(source)
            return None if description.self_uri is None else description.base_uri
        case "openapi":
            written = root.get("$self") if version_of(root) >= "3.2" else None
        case "":
            written = root.get("$id")
        case _:
            written = None
    try:
        return resolve(source.base_uri, written) if isinstance(written, str) and written else None
    except ValueError:
        return None
