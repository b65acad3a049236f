"""Success Action and Failure Action Objects (Arazzo 1.1, Success Action Object, Failure Action Object)."""

from __future__ import annotations

from typing import Final

from arazzo_runner.document.model import Action, Parameter, Reusable
from arazzo_runner.document.objects.criteria import read_criteria
from arazzo_runner.document.objects.fields import Fields, Reading, open_object
from arazzo_runner.document.objects.findings import short
from arazzo_runner.document.objects.parameters import read_parameters
from arazzo_runner.document.objects.reusable import read_list
from arazzo_runner.document.objects.shapes import FAILURE_ACTION, SUCCESS_ACTION, Shape
from arazzo_runner.values import JSON, Path

_SUCCESS_TYPES: Final = ("end", "goto")
_FAILURE_TYPES: Final = ("end", "goto", "retry")


def read_success_actions(fields: Fields, name: str) -> tuple[Action | Reusable, ...]:
    """Read a list of Success Action Objects and references to them."""
    return read_list(fields, name, "successActions", read_success_action)


def read_failure_actions(fields: Fields, name: str) -> tuple[Action | Reusable, ...]:
    """Read a list of Failure Action Objects and references to them."""
    return read_list(fields, name, "failureActions", read_failure_action)


def read_success_action(reading: Reading, value: JSON, at: Path) -> Action | None:
    """Read one Success Action Object."""
    return _read_action(reading, value, at, SUCCESS_ACTION, _SUCCESS_TYPES)


def read_failure_action(reading: Reading, value: JSON, at: Path) -> Action | None:
    """Read one Failure Action Object."""
    return _read_action(reading, value, at, FAILURE_ACTION, _FAILURE_TYPES)


def _read_action(reading: Reading, value: JSON, at: Path, shape: Shape, types: tuple[str, ...]) -> Action | None:
    fields = open_object(reading, value, at, shape, _label(value, shape))
    if fields is None:
        return None
    type = _type(fields, types)
    action = Action(
        name=fields.text("name") or "",
        type=type,
        at=at,
        workflow_id=fields.text("workflowId"),
        step_id=fields.text("stepId"),
        retry_after=fields.number("retryAfter", 0),
        retry_limit=fields.integer("retryLimit", 0),
        criteria=read_criteria(fields, "criteria"),
        parameters=_parameters(fields),
    )
    _check_target(fields, type)
    _check_unused(fields, type)
    return action


def _type(fields: Fields, types: tuple[str, ...]) -> str:
    if fields.data.get("type") == "retry" and "retry" not in types:
        message = f"{fields.label}: 'retry' is no type of a success action"
        help = "move the action to 'onFailure' (or 'failureActions'), or use one of: " + ", ".join(types)
        fields.reading.findings.error("structure-unknown-value", message, fields.path("type"), help)
        return ""
    return fields.one_of("type", types) or ""


def _check_target(fields: Fields, type: str) -> None:
    """A goto needs one target, a retry may have one, and no action has two (Arazzo 1.1: mutually exclusive)."""
    targets = [name for name in ("workflowId", "stepId") if fields.has(name)]
    findings = fields.reading.findings
    if len(targets) == 2:
        message = f"{fields.label}: 'workflowId' and 'stepId' exclude each other"
        findings.error("structure-exclusive-fields", message, fields.path("stepId"), "keep one of the two", key=True)
    elif not targets and type == "goto":
        message = f"{fields.label}: a goto needs a target"
        findings.missing("structure-missing-field", message, fields.at, "add 'stepId' or 'workflowId'")
    elif targets and type == "end":
        message = f"{fields.label}: '{targets[0]}' is ignored, since an 'end' goes nowhere"
        help = "remove it, or use 'type: goto'"
        findings.warning("structure-ignored-field", message, fields.path(targets[0]), help, key=True)


def _check_unused(fields: Fields, type: str) -> None:
    for name in ("retryAfter", "retryLimit"):
        if fields.has(name) and type in ("end", "goto"):
            message, at = f"{fields.label}: '{name}' counts only for 'type: retry'", fields.path(name)
            fields.reading.findings.warning("structure-ignored-field", message, at, "remove it", key=True)
    if fields.data.get("criteria") == []:
        message = f"{fields.label}: 'criteria' is empty, so the action always applies"
        fields.reading.findings.warning("structure-empty-list", message, fields.path("criteria"), "remove it", key=True)
    if fields.has("parameters") and not fields.has("workflowId"):
        message = f"{fields.label}: 'parameters' are the inputs of a workflow, and none is named"
        help = "add 'workflowId', or remove 'parameters'"
        fields.reading.findings.stray("structure-ignored-field", message, fields.path("parameters"), help, key=True)


def _parameters(fields: Fields) -> tuple[Parameter | Reusable, ...]:
    parameters = read_parameters(fields)
    for parameter in parameters:
        if isinstance(parameter, Parameter) and parameter.location is not None:
            fact = f"parameter '{short(parameter.name)}': 'in' has no meaning where the target is a workflow"
            at, then = (*parameter.at, "in"), ", and is ignored"
            fields.reading.findings.stray("structure-ignored-field", fact, at, "remove it", key=True, then=then)
    return parameters


def _label(value: JSON, shape: Shape) -> str:
    name = value.get("name") if isinstance(value, dict) else None
    return f"{shape.noun} '{short(name)}'" if isinstance(name, str) else shape.noun
