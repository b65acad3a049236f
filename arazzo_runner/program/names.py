"""The names that the expressions of a workflow can reach, as its document declares them."""

from __future__ import annotations

from arazzo_runner.document.model import Description, Workflow
from arazzo_runner.expressions.grammar import Declared, WorkflowNames
from arazzo_runner.program.input_schema import describe_inputs
from arazzo_runner.program.model import InputSchema
from arazzo_runner.sources.documents import Documents


def declared_names(workflow: Workflow, inputs: InputSchema, workflows: dict[str, WorkflowNames]) -> Declared:
    """Collect the names for one workflow; `workflows` are those of the document and of its arazzo sources."""
    return Declared(
        inputs=frozenset(inputs.properties),
        open_inputs=not inputs.closed,
        secret_inputs=inputs.secret,
        steps={step.step_id: frozenset(step.outputs) for step in workflow.steps if step.step_id},
        workflows=workflows,
    )


def workflow_names(description: Description, documents: Documents) -> dict[str, WorkflowNames]:
    """Return what each workflow of a document declares, by its id; `documents` are what schemas refer to."""
    names = {}
    for workflow in description.workflows:
        schema = describe_inputs(description, workflow, documents)
        inputs = frozenset(schema.properties) if schema.closed else None
        names[workflow.workflow_id] = WorkflowNames(inputs, frozenset(workflow.outputs))
    return names
