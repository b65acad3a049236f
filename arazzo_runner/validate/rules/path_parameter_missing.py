"""parameter-path-missing: a step gives no value for a variable of its operation's path.

What: the path of the operation has a variable in braces, and the step has no path parameter of that name.
Why: without it there is no URL to call (PAR-16), so the step could never be sent.
Example: operation `GET /pets/{petId}`, step without a parameter `petId` with `in: path`.
Instead: add `- {name: petId, in: path, value: $inputs.petId}`.
"""

from __future__ import annotations

from collections.abc import Iterator

from arazzo_runner.diagnostics import Diagnostic, near_matches
from arazzo_runner.document.model import Step
from arazzo_runner.program.model import OperationCall
from arazzo_runner.sources.openapi.paths import template_names
from arazzo_runner.validate.subject import Subject
from arazzo_runner.values import Path


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find path variables without a value (PAR-16)."""
    for step, _, call in subject.calls():
        given = {parameter.name for parameter in call.parameters if parameter.location == "path"}
        for name in template_names(call.operation.path):
            if name not in given and name.strip(" +*") not in given:
                at, help = _likeliest(subject, step, call, name)
                message = f"step '{step.step_id}' gives no value for {{{name}}} in {call.operation.path}"
                yield subject.error("parameter-path-missing", message, at, help)


def _likeliest(subject: Subject, step: Step, call: OperationCall, name: str) -> tuple[Path, str]:
    """Return the place to change and what to write there: the same name elsewhere, a similar one, or a new one."""
    for parameter in call.parameters:
        if parameter.name == name:
            return (*parameter.at, "in"), f"'{name}' is given in {parameter.location}: write `in: path`"
    spare = {
        parameter.name: parameter
        for parameter in call.parameters
        if parameter.location == "path" and f"{{{parameter.name}}}" not in call.operation.path
    }
    for close in near_matches(name, spare, 1):
        return subject.named(spare[close]), f"the step has '{close}': did you mean '{name}'?"
    return (*step.at, "stepId"), f"add `- {{name: {name}, in: path, value: ...}}`"
