from __future__ import annotations

from arazzo_runner.program.model import BoundStep, WorkflowCall, WorkflowKey
from tests.engine.programs import program_of

TEXT = """workflows:
- workflowId: w
  dependsOn: [v]
  steps:
  - operationId: x
    stepId: second
- workflowId: v
  steps: [{stepId: s, operationId: x}]
"""


def test_a_step_knows_where_it_stands() -> None:
    step = program_of(TEXT).workflow.steps[0]
    assert step.span is not None
    assert step.span.place() == "arazzo.yaml:11:13"


def test_a_step_that_was_made_by_hand_stands_nowhere() -> None:
    assert BoundStep("s", WorkflowCall(WorkflowKey("", "v"))).span is None


def test_the_workflow_of_a_program_is_its_entry() -> None:
    program = program_of(TEXT)
    assert program.workflow.key == program.entry == ("file:///d/arazzo.yaml", "w")
    assert [key.workflow_id for key in program.workflows] == ["w", "v"]
