"""parameter-path-missing: a step gives no value for a variable of its operation's path.

What: the path of the operation has a variable in braces, and the step has no path parameter of that name.
Why: without it there is no URL to call (PAR-16), so the step could never be sent.
Example: operation `GET /pets/{petId}`, step without a parameter `petId` with `in: path`.
Instead: add `- {name: petId, in: path, value: $inputs.petId}`.
"""

from __future__ import annotations

from collections.abc import Iterator

from arazzo_runner.diagnostics import Diagnostic, near_matches
from arazzo_runner.sources.openapi.paths import template_names
from arazzo_runner.validate.subject import Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find path variables without a value (PAR-16)."""
    for step, _, call in subject.calls():
        given = [parameter.name for parameter in call.parameters if parameter.location == "path"]
        for name in template_names(call.operation.path):
            if name in given or name.strip("+*") in given:
                continue
            close = near_matches(name, [other for other in given if other not in call.operation.path], 1)
            help = f"add `- {{name: {name}, in: path, value: ...}}`"
            if close:
                help = f"the step has '{close[0]}': did you mean '{name}'?"
            message = f"step '{step.step_id}' gives no value for {{{name}}} in {call.operation.path}"
            yield subject.error("parameter-path-missing", message, (*step.at, "stepId"), help)
