from __future__ import annotations

from arazzo_runner.engine.activation import Activation
from arazzo_runner.engine.settings import Settings
from arazzo_runner.engine.state import RunState
from arazzo_runner.expressions.scope import WorkflowRecord
from arazzo_runner.program.model import WorkflowKey
from arazzo_runner.redact import Redactor
from tests.engine.programs import program_of


def test_workflows_that_have_run_are_seen_by_their_ids_and_local_ones_win() -> None:
    state = RunState(
        program_of("workflows: [{workflowId: w, steps: [{stepId: s, operationId: x}]}]"), Settings(), Redactor()
    )
    here = state.program.entry.document
    local, foreign, other = (WorkflowRecord({}, {"n": n}) for n in (1, 2, 3))
    state.records[WorkflowKey(here, "auth")] = local
    state.records[WorkflowKey("file:///other.yaml", "auth")] = foreign
    state.records[WorkflowKey("file:///other.yaml", "more")] = other
    scope = Activation(state.program.workflow, {"i": 1}).scope(state)
    assert scope.workflows == {"auth": local, "more": other}
    assert scope.inputs == {"i": 1}


def test_the_outputs_of_steps_are_seen_as_they_come() -> None:
    state = RunState(
        program_of("workflows: [{workflowId: w, steps: [{stepId: s, operationId: x}]}]"), Settings(), Redactor()
    )
    activation = Activation(state.program.workflow, {})
    scope = activation.scope(state)
    activation.outputs["s"] = {"n": 1}
    assert scope.steps == {"s": {"n": 1}}
