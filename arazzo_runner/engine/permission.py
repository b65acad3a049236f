"""Whether a request may go out: its host, its method, and what is left of the run's bytes.

What the caller does not allow ends the run, with the name of the limit. It is no failure of the step: a document must
not be able to go round it by a failure action, nor to try one host after the other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import Authorized, Failed, FailureKind, Responded
from arazzo_runner.engine.state import RunState
from arazzo_runner.errors import LimitReached
from arazzo_runner.sources.egress import Refused
from arazzo_runner.sources.egress.policy import MAX_BYTES
from arazzo_runner.sources.security import Grant

_LINE: Final = 4
"""Bytes that stand around a header, and around the target of a request."""


def permitted(state: RunState, step_id: str, request: Request, *, redirected: bool = False) -> Request:
    """Return the request with how much of an answer it may bring, and take its own bytes from the budget.

    `redirected` tells that an answer has led to it.

    Raises:
        LimitReached: the caller does not allow it, or the budget of bytes is used up.
    """
    egress = state.settings.egress
    refused = egress.refusal_of_method(request.method) or egress.refusal(request.url)
    if refused is not None:
        raise _forbidden(f"step '{step_id}'", refused, "follows a redirect" if redirected else "sends anything")
    if state.limits.max_bytes is None:
        return request
    _spend(state, size_of(request))
    return replace(request, most=bytes_left(state))


def permit_grant(state: RunState, grant: Grant) -> None:
    """See that a token may be asked for where its grant says.

    Raises:
        LimitReached: the caller does not allow one of its hosts.
    """
    for _, url in grant.urls:
        refused = state.settings.egress.refusal(url)
        if refused is not None:
            raise _forbidden(f"the token of the security scheme '{grant.scheme}'", refused)


def account(state: RunState, outcome: Responded | Authorized | Failed) -> None:
    """Take what an outcome brought from the budget of bytes.

    Raises:
        LimitReached: there were more bytes than were left, or the transport found what is not allowed.
    """
    if isinstance(outcome, Failed) and outcome.kind is FailureKind.FORBIDDEN:
        raise LimitReached(outcome.code, outcome.message)
    if state.limits.max_bytes is not None:
        _spend(state, size_of(outcome))


def was_sent(outcome: Failed) -> bool:
    """Tell whether a request that failed went out; what the transport found not to be allowed did not."""
    return outcome.kind is not FailureKind.FORBIDDEN or outcome.code == MAX_BYTES


def bytes_left(state: RunState) -> int | None:
    """Return how many bytes the run may still send and receive; None where nobody counts."""
    most = state.limits.max_bytes
    return None if most is None else max(0, most - state.traffic)


def size_of(what: Request | Responded | Authorized | Failed) -> int:
    """Return the bytes that count: headers and body, the body decompressed."""
    match what:
        case Request():
            head = len(what.method) + len(what.url.encode("utf-8", "surrogatepass")) + _LINE
            return head + _size_of_headers(what.headers) + len(what.body or b"")
        case Responded(response=response):
            return _size_of_headers(response.headers) + len(response.body)
        case _:
            return what.traffic


def _size_of_headers(headers: tuple[tuple[str, str], ...]) -> int:
    return sum(len(f"{name}{text}".encode("utf-8", "surrogatepass")) + _LINE for name, text in headers)


def _spend(state: RunState, size: int) -> None:
    most = state.limits.max_bytes
    if most is None:
        return
    state.traffic += size
    if state.traffic > most:
        message = f"the run has used up the {most:,} bytes that it may send and receive (--max-bytes)"
        raise LimitReached(MAX_BYTES, message)


def _forbidden(who: str, refused: Refused, what: str = "sends anything") -> LimitReached:
    return LimitReached(refused.limit, f"{who} is stopped before it {what}: {refused.reason} ({refused.help})")
