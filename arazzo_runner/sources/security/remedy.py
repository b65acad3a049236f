"""What to do where a token could not be fetched: where its URL stands, and where the client came from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from arazzo_runner.sources.security.credential import CLIENT_ID, TOKEN
from arazzo_runner.sources.security.grant import Grant
from arazzo_runner.sources.security.names import variable_name
from arazzo_runner.sources.security.ways import Flow

NO_TOKEN: Final = "no_token"
"""Stands in the place of an error code of OAuth 2.0 where an answer is no answer of a token endpoint."""

_CLIENT: Final = ("invalid_client", "unauthorized_client", "invalid_grant", "access_denied")
"""The error codes (RFC 6749, section 5.2) that speak of what was given."""


def remedies(grant: Grant, code: str, *, is_answered: bool) -> Iterator[str]:
    """Yield what to do, each in a line, with nothing secret in it.

    `code` is the error code of OAuth 2.0, `NO_TOKEN` or nothing; `is_answered` tells whether the server was reached.
    """
    if grant.flow is Flow.CALLABLE:
        return
    check = _check(grant, code, is_answered)
    token = variable_name(grant.source, grant.scheme, TOKEN)
    if check:
        yield check
    yield f"{'or ' * bool(check)}give a token that you have: --auth {grant.scheme}=TOKEN, or set {token}"


def _check(grant: Grant, code: str, is_answered: bool) -> str:
    if not is_answered:
        return f"check the URL, and that its server runs{_place(grant)}"
    if code == NO_TOKEN:
        return f"check the URL{_place(grant)}"
    if code == "invalid_scope":
        return f"check the scopes that were asked for: {' '.join(grant.scopes) or 'none'}"
    return _given(grant) if code in _CLIENT else ""


def _place(grant: Grant) -> str:
    if grant.document is None or not grant.written_at:
        return ""
    return f": '{grant.written_at[-1]}' of the scheme stands at {grant.document.span(grant.written_at).place()}"


def _given(grant: Grant) -> str:
    """Name the fields that were sent, and where each came from; the client's id is no secret, and shown."""
    parts = []
    for name in sorted(grant.fields, key=lambda one: one != CLIENT_ID):
        shown = f"{name.lower()} '{grant.fields[name]}'" if name == CLIENT_ID else name.lower()
        parts.append(shown + (f" (from {grant.origins[name]})" if grant.origins.get(name) else ""))
    return f"check what was sent: {', '.join(parts)}" if parts else ""
