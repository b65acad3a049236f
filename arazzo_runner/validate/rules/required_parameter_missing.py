"""parameter-required-missing: a step gives no value for a parameter that its operation requires.

What: the API description marks a query, header or cookie parameter as required, and the step does not have it.
Why: the API will most likely refuse the request (PAR-21). It is sent all the same: descriptions are often stricter
than servers, and the server may fill in the parameter's default.
Example: operation with `{name: api-version, in: query, required: true}`, step without `api-version`.
Instead: add the parameter, or correct the API description.
"""

from __future__ import annotations

from collections.abc import Iterator

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.program.model import OperationCall
from arazzo_runner.sources.operations import OperationParameter
from arazzo_runner.validate.subject import Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find required parameters without a value (PAR-21)."""
    for step, _, call in subject.calls():
        for declared in call.operation.parameters:
            if declared.required and declared.location != "path" and not _given(call, declared):
                message = (
                    f"step '{step.step_id}' does not give the {declared.location} parameter '{declared.name}', "
                    f"which {call.operation.method} {call.operation.path} requires"
                )
                help = f"add `- {{name: {declared.name}, in: {declared.location}, value: ...}}`"
                yield subject.warning("parameter-required-missing", message, (*step.at, "stepId"), help)


def _given(call: OperationCall, declared: OperationParameter) -> bool:
    """Tell whether the step gives it, or something else does: the body its content type, credentials their header."""
    if declared.location == "header" and declared.name.lower() in ("accept", "content-type", "authorization"):
        return True
    schemes = call.operation.schemes.values()
    if any(scheme.location == declared.location and scheme.parameter == declared.name for scheme in schemes):
        return True
    if any(parameter.location == "querystring" for parameter in call.parameters) and declared.location == "query":
        return True
    return any(
        parameter.location == declared.location and _same(parameter.name, declared.name, declared.location)
        for parameter in call.parameters
    )


def _same(left: str, right: str, location: str) -> bool:
    return left.lower() == right.lower() if location == "header" else left == right
