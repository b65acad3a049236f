"""What a condition wants of the values that were there before the answer it judges: inputs, earlier outputs.

A conjunction wants all its parts, a choice the first of them that wants something; with `wanted` false a condition is
read as one that must not hold (a way back to an earlier step).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, assert_never

from arazzo_runner.criteria.contextual import ContextualCheck
from arazzo_runner.criteria.simple import syntax
from arazzo_runner.criteria.simple.compile import SimpleCheck
from arazzo_runner.criteria.verdict import Check
from arazzo_runner.expressions.grammar import (
    Exchange,
    Expression,
    Input,
    Output,
    StatusCode,
    StepOutput,
    WorkflowField,
)
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.mock import wishes
from arazzo_runner.mock.demands.demand import ANYTHING, PRESENT, Tie
from arazzo_runner.mock.solving import SOLVERS
from arazzo_runner.values import JSON

_FLIPPED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_OPPOSITE: Final = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}

_BODY: Final = Exchange("$response.body", "response", "body")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted of an expression's value; `tie` or `answer` say what it is compared with, where no literal is."""

    expression: Expression
    must: JSON = ANYTHING
    tie: Tie | None = None
    answer: Exchange | None = None


def asked_by(check: Check, *, wanted: bool = True) -> tuple[Asked, ...]:
    """Return what a criterion wants; of one that can't be turned round, that its expressions have values."""
    if isinstance(check, SimpleCheck):
        return tuple(_walk(check.tree, wanted))
    if isinstance(check, ContextualCheck) and is_earlier(check.context):
        return (Asked(check.context, _of_context(check, wanted)),)
    found = [one for one in check.expressions if is_earlier(one)] if wanted else []
    return tuple(Asked(one, PRESENT) for one in found)


def _of_context(check: ContextualCheck, wanted: bool) -> JSON:
    """Return the schema of the values for which a pattern or a query holds, as if they were an answer's body."""
    solver = SOLVERS.get(check.language)
    plans = solver(check.condition, _BODY, wanted, Scope()) if solver is not None else ()
    found = list(plans[0].body) if plans else []
    return {"allOf": [PRESENT, *found]} if wanted else {"allOf": found}


def is_earlier(expression: Expression) -> bool:
    """Tell whether an expression reads what was there before the answer of its step."""
    match expression:
        case Input() | StepOutput() | WorkflowField() | Output():
            return True
        case Exchange(side="request"):
            return True
        case _:
            return False


def _walk(node: syntax.Node, wanted: bool) -> Iterator[Asked]:
    match node:
        case syntax.Not(operand):
            yield from _walk(operand, not wanted)
        case syntax.Every(parts):
            yield from _all(parts, wanted) if wanted else _first(parts, wanted)
        case syntax.Some(parts):
            yield from _first(parts, wanted) if wanted else _all(parts, wanted)
        case syntax.Compare():
            yield from _comparison(node, wanted)
        case syntax.Reference(_, expression):
            if is_earlier(expression):
                yield Asked(expression, wishes.truth(wanted))
        case syntax.Literal() | syntax.StatusClass() | syntax.MediaType():
            return
        case _:
            assert_never(node)


def _all(parts: tuple[syntax.Node, ...], wanted: bool) -> Iterator[Asked]:
    for part in parts:
        yield from _walk(part, wanted)


def _first(parts: tuple[syntax.Node, ...], wanted: bool) -> Iterator[Asked]:
    """Yield what the first part wants; nothing where a part hangs on the answer, which is bent later."""
    if any(_reads_answer(part) for part in parts):
        return
    yield from next((asked for part in parts if (asked := tuple(_walk(part, wanted)))), ())


def _reads_answer(node: syntax.Node) -> bool:
    expressions = (reference.expression for reference in syntax.references(node))
    return any(isinstance(one, StatusCode) or _is_answer(one) for one in expressions)


def _is_answer(expression: Expression) -> bool:
    return isinstance(expression, Exchange) and expression.side == "response"


def _comparison(node: syntax.Compare, wanted: bool) -> Iterator[Asked]:
    operator = node.operator
    if not wanted:
        if operator not in _OPPOSITE:
            return
        operator = _OPPOSITE[operator]
    yield from _sided(node.left, operator, node.right)
    if operator in _FLIPPED:
        yield from _sided(node.right, _FLIPPED[operator], node.left)


def _sided(left: syntax.Node, operator: str, right: syntax.Node) -> Iterator[Asked]:
    """Yield what a comparison wants of its left side, if that was there before."""
    if not isinstance(left, syntax.Reference) or not is_earlier(left.expression):
        return
    match right:
        case syntax.Literal(value):
            schema = wishes.holding(value) if operator == "contains" else wishes.compared(operator, value)  # type: ignore[arg-type]  # JSON is a Value; lists are only invariant
            if schema is not False:
                yield Asked(left.expression, schema)
        case syntax.Reference(_, expression) if isinstance(expression, Exchange) and _is_answer(expression):
            yield Asked(left.expression, answer=expression if operator == "==" else None)
        case syntax.Reference(_, expression) if is_earlier(expression) and operator in _OPPOSITE:
            yield Asked(left.expression, tie=Tie(operator, expression))
        case _:
            return
