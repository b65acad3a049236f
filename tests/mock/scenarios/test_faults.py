import json
from collections.abc import Callable

import pytest

from arazzo_runner.engine.outcomes import Failed, FailureKind, Responded, Response
from arazzo_runner.mock.scenarios.endings import Fault
from arazzo_runner.mock.scenarios.faults import SLOW_SECONDS, disturbed
from arazzo_runner.program.model import StepKey
from tests.engine.programs import as_yaml, program_of
from tests.mock.scenarios.requests import request_of

ANSWER = Response(200, (("content-type", "application/json"), ("X", "1")), b'{"id": 5, "name": "Ada"}')


def faced(
    fault: Fault, answer: Response = ANSWER, timeout: float | None = None, deadline: float | None = 30.0
) -> tuple[Responded | Failed, float]:
    """Return what a fault makes of an answer, and the seconds that pass."""
    step = {"stepId": "s", "operationId": "x"} | ({"timeout": timeout} if timeout else {})
    program = program_of(as_yaml([{"workflowId": "w", "steps": [step]}]), version="1.1.0")
    waits: list[float] = []
    effect = request_of(program, StepKey(program.entry, "s"), deadline=deadline)
    given: Callable[[], Responded | Failed] = lambda: Responded(answer)  # noqa: E731 -- typed in its place
    return disturbed(fault, effect, given, waits.append), sum(waits)


@pytest.mark.parametrize(("fault", "kind"), [(Fault.REFUSED, FailureKind.REFUSED), (Fault.RESET, FailureKind.RESET)])
def test_no_answer_comes_at_once(fault: Fault, kind: FailureKind) -> None:
    outcome, seconds = faced(fault)
    assert isinstance(outcome, Failed)
    assert (outcome.kind, seconds) == (kind, 0.0)
    assert "https://shop.example" in outcome.message


@pytest.mark.parametrize(("deadline", "waited"), [(30.0, 30.0), (2.5, 2.5), (None, 30.0)])
def test_a_timeout_takes_the_time_there_is(deadline: float | None, waited: float) -> None:
    outcome, seconds = faced(Fault.TIMEOUT, deadline=deadline)
    assert isinstance(outcome, Failed)
    assert (outcome.kind, seconds) == (FailureKind.TIMEOUT, waited)


def test_a_slow_answer_comes_late_or_past_the_timeout_of_the_step() -> None:
    assert faced(Fault.SLOW) == (Responded(ANSWER), SLOW_SECONDS)
    outcome, seconds = faced(Fault.SLOW, timeout=20_000, deadline=20.0)
    assert isinstance(outcome, Failed)
    assert (outcome.kind, seconds) == (FailureKind.TIMEOUT, 20.0)


@pytest.mark.parametrize("body", [ANSWER.body, b"[1, 2, 3]", b"12345", b'"text"', b"1", b"true", b"", b"<a/>", b"{}"])
def test_broken_json_is_no_json(body: bytes) -> None:
    outcome, _ = faced(Fault.BROKEN_JSON, Response(200, ANSWER.headers, body))
    assert isinstance(outcome, Responded)
    assert outcome.response.body
    with pytest.raises(json.JSONDecodeError):
        json.loads(outcome.response.body)
    assert outcome.response.header("content-type") == "application/json"


def test_a_wrong_content_type_leaves_the_body() -> None:
    outcome, _ = faced(Fault.WRONG_CONTENT_TYPE)
    assert isinstance(outcome, Responded)
    assert outcome.response.body == ANSWER.body
    assert outcome.response.headers == (("Content-Type", "text/html; charset=utf-8"), ("X", "1"))


@pytest.mark.parametrize("fault", [Fault.BROKEN_JSON, Fault.WRONG_CONTENT_TYPE])
def test_where_no_answer_was_found_nothing_is_damaged(fault: Fault) -> None:
    program = program_of(as_yaml([{"workflowId": "w", "steps": [{"stepId": "s", "operationId": "x"}]}]))
    none = Failed(FailureKind.INVENTION, "none")
    assert disturbed(fault, request_of(program, StepKey(program.entry, "s")), lambda: none, print) is none
