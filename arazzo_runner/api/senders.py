"""Who would send something secret to a place that nobody named: told once, with all steps and the URL's own place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from arazzo_runner.diagnostics import Related
from arazzo_runner.sources.operations import Document, SecurityScheme
from arazzo_runner.values import Path

MAX_SHOWN: Final = 4
"""Steps that a message names."""


BROWSED: Final = "authorization URL"
"""What a person's browser opens: no secret of the credential goes there."""


def steps_named(ids: Iterable[str]) -> str:
    """Return the steps for a message: ``step 'a'``, or ``steps 'a', 'b' and 2 more``."""
    names = list(dict.fromkeys(ids))
    listed = ", ".join(f"'{name}'" for name in names[:MAX_SHOWN])
    more = f" and {len(names) - MAX_SHOWN} more" if len(names) > MAX_SHOWN else ""
    return f"step{'s' if len(names) > 1 else ''} {listed}{more}"


def urls_of(scheme: SecurityScheme) -> Iterator[tuple[str, str, Related | None]]:
    """Yield what each URL of a scheme is, the URL as written, and its place in the description where that is known.

    (OpenAPI 3.2, OAuth Flow Object.)
    """
    if scheme.discovery_url:
        key = "openIdConnectUrl" if scheme.type == "openIdConnect" else "oauth2MetadataUrl"
        yield "discovery URL", scheme.discovery_url, _place(scheme.document, scheme.at, key)
    for flow in scheme.flows:
        written = (
            ("token URL", "tokenUrl", flow.token_url),
            ("refresh URL", "refreshUrl", flow.refresh_url),
            ("device authorization URL", "deviceAuthorizationUrl", flow.device_url),
            (BROWSED, "authorizationUrl", flow.authorization_url),
        )
        for name, key, url in written:
            if url:
                yield name, url, _place(flow.document, flow.at, key)


def _place(document: Document | None, at: Path, key: str) -> Related | None:
    return Related(f"the {key}", document.span((*at, key))) if document is not None else None
