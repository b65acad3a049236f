"""Step Objects (Arazzo 1.1, Step Object)."""

from __future__ import annotations

from typing import Final

from arazzo_runner.document.model import Criterion, Step
from arazzo_runner.document.objects.actions import read_failure_actions, read_success_actions
from arazzo_runner.document.objects.criteria import read_criteria
from arazzo_runner.document.objects.fields import Fields, Reading, open_object, quoting
from arazzo_runner.document.objects.findings import short, told
from arazzo_runner.document.objects.names import check_id
from arazzo_runner.document.objects.outputs import read_outputs
from arazzo_runner.document.objects.parameters import read_parameters
from arazzo_runner.document.objects.request_bodies import read_request_body
from arazzo_runner.document.objects.shapes import STEP
from arazzo_runner.values import JSON, Path

_TARGETS: Final = ("operationId", "operationPath", "workflowId", "channelPath")
_DIRECTIONS: Final = ("send", "receive")


def read_step(reading: Reading, value: JSON, at: Path) -> Step | None:
    """Read one Step Object; in a 1.0 document the members that 1.1 added stay empty."""
    fields = open_object(reading, value, at, STEP, _label(value))
    if fields is None:
        return None
    _check_targets(fields, value)
    _check_async(fields)
    return Step(
        step_id=_step_id(fields),
        at=at,
        description=fields.words("description"),
        operation_id=fields.text("operationId"),
        operation_path=fields.text("operationPath"),
        workflow_id=fields.text("workflowId"),
        channel_path=fields.text("channelPath"),
        parameters=read_parameters(fields),
        request_body=read_request_body(fields),
        success_criteria=_success_criteria(fields),
        on_success=read_success_actions(fields, "onSuccess"),
        on_failure=read_failure_actions(fields, "onFailure"),
        outputs=read_outputs(fields),
        timeout=fields.integer("timeout", 1),
        depends_on=_depends_on(fields),
        action=fields.one_of("action", _DIRECTIONS),
        correlation_id=_correlation_id(fields),
    )


def _step_id(fields: Fields) -> str:
    step_id = fields.text("stepId")
    if step_id is not None:
        check_id(fields.reading.findings, step_id, fields.path("stepId"), "stepId")
    return step_id or ""


def _check_targets(fields: Fields, value: JSON) -> None:
    """A step has exactly one target."""
    findings = fields.reading.findings
    given = [name for name in _TARGETS if fields.has(name)]
    if not given:
        known = _TARGETS if fields.reading.features.v1_1 else _TARGETS[:3]
        newer = isinstance(value, dict) and "channelPath" in value
        help = "set 'arazzo: 1.1.0' to use 'channelPath'" if newer else f"add one of: {', '.join(known)}"
        findings.missing("structure-missing-field", f"{fields.label} names nothing to call", fields.at, help)
    for other in given[1:]:
        message = f"{fields.label}: '{given[0]}' and '{other}' exclude each other"
        findings.error("structure-exclusive-fields", message, fields.path(other), "keep one of them", key=True)
    if "workflowId" in given and fields.has("requestBody"):
        message = f"{fields.label}: 'requestBody' is ignored, since a workflow takes 'parameters'"
        at = fields.path("requestBody")
        findings.warning("structure-ignored-field", message, at, "pass the values by 'parameters'", key=True)


def _check_async(fields: Fields) -> None:
    """Members of message steps: `channelPath` needs an `action`, and nothing else may have one without reason."""
    findings = fields.reading.findings
    if fields.has("channelPath") and not fields.has("action"):
        message = f"{fields.label}: 'action' is missing, which a step with 'channelPath' needs"
        findings.missing("structure-missing-field", message, fields.at, "add 'action: send' or 'action: receive'")
    if fields.has("action") and (fields.has("workflowId") or fields.has("operationPath")):
        fact, then = f"{fields.label}: 'action' stands in a step that exchanges no message", ", and is ignored"
        findings.stray("structure-ignored-field", fact, fields.path("action"), "remove it", key=True, then=then)
    if fields.has("correlationId") and fields.data.get("action") != "receive":
        message = f"{fields.label}: 'correlationId' counts only with 'action: receive'"
        findings.stray("structure-ignored-field", message, fields.path("correlationId"), "remove it", key=True)


def _success_criteria(fields: Fields) -> tuple[Criterion, ...]:
    if fields.data.get("successCriteria") == []:
        findings, at = fields.reading.findings, fields.path("successCriteria")
        fact, then = f"{fields.label}: 'successCriteria' is empty", ", as if it were left out"
        help = "add a criterion or remove it"
        if fields.reading.features.v1_1:
            findings.stray("structure-empty-list", fact, at, help, key=True, then=then)
        else:
            findings.warning("structure-empty-list", fact + then, at, help, key=True)
    return read_criteria(fields, "successCriteria")


def _depends_on(fields: Fields) -> tuple[str, ...]:
    if fields.data.get("dependsOn") == []:
        message = f"{fields.label}: 'dependsOn' is empty"
        at = fields.path("dependsOn")
        fields.reading.findings.stray("structure-empty-list", message, at, "name a step or remove it", key=True)
    return fields.strings("dependsOn")


def _correlation_id(fields: Fields) -> JSON:
    """Read the correlation id; a number is taken as its text, as a message carries it."""
    value = fields.data.get("correlationId")
    if isinstance(value, int | float) and not isinstance(value, bool):
        message = f"{fields.label}: 'correlationId' is {told(value)}, expected a string"
        at = fields.path("correlationId")
        fields.reading.findings.stray("structure-wrong-type", message, at, quoting(value))
        return str(value)
    return fields.text("correlationId")


def _label(value: JSON) -> str:
    step_id = value.get("stepId") if isinstance(value, dict) else None
    return f"step '{short(step_id)}'" if isinstance(step_id, str) else STEP.noun
