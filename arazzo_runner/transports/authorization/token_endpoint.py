"""Asking a token endpoint (RFC 6749, sections 4 to 6; RFC 8628, section 3.4)."""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote_plus

from oauthlib.oauth2.rfc6749.errors import OAuth2Error
from oauthlib.oauth2.rfc6749.parameters import parse_token_response, prepare_token_request

from arazzo_runner.engine.outcomes import Authorized, Response
from arazzo_runner.sources.openapi.headers import header_text
from arazzo_runner.sources.openapi.scalars import Unserialisable
from arazzo_runner.sources.security import CLIENT_ID, CLIENT_SECRET, NO_TOKEN, TOKEN
from arazzo_runner.transports.authorization.conversation import Conversation, Refusal, endpoint_of, members_of

MAX_TOLD: Final = 200
"""Characters of a server's own words that a message repeats."""

MAX_LIFETIME: Final = 10.0**9


def ask(talk: Conversation, url: str, **parameters: str) -> Authorized:
    """Ask for a token by the flow of the grant, and return it.

    A client with a secret says who it is in a header, as every server must understand (RFC 6749, section 2.3.1); one
    that answers `invalid_client` is asked once more with both in the form.

    Raises:
        Refusal: no token was given.
        TransportFailure: no answer came.
    """
    fields = talk.grant.fields
    if CLIENT_SECRET not in fields or CLIENT_ID not in fields:
        return _asked(talk, url, parameters, {CLIENT_ID.lower(): fields[CLIENT_ID]} if CLIENT_ID in fields else {})
    pair = f"{quote_plus(fields[CLIENT_ID])}:{quote_plus(fields[CLIENT_SECRET])}"
    header = ("Authorization", f"Basic {base64.b64encode(pair.encode()).decode()}")
    try:
        return _asked(talk, url, parameters, {}, header)
    except Refusal as refusal:
        if refusal.code != "invalid_client":
            raise
    client = {"client_id": fields[CLIENT_ID], "client_secret": fields[CLIENT_SECRET]}
    return _asked(talk, url, parameters, client)


def _asked(
    talk: Conversation, url: str, parameters: Mapping[str, str], client: Mapping[str, str], *headers: tuple[str, str]
) -> Authorized:
    if not url:
        raise Refusal("the server names no token URL")
    scopes = list(talk.grant.scopes) or None
    given: dict[str, Any] = {"scope": scopes, **parameters, **client}
    form = prepare_token_request(talk.grant.flow.value, include_client_id="client_id" in client, **given)
    place = f"POST {endpoint_of(url)}"
    secret = [value for name, value in talk.grant.fields.items() if name != CLIENT_ID] + list(parameters.values())
    return token_of(talk.post(url, form, *headers), place, secret)


def token_of(response: Response, place: str, secret: list[str]) -> Authorized:
    """Return the token that an answer holds; `secret` is what no message may repeat.

    Raises:
        Refusal: there is none, or one that can't be used.
    """
    members = members_of(response, place)
    try:
        found: Mapping[str, Any] = parse_token_response(response.body.decode("utf-8", "replace"))
    except OAuth2Error as fault:
        raise _refused(fault, response, place, secret) from None
    except Warning:  # it would be about scopes; a description may list others than the server grants
        found = members
    except Exception:  # members of types that nobody would expect
        raise Refusal(f"{place}: the answer ({response.status}) is no token response", NO_TOKEN) from None
    token, kind, refresh = found.get("access_token"), found.get("token_type"), found.get("refresh_token")
    if response.status >= 400 or not isinstance(token, str) or not token.strip():
        raise Refusal(f"{place}: the answer ({response.status}) holds no access token", NO_TOKEN)
    if isinstance(kind, str) and kind.lower() != "bearer":
        raise Refusal(f"{place}: the token is of the type '{told(kind, secret)}', and only bearer tokens can be used")
    if isinstance(header_text(token), Unserialisable):
        raise Refusal(f"{place}: the token can't stand in a header")
    return Authorized({TOKEN: token}, _lifetime(found.get("expires_in")), refresh if isinstance(refresh, str) else "")


def _refused(fault: OAuth2Error, response: Response, place: str, secret: list[str]) -> Refusal:
    code = str(fault.error or "")
    if code == "missing_token":
        return Refusal(f"{place}: the answer ({response.status}) holds no access token", NO_TOKEN)
    words = told(str(fault.description or ""), secret)
    said = f"'{told(code, secret)}'" + (f": {words}" if words else "")
    return Refusal(f"{place}: the server answered {response.status} with {said}", code)


def told(words: str, secret: list[str]) -> str:
    """Return what a server said as a message may repeat it: one line, not too long, with nothing of ours in it."""
    for value in sorted(filter(None, secret), key=len, reverse=True):
        words = words.replace(value, "[redacted]")
    words = " ".join("".join(character if character.isprintable() else " " for character in words).split())
    return words if len(words) <= MAX_TOLD else f"{words[:MAX_TOLD]}..."


def _lifetime(seconds: object) -> float | None:
    try:
        found = float(str(seconds))
    except (ValueError, OverflowError):
        return None
    return min(max(0.0, found), MAX_LIFETIME) if math.isfinite(found) else None
