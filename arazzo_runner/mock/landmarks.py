"""Landmarks of a schema: the values that it names as bounds or choices.

Where two places of an answer are compared with each other, the values at which they can meet lie at these.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from arazzo_runner.criteria.simple import compare
from arazzo_runner.expressions.grammar import Exchange, Expression
from arazzo_runner.mock.solving.plan import Tie, tokens_of
from arazzo_runner.values import JSON, Nothing, Value

_NAMING: Final = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "const", "enum")
_MAX_LANDMARKS: Final = 12
_MAX_NODES: Final = 2_000


def landmarks(schema: JSON, tie: Tie) -> tuple[int | float | str, ...]:
    """Return numbers and texts that a schema names, at most twelve: those of the members that a tie names first."""
    names = {_last(tie.left), _last(tie.right)} - {""}
    found = sorted(islice(_named(schema, names), _MAX_NODES), key=lambda one: not one[0])
    return tuple(dict.fromkeys(value for _, value in found))[:_MAX_LANDMARKS]


def is_held(tie: Tie, left: Value | Nothing, right: Value | Nothing) -> bool:
    """Tell whether two values compare as a tie wants."""
    if tie.operator in ("==", "!="):
        return compare.equal(left, right) is (tie.operator == "==")
    if tie.operator in ("<", "<=", ">", ">="):
        return compare.ordered(tie.operator, left, right)
    return True


def _last(place: Expression) -> str:
    steps = tokens_of(place) if isinstance(place, Exchange) else ()
    return next((step for step in reversed(steps) if isinstance(step, str)), "")


def _named(schema: JSON, names: set[str]) -> Iterator[tuple[bool, int | float | str]]:
    """Yield what is named, with whether that is for a member of one of the names."""
    waiting: list[tuple[JSON, bool]] = [(schema, False)]
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        node, near = waiting.pop()
        if isinstance(node, list):
            waiting += [(item, near) for item in reversed(node)]
        if not isinstance(node, dict):
            continue
        for keyword in _NAMING:
            value = node.get(keyword)
            for one in value if isinstance(value, list) else (value,):
                if isinstance(one, int | float | str) and not isinstance(one, bool):
                    yield near, one
        waiting += [(inner, near or name in names) for name, inner in reversed(node.items())]
