"""output-without-exchange: an output of a workflow reads a request or a response.

What: `outputs` of a workflow name `$statusCode`, `$response...`, `$request...`, `$url` or `$method`. Those belong to a
step; there is no exchange where a workflow names its outputs.
Why: the output has no value (OUT-14).
Example: `outputs: {token: $response.body#/token}` on a workflow.
Instead: declare the output on the step, and read it: `token: $steps.login.outputs.token`.
"""

from __future__ import annotations

from collections.abc import Iterator

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.expressions.grammar import Exchange, Method, StatusCode, Url
from arazzo_runner.validate.subject import Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find outputs of workflows that read an exchange (OUT-14)."""
    for mention in subject.bound.mentions:
        expression = mention.expression
        if mention.step_id is None and isinstance(expression, Exchange | Method | StatusCode | Url):
            message = (
                f"an output of workflow '{subject.workflow.workflow_id}' reads {expression.text}, "
                "which has a value in a step alone"
            )
            help = "declare the output on the step, and read it with $steps.<stepId>.outputs.<name>"
            yield subject.warning("output-without-exchange", message, mention.at, help, subject.span(mention))
