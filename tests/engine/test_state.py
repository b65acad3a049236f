from __future__ import annotations

import pytest

from arazzo_runner.engine.effects import Sleep
from arazzo_runner.engine.limits import Limits
from arazzo_runner.engine.outcomes import Clock
from arazzo_runner.engine.settings import Settings
from arazzo_runner.engine.state import DeadlinePassed, RunState
from arazzo_runner.errors import LimitReached
from arazzo_runner.redact import REDACTED, Redactor
from arazzo_runner.values import Value
from tests.engine.programs import program_of

TEXT = """
workflows:
- workflowId: w
  inputs: {type: object, properties: {token: {type: string}, pin: {type: integer, format: password}, n: {}}}
  steps: [{stepId: s, operationId: x}]
"""


def state(**limits: float) -> RunState:
    return RunState(program_of(TEXT), Settings(limits=Limits(**limits)), Redactor())  # type: ignore[arg-type]  # numbers of the test


def test_tickets_count_up_and_effects_queue_in_order() -> None:
    one = state()
    tickets = [one.start(lambda ticket: Sleep(ticket, 1, ("s",))) for _ in range(3)]
    assert tickets == [1, 2, 3]
    assert [effect.ticket for effect in one.effects] == tickets


def test_the_budget() -> None:
    one = state(max_steps=2)
    one.spend("step 's'")
    one.spend("step 's'")
    with pytest.raises(LimitReached, match="used its budget of 2") as reached:
        one.spend("step 't'")
    assert reached.value.limit == "max_steps"
    assert "step 't'" in str(reached.value)


def test_deadlines_nest_and_the_outermost_is_told_first() -> None:
    one = state()
    assert one.time_left() is None
    outer = one.open_deadline(10)
    inner = one.open_deadline(4)
    one.clock = Clock(0, 3)
    assert one.time_left() == 1
    one.check_deadlines()
    one.clock = Clock(0, 5)
    assert one.time_left() == 0
    with pytest.raises(DeadlinePassed) as passed:
        one.check_deadlines()
    assert passed.value.deadline == inner
    one.clock = Clock(0, 11)
    with pytest.raises(DeadlinePassed) as passed:
        one.check_deadlines()
    assert passed.value.deadline == outer
    one.close_deadline(outer)
    one.close_deadline(inner)
    one.check_deadlines()


def test_secret_inputs_are_learnt_and_shown_hidden() -> None:
    one = state()
    workflow = one.program.workflow
    inputs: dict[str, Value] = {"token": "a-secret-value", "pin": 12345678, "n": "plain"}
    one.learn_inputs(workflow.inputs, inputs)
    assert one.redactor.text("x a-secret-value y") == f"x {REDACTED} y"
    assert one.shown_inputs(workflow, inputs) == {"token": REDACTED, "pin": REDACTED, "n": "plain"}
