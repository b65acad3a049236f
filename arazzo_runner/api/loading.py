"""Loading an Arazzo Description from a path, a URL or a text."""

from __future__ import annotations

import os
from pathlib import Path

from arazzo_runner.document import Profile, describe, read
from arazzo_runner.document.collector import collector_paused
from arazzo_runner.document.model import Description
from arazzo_runner.errors import UsageError
from arazzo_runner.sources.access import Access, retrieve
from arazzo_runner.sources.location import locate, scheme_of
from arazzo_runner.sources.retrieval import RetrievalFailure

TEXT_NAME = "<text>"


@collector_paused()
def load(
    where: str | os.PathLike[str] | None = None,
    *,
    text: str | bytes | None = None,
    base_uri: str | None = None,
    access: Access | None = None,
) -> Description:
    """Load an Arazzo Description (Arazzo 1.1, Arazzo Description Structure).

    Give a path or URL, or the `text` of a document with the `base_uri` (a URI or path) that its relative references
    resolve against; with both, `where` is only the document's name and place. Faults of the document are no
    exceptions: they stand in `Description.diagnostics`, and the model holds what could be read (editors need that).
    `access` says what may be read, and how: all that it names where it is left out.

    Raises:
        UsageError: the document can't be had: no such file, no answer, not allowed.
    """
    if where is None and text is None:
        raise UsageError("there is nothing to load", "give a path or URL, or text=...")
    location = locate(os.fspath(where) if where is not None else TEXT_NAME, Path.cwd())
    base = None if base_uri is None else _absolute(base_uri)
    if text is not None:
        return describe(read(text, base or location.uri, location.name, Profile.ARAZZO), base)
    found = (access or retrieve).naming(location.uri)(location.uri)
    if isinstance(found, RetrievalFailure):
        raise UsageError(f"cannot read {location.name}: {found.reason}", found.help)
    return describe(read(found.content, found.uri, location.name, Profile.ARAZZO, found.content_type), base)


def reread(description: Description, text: str, base_uri: str | None = None) -> Description:
    """Return the description that another text at the same place is; `base_uri` as it was given to `load`."""
    source = read(text, description.source.uri, description.source.name, Profile.ARAZZO)
    return describe(source, None if base_uri is None else _absolute(base_uri))


def _absolute(base_uri: str) -> str:
    return base_uri if scheme_of(base_uri) else locate(base_uri, Path.cwd()).uri
