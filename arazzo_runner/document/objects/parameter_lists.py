"""What lists of parameters must keep, seen with references followed and inheritance applied.

A parameter needs its place (`in`) only where an operation receives it, and is given once by name and place. Headers
are named without regard to case, as HTTP does (Arazzo 1.1, Parameter Object; Step Object: parameters).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from arazzo_runner.document.model import Components, Parameter, Reusable, Step, Workflow
from arazzo_runner.document.objects.fields import Reading
from arazzo_runner.document.objects.findings import short
from arazzo_runner.document.objects.reusable import component_name
from arazzo_runner.values import JSON, Path, Value, same

Listed = tuple[Parameter, Path, JSON]
"""A parameter with the place of its list item and the value it has there."""


def check_parameters(reading: Reading, workflow: Workflow, components: Components) -> None:
    """Report faults of the parameter lists of a workflow and its steps."""
    shared = _resolved(workflow.parameters, components)
    _check_given_once(reading, shared)
    operations = [step for step in workflow.steps if calls_operation(step)]
    if operations:
        _check_places(reading, shared, f"step '{short(operations[0].step_id)}'")
    for step in workflow.steps:
        own = _resolved(step.parameters, components)
        _check_given_once(reading, own)
        if calls_operation(step):
            _check_places(reading, own, f"step '{short(step.step_id)}'")
            _check_querystring(reading, own, shared)
        elif step.workflow_id is not None:
            _check_ignored_places(reading, step)
        for action in (*step.on_success, *step.on_failure):
            if not isinstance(action, Reusable):
                _check_given_once(reading, _resolved(action.parameters, components))


def calls_operation(step: Step) -> bool:
    """Tell whether a step has an operation or a channel as its target."""
    return step.workflow_id is None and (step.operation_id or step.operation_path or step.channel_path) is not None


def _resolved(listed: Iterable[Parameter | Reusable], components: Components) -> list[Listed]:
    """Follow the references of a list; one that leads nowhere is left out here."""
    found: list[Listed] = []
    for item in listed:
        if isinstance(item, Parameter):
            found.append((item, item.at, item.value))
            continue
        parameter = components.parameters.get(component_name(item.reference, "parameters") or "")
        if parameter is not None:
            found.append((parameter, item.at, item.value if item.has_value else parameter.value))
    return found


def _check_given_once(reading: Reading, listed: list[Listed]) -> None:
    seen: dict[tuple[str, str | None], tuple[Path, JSON]] = {}
    for parameter, at, value in listed:
        name = parameter.name.lower() if parameter.location == "header" else parameter.name
        first_at, first_value = seen.setdefault((name, parameter.location), (at, value))
        if first_at is at or not name:
            continue
        place = f" in '{parameter.location}'" if parameter.location else ""
        equal = same(cast(Value, value), cast(Value, first_value))
        message = f"the parameter '{short(parameter.name)}'{place} is given twice" + ("" if equal else ", differently")
        reading.findings.again(
            "structure-duplicate-parameter", message, at, first_at, "remove one of the two", stray=equal
        )


def _check_places(reading: Reading, listed: list[Listed], user: str) -> None:
    for parameter, at, _ in listed:
        if parameter.location is None and not _place_written(reading, parameter):
            message = f"parameter '{short(parameter.name)}': 'in' is missing, and {user} passes it to an operation"
            help = "add 'in: path', 'in: query', 'in: header' or 'in: cookie'"
            reading.findings.missing("structure-missing-field", message, at, help)


def _place_written(reading: Reading, parameter: Parameter) -> bool:
    """Tell whether `in` stands in the text: then its value was wrong, and reported."""
    return reading.findings.written((*parameter.at, "in"))


def _check_ignored_places(reading: Reading, step: Step) -> None:
    for parameter in step.parameters:
        if isinstance(parameter, Parameter) and parameter.location is not None:
            message = f"parameter '{short(parameter.name)}': 'in' is ignored, since the target is a workflow"
            at = (*parameter.at, "in")
            reading.findings.warning("structure-ignored-field", message, at, "remove it", key=True)


def _check_querystring(reading: Reading, own: list[Listed], shared: list[Listed]) -> None:
    """A `querystring` is the whole query: it stands alone, inherited parameters counted (Arazzo 1.1)."""
    whole = [(at, parameter) for parameter, at, _ in (*own, *shared) if parameter.location == "querystring"]
    parts = [at for parameter, at, _ in (*own, *shared) if parameter.location == "query"]
    names = {parameter.name for _, parameter in whole}
    if whole and (parts or len(names) > 1):
        other = "'query'" if parts else "another 'querystring'"
        message = f"a parameter in 'querystring' is the whole query and can't stand beside {other}"
        reading.findings.error("structure-exclusive-fields", message, whole[0][0], "keep one of the two forms")
