from __future__ import annotations

import pytest

from arazzo_runner.engine.actions import Choice, Decision, Finish, Goto, Next, Transfer, choose, decide, target_of
from arazzo_runner.engine.events import Considered
from arazzo_runner.engine.settings import Settings
from arazzo_runner.engine.state import RunState
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.program.model import BoundAction, WorkflowCall, WorkflowKey
from arazzo_runner.redact import Redactor
from tests.engine.programs import program_of

CALL = WorkflowCall(WorkflowKey("file:///d", "v"))
SCOPE = Scope()


@pytest.mark.parametrize(
    ("action", "passed", "decision"),
    [
        (None, True, Next()),
        (None, False, Finish(True, "why")),
        (BoundAction("e", "end"), True, Finish(False, "why")),
        (BoundAction("e", "end"), False, Finish(True, "why")),
        (BoundAction("g", "goto", step_id="t"), True, Goto("t")),
        (BoundAction("g", "goto", step_id="t"), False, Goto("t")),
        (BoundAction("g", "goto", workflow=CALL), False, Transfer(CALL, SCOPE)),
    ],
)
def test_decide(action: BoundAction | None, passed: bool, decision: Decision) -> None:
    assert decide(action, passed, "why", SCOPE) == decision


def test_a_retry_that_is_used_up_is_passed_over() -> None:
    state = RunState(
        program_of("workflows: [{workflowId: w, steps: [{stepId: s, operationId: x}]}]"), Settings(), Redactor()
    )
    actions = (BoundAction("r", "retry", retry_limit=2), BoundAction("e", "end"))
    assert [choose(actions, SCOPE, {"r": used}, state, ()) for used in (0, 1, 2)] == [
        Choice(actions[0], (Considered("r", "retry"),)),
        Choice(actions[0], (Considered("r", "retry"),)),
        Choice(actions[1], (Considered("r", "retry", used_up=True), Considered("e", "end"))),
    ]
    assert choose((), SCOPE, {}, state, ()) == Choice()


@pytest.mark.parametrize(
    ("action", "target"),
    [
        (BoundAction("e", "end"), ""),
        (BoundAction("g", "goto", step_id="t"), "t"),
        (BoundAction("g", "goto", workflow=CALL), "v"),
    ],
)
def test_target_of(action: BoundAction, target: str) -> None:
    assert target_of(action) == target
