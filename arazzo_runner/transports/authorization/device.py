"""The device authorization flow (RFC 8628): a person logs in elsewhere, and we ask until that is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode

from arazzo_runner.engine.outcomes import Authorized
from arazzo_runner.sources.security import CLIENT_ID
from arazzo_runner.transports.authorization.conversation import (
    INTERACTIVE_SECONDS,
    Conversation,
    Refusal,
    endpoint_of,
    members_of,
)
from arazzo_runner.transports.authorization.token_endpoint import ask, told

INTERVAL: Final = 5.0
"""Seconds between two questions, unless the server says otherwise; also what each `slow_down` adds."""

SHORTEST_INTERVAL: Final = 1.0
LONGEST_INTERVAL: Final = 60.0


def log_in(talk: Conversation, tell: Callable[[str], None], wait: Callable[[float], None]) -> Authorized:
    """Tell a person where to log in with which code, and ask for the token until it is there.

    Raises:
        Refusal: nobody logged in in time, or no token was given.
        TransportFailure: no answer came.
    """
    grant = talk.grant
    form = {"client_id": grant.fields[CLIENT_ID], **({"scope": " ".join(grant.scopes)} if grant.scopes else {})}
    place = f"POST {endpoint_of(grant.device_url)}"
    response = talk.post(grant.device_url, urlencode(form))
    members = members_of(response, place)
    device, user, at = (members.get(name) for name in ("device_code", "user_code", "verification_uri"))
    if response.status >= 400 or not (isinstance(device, str) and isinstance(user, str) and isinstance(at, str)):
        said = told(f"{members.get('error', '')} {members.get('error_description', '')}", list(grant.fields.values()))
        raise Refusal(f"{place}: the answer ({response.status}) holds no code to log in with{': ' * bool(said)}{said}")
    interval = min(max(_seconds(members.get("interval"), INTERVAL), SHORTEST_INTERVAL), LONGEST_INTERVAL)
    talk.limit(_seconds(members.get("expires_in"), INTERACTIVE_SECONDS))
    tell(f"Log in for '{grant.scheme}' at {told(at, [device])} with the code {told(user, [device])}")
    return _polled(talk, device, interval, wait)


def _polled(talk: Conversation, device: str, interval: float, wait: Callable[[float], None]) -> Authorized:
    while True:
        left = talk.left(INTERACTIVE_SECONDS)
        wait(min(interval, left))
        try:
            return ask(talk, talk.grant.token_url, device_code=device)
        except Refusal as refusal:
            if refusal.code == "slow_down":
                interval += INTERVAL
            elif refusal.code != "authorization_pending":
                raise


def _seconds(found: object, otherwise: float) -> float:
    is_number = isinstance(found, int | float) and not isinstance(found, bool)
    return min(float(found), INTERACTIVE_SECONDS) if is_number and found > 0 else otherwise  # type: ignore[operator,arg-type]  # it is a number
