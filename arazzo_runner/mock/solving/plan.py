"""Plans: what an answer must be like for criteria to hold, and how plans are joined.

A plan is a proposal. Whatever is made by it is judged by the real criteria, so it may promise a little too much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product
from typing import Final, TypeAlias

from arazzo_runner.criteria.simple import compare, syntax
from arazzo_runner.expressions.grammar import Exchange, Expression, StatusCode
from arazzo_runner.mock import wishes
from arazzo_runner.mock.limits import MAX_PLANS
from arazzo_runner.mock.solving.elements import Wanted
from arazzo_runner.values import JSON, Nothing, Path, Value

FLIPPED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
"""What an operator becomes where its operands change places."""

OPPOSITE: Final = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
"""What holds where a comparison of two numbers does not."""


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
class StatusSet:
    """The statuses for which a criterion is as wanted, found by asking it."""

    statuses: frozenset[int]

    def allows(self, status: int) -> bool:
        """Tell whether a status passes."""
        return status in self.statuses


@dataclass(frozen=True, slots=True)
class Tie:
    """Two places of the answer that are compared with each other: `right` follows from what `left` turns out to be."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Plan:
    """One way to make criteria hold. A header is named in lower case.

    `body` and `headers` are schemas that hold besides the description's own; `markup` is wanted of a body in XML.
    """

    statuses: tuple[StatusTest | StatusSet, ...] = ()
    body: tuple[JSON, ...] = ()
    headers: tuple[tuple[str, JSON], ...] = ()
    ties: tuple[Tie, ...] = ()
    markup: tuple[Wanted, ...] = ()

    def allows(self, status: int) -> bool:
        """Tell whether a status passes all the tests."""
        return all(test.allows(status) for test in self.statuses)

    def __add__(self, other: Plan) -> Plan:
        return Plan(
            self.statuses + other.statuses,
            self.body + other.body,
            self.headers + other.headers,
            self.ties + other.ties,
            self.markup + other.markup,
        )


Plans: TypeAlias = tuple[Plan, ...]

FREE: Final[Plans] = (Plan(),)
"""The one way that asks for nothing."""


def all_of(parts: Iterable[Plans]) -> Plans:
    """Join ways that all have to be gone; at most `MAX_PLANS`."""
    found: Plans = FREE
    for ways in parts:
        found = tuple(islice((one + other for one, other in product(found, ways)), MAX_PLANS))
    return found


def any_of(parts: Iterable[Plans]) -> Plans:
    """Join ways of which one has to be gone; at most `MAX_PLANS`."""
    return tuple(islice((plan for ways in parts for plan in ways), MAX_PLANS))


def reads_answer(expression: Expression) -> bool:
    """Tell whether an expression reads the answer that is to be invented."""
    return isinstance(expression, StatusCode) or (isinstance(expression, Exchange) and expression.side == "response")


def placed(place: Expression, schema: JSON, *, absent: bool = False) -> Plans:
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


def tokens_of(place: Exchange) -> Path:
    """Return the steps into the body: those of the pointer, then those of the navigation."""
    return (*(place.pointer or ()), *place.navigation)
