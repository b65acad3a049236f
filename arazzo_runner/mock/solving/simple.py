"""Simple conditions turned round: the tree of a condition becomes the ways to make it true, or false."""

from __future__ import annotations

from typing import assert_never

from arazzo_runner.criteria.simple import syntax
from arazzo_runner.criteria.simple.compile import compile_tree
from arazzo_runner.expressions.grammar import Expression, StatusCode
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.mock import wishes
from arazzo_runner.mock.solving.plan import (
    FLIPPED,
    FREE,
    OPPOSITE,
    Plan,
    Plans,
    StatusTest,
    Tie,
    all_of,
    any_of,
    placed,
    reads_answer,
)
from arazzo_runner.mock.solving.regex import text_matching
from arazzo_runner.values import Nothing, Value


def ways(node: syntax.Node, wanted: bool, scope: Scope) -> Plans:
    """Return ways to make a condition hold, or fail where it is not `wanted`."""
    match node:
        case syntax.Not(operand):
            return ways(operand, not wanted, scope)
        case syntax.Every(parts):
            found = [ways(part, wanted, scope) for part in parts]
            return all_of(found) if wanted else any_of(found)
        case syntax.Some(parts):
            found = [ways(part, wanted, scope) for part in parts]
            return any_of(found) if wanted else all_of(found)
        case syntax.Compare():
            return _comparison(node, wanted, scope)
        case syntax.Reference():
            return _truth(node, wanted, scope)
        case syntax.Literal() | syntax.StatusClass() | syntax.MediaType():
            return _known(node, wanted, scope)
    assert_never(node)


def _known(node: syntax.Node, wanted: bool, scope: Scope) -> Plans:
    """Decide what does not hang on the answer."""
    return FREE if compile_tree("", node).check(scope).passed is wanted else ()


def _is_answer(node: syntax.Node) -> bool:
    return isinstance(node, syntax.Reference) and reads_answer(node.expression)


def _truth(node: syntax.Reference, wanted: bool, scope: Scope) -> Plans:
    if not _is_answer(node):
        return _known(node, wanted, scope)
    if isinstance(node.expression, StatusCode):
        return FREE if wanted else ()
    return placed(node.expression, wishes.truth(wanted), absent=not wanted)


def _comparison(node: syntax.Compare, wanted: bool, scope: Scope) -> Plans:
    left, right, operator = node.left, node.right, node.operator
    if isinstance(left, syntax.Not) or isinstance(right, syntax.Not):
        return _of_truths(node, wanted, scope)
    if _is_answer(right) and not _is_answer(left) and operator in FLIPPED:
        left, right, operator = right, left, FLIPPED[operator]
    if not _is_answer(left):
        return _known(node, wanted, scope) if not _is_answer(right) else FREE
    assert isinstance(left, syntax.Reference)
    if isinstance(right, syntax.MediaType):
        return placed(left.expression, wishes.media_type(right.text, (operator == "==") is wanted), absent=not wanted)
    if isinstance(right, syntax.Reference) and _is_answer(right):
        holding = operator if wanted else OPPOSITE.get(operator)
        return tied_both_ways(holding, left.expression, right.expression) if holding else FREE
    known = right if isinstance(right, syntax.StatusClass) else compile_tree("", right).run(scope, {})
    return against(left.expression, operator, known, wanted)


def _of_truths(node: syntax.Compare, wanted: bool, scope: Scope) -> Plans:
    """Solve ``!$response.body#/x == true``: the sign belongs to the operand alone, whose truth is compared."""
    other = node.right if isinstance(node.left, syntax.Not) else node.left
    operand = node.left if isinstance(node.left, syntax.Not) else node.right
    if node.operator not in ("==", "!=") or _hangs_on_answer(other):
        return FREE
    known = compile_tree("", other).run(scope, {})
    if not isinstance(known, bool):
        return FREE if (node.operator == "!=") is wanted else ()
    return ways(operand, ((known is True) is (node.operator == "==")) is wanted, scope)


def _hangs_on_answer(node: syntax.Node) -> bool:
    return any(reads_answer(reference.expression) for reference in syntax.references(node))


def tied_both_ways(operator: str, left: Expression, right: Expression) -> Plans:
    """Return ways for two places of the answer to compare with each other: either follows from the other."""
    flipped = FLIPPED.get(operator)
    ties = (Tie(operator, left, right), *([Tie(flipped, right, left)] if flipped else []))
    return tuple(Plan(ties=(tie,)) for tie in ties)


def against(
    place: Expression, operator: str, known: Value | Nothing | syntax.StatusClass, wanted: bool = True
) -> Plans:
    """Return ways for a place of the answer to compare with a known value as wanted."""
    if isinstance(place, StatusCode):
        holding = operator if wanted else OPPOSITE.get(operator, "")
        return (Plan((StatusTest(holding, known),)),) if holding in OPPOSITE else ()
    if isinstance(known, syntax.StatusClass):
        return FREE
    constant = None if isinstance(known, Nothing) else known
    if operator == "matches":
        return placed(place, text_matching(constant, wanted), absent=not wanted)
    if operator == "contains":
        found = wishes.holding(constant)
        return placed(place, found if wanted else {"not": found}, absent=not wanted)
    holding = operator if wanted else OPPOSITE[operator]
    # What is not there counts as null: equal to null alone, and in no order with anything.
    absent = (operator in ("==", "!=") and (holding == "==") is (constant is None)) or (
        not wanted and operator not in ("==", "!=")
    )
    schema = wishes.compared(holding, constant)
    if schema is False:
        return placed(place, wishes.ABSENT) if absent else ()
    return placed(place, schema, absent=absent)
