"""What an answer must be like for criteria to hold: conditions turned round.

A simple condition becomes ways to make it true (its disjunctive normal form, up to a named limit). A way, a `Plan`,
says which statuses will do and which schemas the body and the headers have to satisfy besides their own. A plan is a
proposal: whatever is made by it is judged by the real criteria.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product
from typing import Final, TypeAlias, assert_never

from arazzo_runner.criteria.simple import compare, syntax
from arazzo_runner.criteria.simple.compile import compile_tree
from arazzo_runner.criteria.simple.parser import parse_condition
from arazzo_runner.criteria.verdict import Check
from arazzo_runner.expressions.grammar import Dialect, Exchange, Expression, StatusCode
from arazzo_runner.expressions.parse import UNKNOWN
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.mock import wishes
from arazzo_runner.mock.limits import MAX_PLANS
from arazzo_runner.program.model import BoundAction
from arazzo_runner.values import JSON, Nothing, Path, Value

_FLIPPED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_OPPOSITE: Final = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


@dataclass(frozen=True, slots=True)
class StatusTest:
    """A comparison of the status with what is known: a value, or a class such as ``5XX``."""

    operator: str
    right: Value | Nothing | syntax.StatusClass

    def allows(self, status: int) -> bool:
        """Tell whether a status passes."""
        if isinstance(self.right, syntax.StatusClass):
            return (status // 100 == self.right.digit) is (self.operator == "==")
        if self.operator in ("==", "!="):
            return compare.equal(status, self.right) is (self.operator == "==")
        return compare.ordered(self.operator, status, self.right)


@dataclass(frozen=True, slots=True)
class Tie:
    """Two places of the answer that are compared with each other: `right` follows from what `left` turns out to be."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Plan:
    """One way to make criteria hold. A header is named in lower case."""

    statuses: tuple[StatusTest, ...] = ()
    body: tuple[JSON, ...] = ()
    headers: tuple[tuple[str, JSON], ...] = ()
    ties: tuple[Tie, ...] = ()

    def allows(self, status: int) -> bool:
        """Tell whether a status passes all the tests."""
        return all(test.allows(status) for test in self.statuses)

    def __add__(self, other: Plan) -> Plan:
        return Plan(
            self.statuses + other.statuses,
            self.body + other.body,
            self.headers + other.headers,
            self.ties + other.ties,
        )


Plans: TypeAlias = tuple[Plan, ...]

_FREE: Final[Plans] = (Plan(),)


def plans_for(checks: Iterable[Check], scope: Scope) -> Plans:
    """Return ways to make all criteria hold, at most `MAX_PLANS`; none where they exclude each other by themselves."""
    return _all([_ways_of(check, scope) for check in checks])


def success(checks: tuple[Check, ...], scope: Scope) -> Plans:
    """Return ways to make a step succeed: its criteria, or a status below 400 where it has none."""
    return plans_for(checks, scope) if checks else (Plan((StatusTest("<", 400),)),)


def onward(actions: Iterable[BoundAction], passed: Collection[str], scope: Scope) -> Plans:
    """Return ways to keep success actions from going back to a step that has been passed.

    Polling ends and a listing is at its last page: without this a mocked run would go round until its budget is spent.
    """
    return _all([_unless(action, scope) for action in backward(actions, passed)])


def backward(actions: Iterable[BoundAction], passed: Collection[str]) -> tuple[BoundAction, ...]:
    """Return the actions that go back, on conditions, to a step that has been passed."""
    return tuple(action for action in actions if action.criteria and action.step_id in passed)


def _unless(action: BoundAction, scope: Scope) -> Plans:
    trees = [_tree(check) for check in action.criteria]
    return _any(_ways(tree, False, scope) for tree in trees if tree is not None) if all(trees) else _FREE


def joined(one: Plans, other: Plans) -> Plans:
    """Return ways to make both hold."""
    return _all([one, other])


def is_understood(check: Check) -> bool:
    """Tell whether a criterion is a simple condition, which can be turned round."""
    return _tree(check) is not None


def _ways_of(check: Check, scope: Scope) -> Plans:
    tree = _tree(check)
    return _FREE if tree is None else _ways(tree, True, scope)


def _tree(check: Check) -> syntax.Node | None:
    """Return the tree of a simple condition, None for any other.

    A condition that is data is compared with its context (practical reading P8).
    """
    tree = parse_condition(check.condition, Dialect(v1_1=True), UNKNOWN).tree
    if (tree is None or isinstance(tree, syntax.Literal)) and len(check.expressions) == 1:
        try:
            wanted: JSON = json.loads(check.condition)
        except (ValueError, RecursionError):
            return None
        context = check.expressions[0]
        return syntax.Compare("==", syntax.Reference(context.text, context), syntax.Literal(wanted))
    return tree


def _all(parts: list[Plans]) -> Plans:
    """Join ways that all have to be gone, shortest lists first to last as written."""
    found: Plans = _FREE
    for ways in parts:
        found = tuple(islice((one + other for one, other in product(found, ways)), MAX_PLANS))
    return found


def _any(parts: Iterable[Plans]) -> Plans:
    return tuple(islice((plan for ways in parts for plan in ways), MAX_PLANS))


def _ways(node: syntax.Node, wanted: bool, scope: Scope) -> Plans:
    match node:
        case syntax.Not(operand):
            return _ways(operand, not wanted, scope)
        case syntax.Every(parts):
            found = [_ways(part, wanted, scope) for part in parts]
            return _all(found) if wanted else _any(found)
        case syntax.Some(parts):
            found = [_ways(part, wanted, scope) for part in parts]
            return _any(found) if wanted else _all(found)
        case syntax.Compare():
            return _comparison(node, wanted, scope)
        case syntax.Reference():
            return _truth(node, wanted, scope)
        case syntax.Literal() | syntax.StatusClass() | syntax.MediaType():
            return _known(node, wanted, scope)
    assert_never(node)


def _known(node: syntax.Node, wanted: bool, scope: Scope) -> Plans:
    """Decide what does not hang on the answer."""
    return _FREE if compile_tree("", node).check(scope).passed is wanted else ()


def _is_answer(node: syntax.Node) -> bool:
    """Tell whether an operand reads the answer that is to be invented."""
    if not isinstance(node, syntax.Reference):
        return False
    match node.expression:
        case StatusCode():
            return True
        case Exchange(side="response"):
            return True
        case _:
            return False


def _truth(node: syntax.Reference, wanted: bool, scope: Scope) -> Plans:
    if not _is_answer(node):
        return _known(node, wanted, scope)
    if isinstance(node.expression, StatusCode):
        return _FREE if wanted else ()
    return _placed(node.expression, wishes.truth(wanted), absent=not wanted)


def _comparison(node: syntax.Compare, wanted: bool, scope: Scope) -> Plans:
    left, right, operator = node.left, node.right, node.operator
    if _is_answer(right) and not _is_answer(left) and operator in _FLIPPED:
        left, right, operator = right, left, _FLIPPED[operator]
    if not _is_answer(left):
        return _known(node, wanted, scope) if not _is_answer(right) else _FREE
    assert isinstance(left, syntax.Reference)
    if not wanted and operator in _OPPOSITE:
        operator, wanted = _OPPOSITE[operator], True
    if isinstance(right, syntax.Reference) and _is_answer(right):
        return _tied_both_ways(operator, left.expression, right.expression) if wanted else _FREE
    if isinstance(right, syntax.MediaType):
        return _placed(left.expression, wishes.media_type(right.text, operator == "=="))
    known = right if isinstance(right, syntax.StatusClass) else compile_tree("", right).run(scope, {})
    return _against(left.expression, operator, known, wanted)


def _tied_both_ways(operator: str, left: Expression, right: Expression) -> Plans:
    flipped = _FLIPPED.get(operator)
    ties = (Tie(operator, left, right), *([Tie(flipped, right, left)] if flipped else []))
    return tuple(Plan(ties=(tie,)) for tie in ties)


def _against(place: Expression, operator: str, known: Value | Nothing | syntax.StatusClass, wanted: bool) -> Plans:
    """Return ways for a place of the answer to compare with a known value as wanted."""
    if isinstance(place, StatusCode):
        return (Plan((StatusTest(operator, known),)),) if operator in _OPPOSITE else ()
    if isinstance(known, syntax.StatusClass):
        return _FREE
    constant = None if isinstance(known, Nothing) else known
    if operator == "contains":
        return _placed(place, wishes.holding(constant) if wanted else {"not": wishes.holding(constant)})
    schema = wishes.compared(operator, constant)
    if schema is False:
        return ()
    return _placed(place, schema, absent=operator == "==" and constant is None)


def _placed(place: Expression, schema: JSON, *, absent: bool = False) -> Plans:
    """Return a plan that asks for a schema at a place; with `absent`, one more that asks for nothing there."""
    wanted = [schema, wishes.ABSENT] if absent else [schema]
    return tuple(plan for each in wanted for plan in wish_at(place, each))


def wish_at(place: Expression, schema: JSON) -> Iterator[Plan]:
    """Yield the plan that has a schema hold at a place of the answer; none where the place can't be wished for."""
    if not isinstance(place, Exchange) or place.side != "response":
        return
    if place.part == "header" and not place.pointer and not place.navigation:
        yield Plan(headers=((place.name.lower(), schema),))
    if place.part == "body":
        yield Plan(body=(wishes.nested(tokens_of(place), schema),))


def tied(tie: Tie, value: Value | Nothing) -> Plans:
    """Return ways for the right side of a tie, now that its left side is known."""
    operator = _FLIPPED.get(tie.operator)
    return _against(tie.right, operator, value, True) if operator else _FREE


def tokens_of(place: Exchange) -> Path:
    """Return the steps into the body: those of the pointer, then those of the navigation."""
    return (*(place.pointer or ()), *place.navigation)
