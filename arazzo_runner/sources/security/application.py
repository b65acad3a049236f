"""Choosing and encoding what authenticates a request."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from arazzo_runner.sources.openapi.headers import cookie_pair
from arazzo_runner.sources.openapi.percent import unreserved
from arazzo_runner.sources.openapi.scalars import Unserialisable
from arazzo_runner.sources.operations import Operation, SecurityScheme
from arazzo_runner.sources.security.credential import (
    API_KEY,
    PASSWORD,
    USERNAME,
    Credential,
    Credentials,
    Login,
    bare_token,
    found_for,
    user_pass,
)
from arazzo_runner.sources.security.grant import Grant, TokenKey, grant_by
from arazzo_runner.sources.security.wants import explanation, target
from arazzo_runner.sources.security.ways import is_complete, way_for

Tokens: TypeAlias = Mapping[TokenKey, Credential]
"""What was fetched, by what it is for."""


@dataclass(frozen=True, slots=True)
class Present:
    """The names that the document sets itself in a request; header names count without case."""

    headers: frozenset[str] = frozenset()
    query: frozenset[str] = frozenset()
    cookies: frozenset[str] = frozenset()

    def has(self, location: str, name: str) -> bool:
        """Tell whether the document sets the header, query parameter or cookie of that name."""
        if location == "header":
            return name.lower() in {header.lower() for header in self.headers}
        return name in (self.query if location == "query" else self.cookies)


@dataclass(frozen=True, slots=True)
class Applied:
    """What credentials add to a request, encoded: headers, query pieces and cookie pieces.

    `login` answers a challenge of the server. `missing` is empty, or explains in lines for a person which credentials
    are wanted and how to give each. `grants` are what has to be fetched first, so that nothing else is added yet.
    `renewals` are what could be fetched anew, should the server refuse the request.
    `remarks` tell which credentials that were given are not sent.
    """

    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    query: tuple[str, ...] = field(default=(), repr=False)
    cookies: tuple[str, ...] = field(default=(), repr=False)
    missing: str = ""
    login: Login | None = field(default=None, repr=False)
    grants: tuple[Grant, ...] = field(default=(), compare=False)
    renewals: tuple[Grant, ...] = field(default=(), compare=False)
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Given:
    """All that may authenticate a request of an operation."""

    operation: Operation
    credentials: Credentials
    present: Present
    tokens: Tokens
    spent: Collection[tuple[str, str]]


def apply(
    operation: Operation,
    credentials: Credentials,
    present: Present | None = None,
    tokens: Tokens | None = None,
    spent: Collection[tuple[str, str]] = (),
) -> Applied:
    """Choose and encode what authenticates a request (OpenAPI 3.2, Security Requirement Object).

    `present` holds the names that the document sets itself, `tokens` what was fetched before, and `spent` the schemes
    (source and key) whose token that was given was refused. Where no alternative is satisfied, nothing is added.
    """
    given = _Given(operation, credentials, present or Present(), tokens or {}, spent)
    fetching: Applied | None = None
    for alternative in sorted(operation.security, key=lambda schemes: not schemes):
        if not alternative and fetching:
            break
        added = [_addition(given, key, tuple(scopes)) for key, scopes in alternative.items()]
        if any(one is None for one in added):
            continue
        whole = _together({key: one for key, one in zip(alternative, added, strict=True) if one is not None})
        if not whole.grants:
            return whole
        fetching = fetching or Applied(grants=whole.grants)
    return fetching or Applied(missing=explanation(operation) if operation.security else "")


def _together(added: Mapping[str, Applied]) -> Applied:
    """Add up the parts of an alternative; the first to set a header, query parameter or cookie has it alone."""
    headers: dict[str, tuple[str, str]] = {}
    query: dict[str, str] = {}
    cookies: dict[str, str] = {}
    logins: list[Login] = []
    grants: list[Grant] = []
    renewals: list[Grant] = []
    parts = added.values()
    for part in parts:
        for name, value in part.headers:
            headers.setdefault(name.lower(), (name, value))
        for pieces, known in ((part.query, query), (part.cookies, cookies)):
            for piece in pieces:
                known.setdefault(piece.partition("=")[0], piece)
        logins += [part.login] if part.login else []
        grants += part.grants
        renewals += part.renewals
    login = None if "authorization" in headers else next(iter(logins), None)
    return Applied(
        tuple(headers.values()),
        tuple(query.values()),
        tuple(cookies.values()),
        login=login,
        grants=tuple(grants),
        renewals=tuple(renewals),
        remarks=tuple(_crowded_out(added)),
    )


def _crowded_out(added: Mapping[str, Applied]) -> Iterator[str]:
    """Yield a remark for each scheme whose credential is not sent, for another has its place in the request."""
    first: dict[tuple[str, str], tuple[str, str]] = {}
    for key, part in sorted(added.items(), key=lambda each: each[1].login is not None):
        headers = [("header", name, name.lower(), value) for name, value in part.headers]
        headers += [("header", "Authorization", "authorization", "")] if part.login else []
        pieces = [("query parameter", piece) for piece in part.query] + [("cookie", piece) for piece in part.cookies]
        named = ((kind, *piece.partition("=")) for kind, piece in pieces)
        for kind, shown, name, value in (*headers, *((kind, name, name, value) for kind, name, _, value in named)):
            owner, sent = first.setdefault((kind, name), (key, value))
            if owner != key and sent != value:
                yield (
                    f"security schemes '{owner}' and '{key}' both set the {kind} '{shown}': only what '{owner}' wants "
                    "is sent"
                )


def _addition(given: _Given, key: str, scopes: tuple[str, ...]) -> Applied | None:
    """Return what one scheme adds (nothing where the document does it), or None where its credential is missing."""
    scheme = given.operation.schemes.get(key)
    if scheme is None:
        return None
    location, name = target(scheme)
    if name and given.present.has(location, name):
        return Applied()
    source = given.operation.source
    credential = found_for(given.credentials, source, key)
    way = way_for(scheme, credential, spent=(source, key) in given.spent) or way_for(scheme, credential)
    if way is None:
        return None
    token_key = (source, key, scopes)
    if way.flow is None:
        again = way_for(scheme, credential, spent=True)
        renewals = (grant_by(again, token_key, credential, scheme),) if again else ()
        return _encoded(scheme, credential.fields, renewals)
    grant = grant_by(way, token_key, credential, scheme)
    fetched = given.tokens.get(token_key)
    if fetched is None:
        return Applied(grants=(grant,))
    return _encoded(scheme, fetched.fields, (grant,)) if is_complete(scheme, fetched.fields) else None


def _encoded(scheme: SecurityScheme, fields: Mapping[str, str], renewals: tuple[Grant, ...]) -> Applied | None:
    match scheme.type, scheme.scheme:
        case "apiKey", _:
            return _api_key(scheme, fields[API_KEY], renewals)
        case "http", "basic":
            return Applied(headers=(("Authorization", f"Basic {user_pass(fields)}"),), renewals=renewals)
        case "http", "digest":
            return Applied(login=Login(fields[USERNAME], fields[PASSWORD]), renewals=renewals)
        case "mutualTLS", _:
            return Applied()
        case _:
            return Applied(headers=(("Authorization", f"Bearer {bare_token(fields)}"),), renewals=renewals)


def _api_key(scheme: SecurityScheme, key: str, renewals: tuple[Grant, ...]) -> Applied | None:
    match scheme.location:
        case "header":
            return Applied(headers=((scheme.parameter, key),), renewals=renewals)
        case "query":
            return Applied(query=(f"{unreserved(scheme.parameter)}={unreserved(key)}",), renewals=renewals)
        case "cookie":
            pair = f"{scheme.parameter}={key}"
            legal = not isinstance(cookie_pair(pair), Unserialisable)
            return Applied(cookies=(pair if legal else f"{scheme.parameter}={unreserved(key)}",), renewals=renewals)
    return None
