"""Workflow Objects (Arazzo 1.1, Workflow Object)."""

from __future__ import annotations

from arazzo_runner.document.model import Components, Step, Workflow
from arazzo_runner.document.objects.action_lists import check_actions
from arazzo_runner.document.objects.actions import read_failure_actions, read_success_actions
from arazzo_runner.document.objects.fields import Fields, Reading, open_object
from arazzo_runner.document.objects.findings import short
from arazzo_runner.document.objects.names import check_id, check_unique
from arazzo_runner.document.objects.outputs import read_outputs
from arazzo_runner.document.objects.parameter_lists import check_parameters
from arazzo_runner.document.objects.parameters import read_parameters
from arazzo_runner.document.objects.schemas import read_schema
from arazzo_runner.document.objects.shapes import WORKFLOW
from arazzo_runner.document.objects.steps import read_step
from arazzo_runner.values import JSON, Path


def read_workflows(root: Fields, components: Components) -> tuple[Workflow, ...]:
    """Read the workflows of a document."""
    reading = root.reading
    read = (_read_workflow(reading, value, at) for value, at in root.items("workflows"))
    workflows = tuple(workflow for workflow in read if workflow is not None)
    check_unique(reading.findings, ((flow.workflow_id, (*flow.at, "workflowId")) for flow in workflows), "workflowId")
    for workflow in workflows:
        check_parameters(reading, workflow, components)
        check_actions(reading, workflow, components)
    return workflows


def _read_workflow(reading: Reading, value: JSON, at: Path) -> Workflow | None:
    fields = open_object(reading, value, at, WORKFLOW, _label(value))
    if fields is None:
        return None
    workflow_id = fields.text("workflowId")
    if workflow_id is not None:
        check_id(reading.findings, workflow_id, fields.path("workflowId"), "workflowId")
    return Workflow(
        workflow_id=workflow_id or "",
        at=at,
        summary=fields.words("summary"),
        description=fields.words("description"),
        inputs=_inputs(fields),
        depends_on=fields.strings("dependsOn"),
        steps=_steps(fields),
        success_actions=read_success_actions(fields, "successActions"),
        failure_actions=read_failure_actions(fields, "failureActions"),
        outputs=read_outputs(fields),
        parameters=read_parameters(fields),
    )


def _inputs(fields: Fields) -> JSON:
    if not fields.has("inputs"):
        return None
    return read_schema(fields.reading, fields.data["inputs"], fields.path("inputs"), f"{fields.label}: inputs")


def _steps(fields: Fields) -> tuple[Step, ...]:
    if fields.data.get("steps") == []:
        message = f"{fields.label}: 'steps' is empty"
        fields.reading.findings.missing("structure-empty-list", message, fields.path("steps"), "add a step")
    read = (read_step(fields.reading, value, at) for value, at in fields.items("steps"))
    steps = tuple(step for step in read if step is not None)
    check_unique(fields.reading.findings, ((step.step_id, (*step.at, "stepId")) for step in steps), "stepId")
    return steps


def _label(value: JSON) -> str:
    workflow_id = value.get("workflowId") if isinstance(value, dict) else None
    return f"workflow '{short(workflow_id)}'" if isinstance(workflow_id, str) else WORKFLOW.noun
