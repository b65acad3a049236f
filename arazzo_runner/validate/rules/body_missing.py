"""body-missing: a step sends no body to an operation that requires one.

What: the API description says `required: true` of the request body, and the step has no `requestBody` with a payload.
Why: the API will most likely refuse the request (BOD-20). It is sent all the same: descriptions are often stricter than
servers.
Example: `operationId: createOrder` where the operation has `requestBody: {required: true, ...}`, and none in the step.
Instead: add `requestBody: {payload: ...}` to the step, or correct the description.
"""

from __future__ import annotations

from collections.abc import Iterator

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.validate.subject import Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find steps without the body that their operation requires (BOD-20)."""
    for step, _, call in subject.calls():
        declared = call.operation.body
        written = step.request_body
        if declared is None or not declared.required:
            continue
        if written is None or not (written.has_payload or written.replacements):
            operation = f"{call.operation.method} {call.operation.path}"
            message = f"step '{step.step_id}' sends no body, which {operation} requires"
            offered = ", ".join(declared.content)
            help = (
                f"add `requestBody: {{payload: ...}}`; the operation takes {offered}"
                if offered
                else "add a requestBody"
            )
            yield subject.warning("body-missing", message, (*step.at, "stepId"), help)
