"""Which parts of a request are API keys by what the description declares, whoever put them in.

A document may set the key itself, under a name that says nothing (`X-Foo`, `subscription`): the security scheme of
that name and place tells that it is a secret. All schemes of the description count, not only those that the operation
asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote_plus

from arazzo_runner.sources.operations import Operation


def api_key_names(operation: Operation, url: str, headers: tuple[tuple[str, str], ...]) -> frozenset[str]:
    """Return the names of the keys in a request: headers in lower case, query parameters and cookies as they stand.

    (OpenAPI 3.2, Security Scheme Object: `in`, `name`.)
    """
    if not operation.schemes:
        return frozenset()
    return frozenset(_names(operation, url.partition("#")[0].partition("?")[2], headers))


def _names(operation: Operation, query: str, headers: tuple[tuple[str, str], ...]) -> Iterator[str]:
    keys = {(scheme.location, scheme.parameter) for scheme in operation.schemes.values() if scheme.type == "apiKey"}
    fields = {name.lower() for location, name in keys if location == "header"}
    yield from (name.lower() for name, _ in headers if name.lower() in fields)
    pieces = (piece.partition("=")[0] for piece in query.split("&"))
    yield from (name for name in pieces if ("query", unquote_plus(name)) in keys)
    cookies = (text.split(";") for name, text in headers if name.lower() == "cookie")
    crumbs = (crumb.strip().partition("=")[0] for each in cookies for crumb in each)
    yield from (name for name in crumbs if ("cookie", name) in keys)
