"""header-undeclared: a step reads a header of the answer that its operation does not declare.

What: `$response.header.X-Total` where no answer of the operation has `headers: {X-Total: ...}`. Headers that HTTP
itself defines (Location, ETag, Retry-After and their like) are left alone.
Why: if the description is right, the expression never has a value. It is a note: descriptions often leave headers out.
Example: `outputs: {total: $response.header.X-Totl}` where the description has `X-Total`.
Instead: write the name as it is declared, or declare the header in the API description.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from arazzo_runner.diagnostics import Diagnostic, did_you_mean
from arazzo_runner.expressions.grammar import Exchange
from arazzo_runner.program.model import OperationCall
from arazzo_runner.program.order import is_inherited_action
from arazzo_runner.validate.subject import Subject

_OF_HTTP: Final = frozenset(
    """accept-patch accept-post accept-ranges age allow alt-svc cache-control connection content-disposition
    content-encoding content-language content-length content-location content-range content-type cookie date etag
    expires last-modified link location preference-applied proxy-authenticate retry-after server set-cookie
    strict-transport-security transfer-encoding vary via www-authenticate""".split()
)


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find headers of answers that are not declared."""
    calls = {step.step_id: call for step, _, call in subject.calls()}
    for mention in subject.bound.mentions:
        expression, call = mention.expression, calls.get(mention.step_id or "")
        if not isinstance(expression, Exchange) or call is None or is_inherited_action(mention):
            continue
        if (expression.side, expression.part) == ("response", "header"):
            declared = _declared(call)
            known = {name.lower() for name in declared} | _OF_HTTP
            if call.operation.responses and expression.name.lower() not in known:
                what = f"{call.operation.method} {call.operation.path}"
                message = f"step '{mention.step_id}' reads {expression.text}, which {what} does not declare"
                help = did_you_mean(expression.name, declared) if declared else "declare it in the API description"
                yield subject.note("header-undeclared", message, mention.at, help, subject.span(mention))


def _declared(call: OperationCall) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in call.operation.responses.values() for name in one.headers))
