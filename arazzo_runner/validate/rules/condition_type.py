"""condition-type: a criterion compares an object or an array as if it were a number or a text.

What: one side of a comparison is a place that the API description, or the schema of an input, says to be an object or
an array; the other side is a constant text, number or boolean. Failure actions are left alone.
Why: an object is never equal to a text or a number, and neither greater nor less, so it never holds (SIM-28,
SIM-29).
Example: `condition: $response.body#/items > 0` where `items` is an array.
Instead: compare what is inside it: `$response.body#/items/0/id != null`, or use a `jsonpath` criterion.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from arazzo_runner.criteria.simple.syntax import Compare, Every, Literal, Node, Not, Reference, Some, StatusClass
from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.document.model import Action, Criterion
from arazzo_runner.validate.conditions import tree_of
from arazzo_runner.validate.subject import Subject
from arazzo_runner.validate.types import type_given


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find comparisons of objects and arrays with something that they can't be."""
    for step, _ in subject.steps():
        yield from _listed(subject, step.step_id, step.success_criteria)
        for action in step.on_success:  # after a failure the answer is mostly another one than is described
            if isinstance(action, Action):
                yield from _listed(subject, step.step_id, action.criteria)


def _listed(subject: Subject, step_id: str, criteria: Sequence[Criterion]) -> Iterator[Diagnostic]:
    for criterion in criteria:
        tree = tree_of(criterion, subject.dialect())
        for reference, kind in _wrong(subject, step_id, tree) if tree is not None else ():
            message = f"a criterion of step '{step_id}' compares {reference.text}, which is an {kind}, with a scalar"
            help = "compare what is inside it, or use a jsonpath criterion"
            yield subject.warning("condition-type", message, (*criterion.at, "condition"), help)


def _wrong(subject: Subject, step_id: str, tree: Node) -> Iterator[tuple[Reference, str]]:
    match tree:
        case Every(parts) | Some(parts):
            for part in parts:
                yield from _wrong(subject, step_id, part)
        case Not(operand):
            yield from _wrong(subject, step_id, operand)
        case Compare(operator, left, right) if operator in ("==", "<", "<=", ">", ">="):
            for one, other in ((left, right), (right, left)):
                if isinstance(one, Reference) and not one.alternatives and _is_scalar(other):
                    kind = type_given(subject, step_id, one.expression)
                    if kind in ("object", "array"):
                        yield one, kind


def _is_scalar(node: Node) -> bool:
    if isinstance(node, StatusClass):
        return True
    return isinstance(node, Literal) and isinstance(node.value, bool | int | float | str)
