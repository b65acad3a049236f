"""Endings by the mock itself: whatever is planned, the answer is judged by what the engine would make of it."""

from __future__ import annotations

import json

import pytest

from arazzo_runner.coverage.edges import Edge, edges_of
from arazzo_runner.engine.effects import SendRequest
from arazzo_runner.engine.outcomes import Responded
from arazzo_runner.mock.answer import Mock
from arazzo_runner.mock.plans import StatusTest
from arazzo_runner.mock.scenarios.endings import Answer, Ending, Fail, Succeed, Take
from arazzo_runner.mock.scenarios.steering import prefers_errors
from arazzo_runner.program.model import Program, StepKey
from tests.mock.scenarios.requests import request_of
from tests.mock.scenarios.shop import shop

PROGRAM = shop()


class Wanting:
    """A script that always wants one ending, and keeps why it can't be had."""

    def __init__(self, ending: Ending) -> None:
        self.wanted, self.reasons = ending, list[str]()

    def ending(self, effect: SendRequest) -> Ending | None:
        return self.wanted

    def unmet(self, effect: SendRequest, reason: str) -> None:
        self.reasons.append(reason)


def answered(ending: Ending, step: str = "order", program: Program = PROGRAM) -> tuple[Responded, list[str]]:
    script = Wanting(ending)
    outcome = Mock(script=script).answer(request_of(program, StepKey(program.entry, step)))
    assert isinstance(outcome, Responded)
    return outcome, script.reasons


def edge(step: str, passed: bool, index: int, program: Program = PROGRAM) -> Edge:
    return next(one for one in edges_of(program) if one == Edge(StepKey(program.entry, step), passed, index))


@pytest.mark.parametrize(
    ("ending", "statuses"),
    [
        (Succeed(), {201}),
        (Fail(), {409, 429}),
        (Answer(StatusTest("==", 429)), {429}),
        (Take((edge("order", False, 0),)), {429}),
        (Take((edge("order", False, 1),)), {409}),
        (Take((edge("order", True, 0),)), {201}),
    ],
)
def test_an_ending_gets_its_answer(ending: Ending, statuses: set[int]) -> None:
    outcome, reasons = answered(ending)
    assert outcome.response.status in statuses
    assert (reasons, outcome.notes) == ([], ())


def test_an_action_with_criteria_for_the_body_gets_its_body_and_the_default_gets_another() -> None:
    taken, _ = answered(Take((edge("order", True, 0),)))
    assert json.loads(taken.response.body)["state"] == "paid"
    left, _ = answered(Take((edge("order", True, 1),)))
    assert json.loads(left.response.body)["state"] == "new"


def test_a_declared_error_comes_before_one_that_is_not() -> None:
    failing = Take((edge("order", False, 2),))
    outcome, reasons = answered(failing)
    assert outcome.response.status not in (201, 409, 429)
    assert reasons == []
    assert any("declares no status" in str(note) for note in outcome.notes)


def test_a_status_that_is_not_declared_is_answered_with_a_note() -> None:
    outcome, reasons = answered(Answer(StatusTest("==", 503)))
    assert (outcome.response.status, outcome.response.body, reasons) == (503, b"", [])
    assert any("declares no status 503" in str(note) for note in outcome.notes)


def test_what_cannot_be_had_is_told_with_both_places() -> None:
    outcome, reasons = answered(Take((edge("wait", True, 1),)), "wait")
    (reason,) = reasons
    assert "'$response.body#/state == 'lost''" in reason
    assert "action 'never' at arazzo.yaml:" in reason
    assert "the schema at " in reason
    assert "openapi.yaml:22:48" in reason
    assert any(reason in str(note) for note in outcome.notes)
    assert outcome.response.status == 200


ALWAYS = """
workflows:
- workflowId: w
  steps:
  - stepId: order
    operationId: order
    successCriteria: [{condition: 'true'}]
    onSuccess:
    - {name: a, type: end}
    - {name: b, type: end, criteria: [{condition: $statusCode == 201}]}
  - {stepId: next, operationId: mail}
"""


def test_an_earlier_action_that_always_fires_is_named() -> None:
    program = shop(ALWAYS)
    _, (reason,) = answered(Take((edge("order", True, 1, program),)), "order", program)
    assert reason.startswith("action 'a' at arazzo.yaml:")
    assert "always fires" in reason


def test_a_step_that_cannot_fail_is_told() -> None:
    _, (reason,) = answered(Fail(), "order", shop(ALWAYS))
    assert "can't fail" in reason


SAME = """
workflows:
- workflowId: w
  steps:
  - stepId: order
    operationId: order
    onFailure:
    - {name: first, type: end, criteria: [{condition: $statusCode >= 400}]}
    - {name: second, type: end, criteria: [{condition: $statusCode == 409}]}
"""


def test_an_earlier_action_that_fires_on_the_same_answers_is_named() -> None:
    program = shop(SAME)
    _, (reason,) = answered(Take((edge("order", False, 1, program),)), "order", program)
    assert "action 'first' at arazzo.yaml:" in reason or "'$statusCode == 409'" in reason


@pytest.mark.parametrize(
    ("ending", "errors"),
    [
        (None, False),
        (Succeed(), False),
        (Fail(), True),
        (Answer(StatusTest("==", 500)), True),
        (Answer(StatusTest("==", 204)), False),
        (Take((edge("order", False, 0),)), True),
        (Take((edge("order", True, 0),)), False),
    ],
)
def test_errors_are_preferred_where_the_step_is_to_fail(ending: Ending | None, errors: bool) -> None:
    assert prefers_errors(ending) is errors
