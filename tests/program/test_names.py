from __future__ import annotations

from arazzo_runner.expressions.grammar import WorkflowNames
from arazzo_runner.program.input_schema import read_input_schema
from arazzo_runner.program.names import declared_names, workflow_names
from arazzo_runner.sources.documents import Documents
from tests.engine.programs import description_of
from tests.sources.inline import Memory

NONE = Documents(Memory())

TEXT = """
workflows:
- workflowId: open
  inputs: {type: object, properties: {token: {type: string}, page: {type: integer}}}
  outputs: {o: $steps.a.outputs.x}
  steps:
  - {stepId: a, operationId: x, outputs: {x: $statusCode, y: $statusCode}}
  - {stepId: b, operationId: x}
- workflowId: closed
  inputs: {$ref: '#/components/inputs/shut'}
  steps: [{stepId: a, operationId: x}]
- workflowId: silent
  steps: [{stepId: a, operationId: x}]
components:
  inputs:
    shut: {type: object, properties: {only: {}}, additionalProperties: false}
"""


def test_what_expressions_of_a_workflow_can_name() -> None:
    description = description_of(TEXT)
    workflow = description.workflows[0]
    inputs, _ = read_input_schema(description, workflow, NONE)
    declared = declared_names(workflow, inputs, {"v": WorkflowNames(None, frozenset("o"))})
    assert declared.inputs == {"token", "page"}
    assert declared.secret_inputs == {"token"}
    assert declared.open_inputs
    assert declared.steps == {"a": {"x", "y"}, "b": frozenset()}
    assert declared.workflows == {"v": WorkflowNames(None, frozenset("o"))}
    assert declared.outputs is None


def test_closed_inputs_are_not_open() -> None:
    description = description_of(TEXT)
    workflow = description.workflows[1]
    assert not declared_names(workflow, read_input_schema(description, workflow, NONE)[0], {}).open_inputs


def test_what_the_workflows_of_a_document_declare() -> None:
    assert workflow_names(description_of(TEXT), NONE) == {
        "open": WorkflowNames(None, frozenset({"o"})),  # any other input may be given too
        "closed": WorkflowNames(frozenset({"only"}), frozenset()),
        "silent": WorkflowNames(None, frozenset()),
    }
