"""What spans and metrics say of requests, by the names of OpenTelemetry's semantic conventions for HTTP.

Bodies, headers, inputs and outputs are no part of it. Events are redacted, so nothing here is secret.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from arazzo_runner.engine.effects import Request

Attributes: TypeAlias = Mapping[str, str | int | float]

METHODS: Final = frozenset("CONNECT DELETE GET HEAD OPTIONS PATCH POST PUT QUERY TRACE".split())
"""The methods that stand for themselves; others are `_OTHER`."""

OTHER: Final = "_OTHER"
_PORTS: Final = {"http": 80, "https": 443}


def method_of(request: Request) -> str:
    """Return the method as a span names it."""
    return request.method if request.method in METHODS else OTHER


def of_server(request: Request) -> Attributes:
    """Return what spans and metrics both say of a request."""
    found: dict[str, str | int | float] = {"http.request.method": method_of(request)}
    try:
        split = urlsplit(request.url)
        host, port = split.hostname, split.port
    except ValueError:
        return found
    if split.scheme:
        found["url.scheme"] = split.scheme
    if host:
        found["server.address"] = plain(host)
    if port or split.scheme in _PORTS:
        found["server.port"] = port or _PORTS[split.scheme]
    return found


def of_request(request: Request, template: str, resent: int) -> Attributes:
    """Return what the span of a request says of it.

    `template` is the path of the operation, empty where the request goes elsewhere; `resent` counts the requests of the
    same step that came before it.
    """
    found = {**of_server(request), "url.full": plain(request.url)}
    if found["http.request.method"] == OTHER:
        found["http.request.method_original"] = plain(request.method)
    if template:
        found["url.template"] = plain(template)
    if resent:
        found["http.request.resend_count"] = resent
    return found


def of_status(status: int) -> Attributes:
    """Return what is said of an answer: 400 and above are errors to a client."""
    found: dict[str, str | int | float] = {"http.response.status_code": status}
    return {**found, "error.type": str(status)} if is_error(status) else found


def is_error(status: int) -> bool:
    """Tell whether a client takes an answer for an error."""
    return status >= 400


def plain(text: str) -> str:
    """Return a text that can be written as UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")
