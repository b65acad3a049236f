"""Talking with an authorization server: requests in the time that is left, answers that are JSON and not too large."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import Response
from arazzo_runner.sources.security import NO_TOKEN, Grant
from arazzo_runner.sources.security.origins import unfit
from arazzo_runner.transports.exchange import answer_over
from arazzo_runner.transports.failures import place_of
from arazzo_runner.transports.transport import Transport

MAX_ANSWER: Final = 1024 * 1024
"""Bytes of an answer of an authorization server that are read as one."""

MAX_PATH: Final = 200
"""Characters of the path of a URL that a message repeats."""

INTERACTIVE_SECONDS: Final = 300.0
"""Seconds that a person has to log in, unless the run or the step has less."""

_FORM: Final = ("Content-Type", "application/x-www-form-urlencoded")
_JSON: Final = ("Accept", "application/json")


class Refusal(Exception):
    """No token, and why: `message` is a clause for a person, with nothing secret in it.

    `code` is the error code of OAuth 2.0 (RFC 6749, section 5.2), where the server gave one, or `NO_TOKEN`.
    """

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.message, self.code = message, code


@dataclass(slots=True)
class Conversation:
    """One token being fetched. `ends` is the moment at which its time is over, on the clock `now`."""

    transport: Transport
    grant: Grant
    patience: float
    ends: float | None
    now: Callable[[], float]

    def left(self, most: float | None = None) -> float:
        """Return the seconds that the next exchange may take.

        Raises:
            Refusal: none are left.
        """
        limits = [self.patience if most is None else most]
        if self.ends is not None:
            limits.append(self.ends - self.now())
        if min(limits) <= 0:
            raise Refusal("the time is over")
        return min(limits)

    def limit(self, seconds: float) -> None:
        """Let the whole end in so many seconds, or earlier if it had to anyway."""
        moment = self.now() + seconds
        self.ends = moment if self.ends is None else min(moment, self.ends)

    def post(self, url: str, form: str, *headers: tuple[str, str]) -> Response:
        """Send a form."""
        return self._send(Request("POST", url, (_FORM, _JSON, *headers), form.encode()))

    def get(self, url: str) -> Response:
        """Ask for a document."""
        return self._send(Request("GET", url, (_JSON,)))

    def _send(self, request: Request) -> Response:
        reason = unfit(request.url, self.grant.named_hosts)
        if reason:
            raise Refusal(f"nothing is sent to {place_of(request.url)}: {reason}")
        response = answer_over(self.transport, request, self.left())
        place = f"{request.method} {endpoint_of(request.url)}"
        if 300 <= response.status < 400:
            target = response.header("location") or ""
            raise Refusal(f"{place}: it redirects{_target(target)}, and no secret is sent after it", NO_TOKEN)
        if len(response.body) > MAX_ANSWER:
            raise Refusal(f"{place}: the answer is larger than {MAX_ANSWER // (1024 * 1024)} MiB")
        return response


def endpoint_of(url: str) -> str:
    """Return a URL of an authorization server for a person: its path too, never its query or who logs in there."""
    place = place_of(url)
    try:
        path = urlsplit(url).path
    except ValueError:
        return place
    return place + (path if len(path) <= MAX_PATH else f"{path[:MAX_PATH]}...")


def _target(location: str) -> str:
    """Name the host that a redirect leads to; never the rest, which may hold a secret."""
    try:
        host = urlsplit(location).hostname
    except ValueError:
        host = None
    return f" to {host}" if host else ""


def members_of(response: Response, place: str) -> dict[str, Any]:
    """Return the object that an answer holds.

    Raises:
        Refusal: it holds none.
    """
    try:
        found = json.loads(response.body)
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict):
        return found
    kind = (response.header("content-type") or "no content type").partition(";")[0].strip().lower()
    what = "HTML" if "html" in kind or response.body.lstrip()[:1] == b"<" else f"{kind[:60]}, not a JSON object"
    raise Refusal(f"{place}: the answer ({response.status}) is {what}; is that the right URL?", NO_TOKEN)
