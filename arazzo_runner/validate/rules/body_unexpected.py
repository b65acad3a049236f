"""body-unexpected: a step sends a body with a method that gives it no meaning.

What: the step has a `requestBody`, its operation is a GET, HEAD, DELETE or TRACE, and declares no body.
Why: HTTP does not say what such a body means, so servers and what stands between may drop it or refuse the request
(STP-21). It is sent all the same.
Example: `operationId: getOrder` with `requestBody: {payload: {id: 5}}`.
Instead: send the values as parameters, or declare the body in the API description if the server reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.validate.subject import Subject

_METHODS: Final = frozenset(("GET", "HEAD", "DELETE", "TRACE"))


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find bodies of requests whose method has no use for one (STP-21)."""
    for step, _, call in subject.calls():
        if step.request_body is None or call.operation.method not in _METHODS:
            continue
        if call.operation.body is None:
            at = step.request_body.at
            message = f"step '{step.step_id}' sends a body with {call.operation.method}, which gives it no meaning"
            help = "send the values as parameters, or declare the body in the API description"
            span = subject.description.span(at, key=True)
            yield subject.warning("body-unexpected", message, at, help, span)
