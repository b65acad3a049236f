"""What conditions demand of values, far enough to see that two of them can't hold together, or that one always holds.

A simple condition is turned into alternatives, each a set of facts: a value, named by its expression, compared with
a constant. What is no such comparison is left out, so that it can do anything. An alternative whose facts exclude one
another can't hold; a condition of which no alternative is left never holds; one whose negation never holds always does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product
from typing import Final, TypeAlias

from arazzo_runner.criteria.simple.parser import parse_condition
from arazzo_runner.criteria.simple.syntax import Compare, Every, Literal, Node, Not, Reference, Some, StatusClass
from arazzo_runner.document.model import Criterion
from arazzo_runner.expressions.grammar import Declared, Dialect
from arazzo_runner.values import JSON

MAX_ALTERNATIVES: Final = 256
"""Alternatives of a condition that are looked at; a condition with more is taken as one that can be anything."""

MAX_FACTS: Final = 64
"""Facts of an alternative that are compared with one another."""


MAX_KEPT: Final = 1_024
"""Trees of conditions that are kept."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A value, named by the `text` of its expression, stands to a constant as `operator` says.

    `amount` is the constant as a number, where it is one; `word` is it as a text without its case.
    """

    text: str
    operator: str
    word: str
    amount: float | None


Alternative: TypeAlias = tuple[Fact, ...]

ANYTHING: Final[tuple[Alternative, ...]] = ((),)

_NEGATED: Final = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_MIRRORED: Final = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}


def tree_of(criterion: Criterion, dialect: Dialect) -> Node | None:
    """Return the tree of a simple criterion; None for the other types, and where it does not parse."""
    if criterion.type.type != "simple":
        return None
    return _parsed(criterion.condition, dialect)


@lru_cache(MAX_KEPT)
def _parsed(condition: str, dialect: Dialect) -> Node | None:
    """Several rules ask for the tree of each condition, and conditions repeat: trees that were parsed are kept."""
    return parse_condition(condition, dialect, Declared()).tree


def alternatives(tree: Node, *, negated: bool = False) -> tuple[Alternative, ...]:
    """Return the alternatives of a condition, or of its negation."""
    match tree:
        case Not(operand):
            return alternatives(operand, negated=not negated)
        case Every(parts) if not negated:
            return together(alternatives(part) for part in parts)
        case Some(parts) if negated:
            return together(alternatives(part, negated=True) for part in parts)
        case Every(parts) | Some(parts):
            found = tuple(one for part in parts for one in alternatives(part, negated=negated))
            return found if len(found) <= MAX_ALTERNATIVES else ANYTHING
        case Compare():
            return tuple(_compared(tree, negated))
        case _:
            return ANYTHING


def together(each: Iterable[Sequence[Alternative]]) -> tuple[Alternative, ...]:
    """Return the alternatives of conditions that all have to hold."""
    found: tuple[Alternative, ...] = ANYTHING
    for listed in each:
        if len(found) * len(listed) > MAX_ALTERNATIVES:
            return ANYTHING
        found = tuple((*left, *right) for left, right in product(found, listed))
    return found


def never_holds(found: Iterable[Alternative]) -> bool:
    """Tell whether each alternative excludes itself."""
    return all(_excluded(one) for one in found)


def _compared(tree: Compare, negated: bool) -> Iterator[Alternative]:
    """Yield the alternatives of one comparison: a class of statuses is a range of numbers."""
    match tree:
        case Compare(operator, Reference() as reference, other) if operator in _MIRRORED:
            pass
        case Compare(operator, other, Reference() as reference) if operator in _MIRRORED:
            operator = _MIRRORED[operator]
        case _:
            yield ()
            return
    operator = _NEGATED[operator] if negated else operator
    match other:
        case Literal(bool() | int() | float() | str() | None as value):
            yield (_fact(reference.text, operator, value),)
        case StatusClass(digit) if operator == "==":
            yield (_fact(reference.text, ">=", digit * 100), _fact(reference.text, "<", digit * 100 + 100))
        case StatusClass(digit) if operator == "!=":
            yield (_fact(reference.text, "<", digit * 100),)
            yield (_fact(reference.text, ">=", digit * 100 + 100),)
        case _:
            yield ()


def _fact(text: str, operator: str, value: JSON) -> Fact:
    amount: float | None = None
    word = "null" if value is None else str(value).casefold()
    if isinstance(value, int | float | str) and not isinstance(value, bool):
        try:
            amount = float(value)
        except (ValueError, OverflowError):
            amount = None
    return Fact(text, operator, word, amount)


def _excluded(alternative: Alternative) -> bool:
    facts = alternative[:MAX_FACTS]
    return any(_exclude(left, right) for left, right in combinations(facts, 2) if left.text == right.text)


def _exclude(left: Fact, right: Fact) -> bool:
    if right.operator == "==" and left.operator != "==":
        left, right = right, left
    if left.operator == "==":
        return _denied(left, right)
    if left.amount is None or right.amount is None:
        return False
    if left.operator[0] == "<" and right.operator[0] == ">":
        left, right = right, left
    if left.operator[0] == ">" and right.operator[0] == "<":
        touching = left.operator == ">=" and right.operator == "<="
        return _amount(left) > _amount(right) or (left.amount == right.amount and not touching)
    return False


def _denied(equal: Fact, other: Fact) -> bool:
    """Tell whether a value that is equal to a constant can't be as the other fact says."""
    numbers = equal.amount is not None and other.amount is not None
    same = equal.amount == other.amount if numbers else equal.word == other.word
    match other.operator:
        case "==":
            return not same
        case "!=":
            return same
        case _ if not numbers:
            return False
        case "<":
            return not _amount(equal) < _amount(other)
        case "<=":
            return not _amount(equal) <= _amount(other)
        case ">":
            return not _amount(equal) > _amount(other)
        case _:
            return not _amount(equal) >= _amount(other)


def _amount(fact: Fact) -> float:
    assert fact.amount is not None
    return fact.amount
