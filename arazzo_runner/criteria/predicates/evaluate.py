"""Predicates over JSONPath queries decided (practical reading P6).

Values compare as in RFC 9535, by type and with case. What a query does not find counts as null, as it does in simple
conditions: whoever writes ``$.error != null`` asks whether there is an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from arazzo_runner.criteria.predicates.syntax import Compare, Count, Every, Length, Literal, Node, Not, Single, Some
from arazzo_runner.criteria.simple.compare import truthy
from arazzo_runner.query.jsonpath import Query
from arazzo_runner.query.jsonpath.comparison import holds
from arazzo_runner.query.jsonpath.query import exhausted
from arazzo_runner.query.jsonpath.walk import Exhausted, Walk, find
from arazzo_runner.query.undecided import Undecided
from arazzo_runner.values import Value


@dataclass(frozen=True, slots=True)
class Predicate:
    """A compiled predicate."""

    tree: Node

    def holds(self, value: Value) -> bool | Undecided:
        """Decide the predicate for the value of a context. Never raises."""
        try:
            return truthy(_value(self.tree, value, Walk(value)))
        except Exhausted:
            return exhausted()


def _value(node: Node, root: Value, run: Walk) -> Value:
    match node:
        case Literal(value):
            return value  # type: ignore[return-value]  # JSON is a Value; lists are only invariant
        case Single(query):
            return _first(query, root, run)
        case Count(query):
            return len(find(query.segments, root, run))
        case Length():
            return _length(node, root, run)
        case Not(operand):
            return not truthy(_value(operand, root, run))
        case Compare(operator, left, right):
            return holds(operator, _value(left, root, run), _value(right, root, run), run)
        case Every(parts):
            return all(truthy(_value(part, root, run)) for part in parts)
        case Some(parts):
            return any(truthy(_value(part, root, run)) for part in parts)
        case _:
            assert_never(node)


def _first(query: Query, root: Value, run: Walk) -> Value:
    found = find(query.segments, root, run)
    return found[0][0] if found else None


def _length(node: Length, root: Value, run: Walk) -> Value:
    found = _first(node.query, root, run)
    return len(found) if isinstance(found, str | list) else _first(node.member, root, run)
