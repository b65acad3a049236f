"""response-pointer-absent: a step reads a place of the answer that the API description does not have.

What: `$response.body#/data/idd` in an output, a criterion or an action of a step, where the schema of the operation's
answer names the members of `/data`, and `idd` is not among them; or the same by an output of a step that holds the body
or a part of it: `$steps.get.outputs.order#/idd`. Schemas that leave other members open in so many words
(`additionalProperties: true`), or that name none, are left alone; so is what reads the answer after a failure.
Why: if the description is right, the expression never has a value: the output is missing, and the criterion fails.
Example: `outputs: {id: $response.body#/orderID}` where the schema has `orderId`.
Instead: write the pointer as the description has it, or add the member there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from arazzo_runner.diagnostics import Diagnostic, did_you_mean
from arazzo_runner.expressions.grammar import Exchange, StepOutput
from arazzo_runner.expressions.template import CompiledValue, Whole
from arazzo_runner.program.model import Mention, OperationCall
from arazzo_runner.program.order import is_inherited_action
from arazzo_runner.sources.operations import Operation
from arazzo_runner.validate.responses import expects_error, in_answers
from arazzo_runner.validate.shapes import Inner
from arazzo_runner.validate.subject import Subject
from arazzo_runner.values import Path

_FAILURES: Final = frozenset(("onFailure", "failureActions"))


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find pointers into answers that no declared answer has."""
    for mention in subject.bound.mentions:
        if is_inherited_action(mention) or _of_an_error(subject, mention):
            continue
        operation, way = _looked_at(subject, mention)
        if operation is not None and way:
            found = in_answers(operation, way)
            if found.is_absent and not _is_length(way, found):
                yield _absent(subject, mention, operation, way, found)


def _of_an_error(subject: Subject, mention: Mention) -> bool:
    """Tell whether the answer may be one of failure, of which descriptions say little."""
    if not _FAILURES.isdisjoint(mention.at):
        return True
    step = subject.workflow.step(mention.step_id or "")
    return step is not None and expects_error(step)


def _looked_at(subject: Subject, mention: Mention) -> tuple[Operation | None, Path]:
    """Return the operation whose answer an expression reads, and the way through its body."""
    match mention.expression:
        case Exchange(side="response", part="body") as expression:
            return _operation(subject, mention.step_id), _way(expression)
        case StepOutput(step=giver, name=name) as expression if _way(expression):
            compiled = dict(_outputs(subject, giver)).get(name)
            if isinstance(compiled, Whole) and isinstance(compiled.expression, Exchange):
                inner = compiled.expression
                if (inner.side, inner.part) == ("response", "body"):
                    return _operation(subject, giver), (*_way(inner), *_way(expression))
    return None, ()


def _way(expression: Exchange | StepOutput) -> Path:
    return (*(expression.pointer or ()), *expression.navigation)


def _operation(subject: Subject, step_id: str | None) -> Operation | None:
    index = subject.bound.positions.get(step_id or "")
    call = subject.bound.steps[index].call if index is not None else None
    return call.operation if isinstance(call, OperationCall) else None


def _outputs(subject: Subject, step_id: str) -> tuple[tuple[str, CompiledValue], ...]:
    index = subject.bound.positions.get(step_id)
    return subject.bound.steps[index].outputs if index is not None else ()


def _is_length(way: Path, found: Inner) -> bool:
    """Tell whether what is missing is the `length` of an array or a text, which practical readings know."""
    return found.missing == 1 and way[-1] == "length"


def _absent(subject: Subject, mention: Mention, operation: Operation, way: Path, found: Inner) -> Diagnostic:
    index = len(way) - found.missing
    above = "".join(f"/{token}" for token in way[:index])
    where = f"in '{above}' of its answer" if above else "in its answer"
    what = f"{operation.method} {operation.path}"
    who = f"workflow '{subject.workflow.workflow_id}'" if mention.step_id is None else f"step '{mention.step_id}'"
    message = f"{who} reads {mention.expression.text}, but {what} declares no '{way[index]}' {where}"
    help = did_you_mean(str(way[index]), found.names) if found.names else "the description declares nothing below there"
    return subject.warning("response-pointer-absent", message, mention.at, help, subject.span(mention))
