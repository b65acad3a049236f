"""reading-P18: a success criterion asserts a status that the operation does not declare.

What: `$statusCode == 202` on an operation whose description lists 200 and 404 and has no `default`. Where a condition
allows several statuses, one that is declared is enough.
Why: it is evaluated as written, and if the description is right it never holds.
Example: `successCriteria: [{condition: $statusCode == 200}]` on an operation that answers with 201 alone.
Instead: assert a declared status, or declare this one in the API description.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from arazzo_runner.criteria.simple.syntax import Compare, Every, Literal, Node, Reference, Some, StatusClass
from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.expressions.grammar import StatusCode
from arazzo_runner.sources.operations import OperationResponse
from arazzo_runner.validate.conditions import tree_of
from arazzo_runner.validate.subject import Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find the criteria that only a status which nobody declares can satisfy (practical reading P18)."""
    dialect = subject.dialect()
    for step, _, call in subject.calls():
        responses = call.operation.responses
        if not responses or "default" in responses:
            continue
        for criterion in step.success_criteria:
            tree = tree_of(criterion, dialect)
            for wanted in _undeclared(tree, responses) if tree is not None else ():
                what = f"{call.operation.method} {call.operation.path}"
                message = f"step '{step.step_id}' asserts the status {wanted}, which {what} does not declare"
                help = f"declared: {', '.join(responses)}"
                yield subject.warning("reading-P18", message, (*criterion.at, "condition"), help)


def _undeclared(tree: Node, responses: Mapping[str, OperationResponse]) -> Iterator[str]:
    """Yield each assertion that no declared status can satisfy, as the statuses that it names."""
    if isinstance(tree, Every):
        for part in tree.parts:
            yield from _undeclared(part, responses)
        return
    wanted = _asserted(tree)
    if wanted and not any(_is_declared(status, responses) for status in wanted):
        yield " or ".join(dict.fromkeys(wanted))


def _asserted(tree: Node) -> list[str]:
    """Return the statuses, one of which the condition asserts; none where it says something else, or more."""
    match tree:
        case Compare("==", Reference(_, StatusCode()), other) | Compare("==", other, Reference(_, StatusCode())):
            return [status] if (status := _status(other)) else []
        case Some(parts):
            found = [_asserted(part) for part in parts]
            return [status for each in found for status in each] if all(found) else []
        case _:
            return []


def _status(node: Node) -> str:
    match node:
        case StatusClass(digit):
            return f"{digit}XX"
        case Literal(int() | float() | str() as value) if not isinstance(value, bool):
            text = str(value).removesuffix(".0")
            return text if text.isdecimal() and len(text) == 3 else ""
        case _:
            return ""


def _is_declared(status: str, responses: Mapping[str, OperationResponse]) -> bool:
    if status.endswith("XX"):
        return any(key[:1] == status[:1] for key in responses)
    return status in responses or f"{status[0]}XX" in responses or f"{status[0]}xx" in responses
