"""Faults on the way: no answer, a late one, a damaged one. Time passes on the clock of the run, which is not ours."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeAlias, assert_never

from arazzo_runner.engine.effects import SendRequest
from arazzo_runner.engine.limits import REQUEST_TIMEOUT
from arazzo_runner.engine.outcomes import Failed, FailureKind, Responded, Response
from arazzo_runner.mock.scenarios.endings import Fault
from arazzo_runner.sources.servers import ServerUrl

Wait: TypeAlias = Callable[[float], None]
"""Lets seconds pass on the clock that the run is told."""

SLOW_SECONDS: Final = 10.0
"""How late a slow answer comes where the step has no timeout; with one, it comes later than that."""

_OTHER_TYPE: Final = "text/html; charset=utf-8"


def disturbed(
    fault: Fault, effect: SendRequest, answer: Callable[[], Responded | Failed], wait: Wait
) -> Responded | Failed:
    """Return what a fault makes of a request; `answer` gives what would have come without it."""
    where = f"{effect.request.method} {ServerUrl(effect.request.url).origin}"
    match fault:
        case Fault.REFUSED:
            return Failed(FailureKind.REFUSED, f"{where}: the connection was refused (scenario)")
        case Fault.RESET:
            return Failed(FailureKind.RESET, f"{where}: the connection was reset (scenario)")
        case Fault.TIMEOUT:
            return _none_in_time(effect, where, wait)
        case Fault.SLOW:
            return _slow(effect, where, answer, wait)
        case Fault.BROKEN_JSON:
            return _changed(answer(), _broken)
        case Fault.WRONG_CONTENT_TYPE:
            return _changed(answer(), _mislabelled)
        case _:
            assert_never(fault)


def _none_in_time(effect: SendRequest, where: str, wait: Wait) -> Failed:
    seconds = REQUEST_TIMEOUT if effect.deadline is None else effect.deadline
    wait(seconds)
    return Failed(FailureKind.TIMEOUT, f"{where}: no answer within {seconds:g} seconds (scenario)")


def _slow(effect: SendRequest, where: str, answer: Callable[[], Responded | Failed], wait: Wait) -> Responded | Failed:
    seconds = max(SLOW_SECONDS, effect.bound.timeout or 0.0)
    if effect.deadline is not None and seconds >= effect.deadline:
        return _none_in_time(effect, where, wait)
    wait(seconds)
    return answer()


def _changed(outcome: Responded | Failed, change: Callable[[Response], Response]) -> Responded | Failed:
    return replace(outcome, response=change(outcome.response)) if isinstance(outcome, Responded) else outcome


def _broken(response: Response) -> Response:
    """Cut the body where it is no JSON any more; an answer that has no JSON gets the beginning of some."""
    body = response.body[: len(response.body) * 2 // 3]
    while body and _is_json(body):
        body = body[:-1]
    if not body.strip() or _is_json(response.body) is False:
        return _labelled(replace(response, body=b'{"cut": '), "application/json")
    return replace(response, body=body)


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True


def _mislabelled(response: Response) -> Response:
    return _labelled(response, _OTHER_TYPE)


def _labelled(response: Response, content_type: str) -> Response:
    rest = tuple((name, value) for name, value in response.headers if name.lower() != "content-type")
    return replace(response, headers=(("Content-Type", content_type), *rest))
