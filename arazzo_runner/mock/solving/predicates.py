"""Predicates over JSONPath queries turned round (practical reading P6): what is not found counts as null."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from arazzo_runner.criteria.predicates.syntax import Compare, Count, Every, Length, Literal, Node, Not, Single, Some
from arazzo_runner.criteria.simple.compare import truthy
from arazzo_runner.expressions.grammar import Exchange, Expression
from arazzo_runner.mock import wishes
from arazzo_runner.mock.solving import nodes
from arazzo_runner.mock.solving.plan import FLIPPED, FREE, OPPOSITE, Plans, all_of, any_of, placed
from arazzo_runner.mock.solving.queries import Index, Name, Segments
from arazzo_runner.mock.solving.simple import tied_both_ways
from arazzo_runner.query.jsonpath import Query
from arazzo_runner.query.jsonpath.comparison import holds
from arazzo_runner.query.jsonpath.walk import Walk
from arazzo_runner.values import JSON, Path

Read: TypeAlias = Callable[[str], Segments]
"""Reads the text of a query of one dialect."""


@dataclass(frozen=True, slots=True)
class Solving:
    """Turns the predicates of one criterion round: the place that they look at, and how queries are read."""

    context: Expression
    read: Read

    def ways(self, node: Node, wanted: bool) -> Plans:
        """Return ways to make a predicate hold, or fail."""
        match node:
            case Literal(value):
                return FREE if truthy(value) is wanted else ()  # type: ignore[arg-type]  # JSON is a Value
            case Not(operand):
                return self.ways(operand, not wanted)
            case Every(parts):
                found = [self.ways(part, wanted) for part in parts]
                return all_of(found) if wanted else any_of(found)
            case Some(parts):
                found = [self.ways(part, wanted) for part in parts]
                return any_of(found) if wanted else all_of(found)
            case Single(query):
                path = self._path(query)
                return self._placed(nodes.some(path, wishes.truth(wanted)), False if wanted else nodes.none(path))
            case Length() | Count():
                return self._sized(node, ">" if wanted else "<=", 0)
            case Compare():
                return self._compared(node, wanted)
        assert_never(node)

    def _compared(self, node: Compare, wanted: bool) -> Plans:
        left, right, operator = node.left, node.right, node.operator
        if isinstance(left, Literal) and not isinstance(right, Literal):
            left, right, operator = right, left, FLIPPED[operator]
        holding = operator if wanted else OPPOSITE[operator]
        match left, right:
            case Literal(one), Literal(other):
                passed = holds(operator, one, other, Walk(None))  # type: ignore[arg-type]  # JSON is a Value
                return FREE if passed is wanted else ()
            case Single(), Literal(value):
                return self._valued(left.query, holding, value, wanted)
            case ((Length() | Count()), Literal(int() | float() as number)) if not isinstance(number, bool):
                return self._sized(left, holding, number)
            case Single(), Single():
                return self._tied(holding, left.query, right.query)
        return FREE

    def _valued(self, query: Query, operator: str, constant: JSON, wanted: bool) -> Plans:
        path = self._path(query)
        is_null = constant is None
        # Nothing counts as null: it equals null, differs from all else, and is in no order with anything.
        nothing = is_null if operator == "==" else not is_null if operator == "!=" else not wanted
        return self._placed(nodes.some(path, nodes.value(operator, constant)), nodes.none(path) if nothing else False)

    def _sized(self, node: Length | Count, operator: str, number: float) -> Plans:
        path = self._path(node.query)
        found: list[JSON] = []
        for each in [(">", number), ("<", number)] if operator == "!=" else [(operator, number)]:
            low, high = nodes.bounds(each)
            if isinstance(node, Count):
                found.append(nodes.counted(path, low, high))
                continue
            found.append(nodes.some(path, nodes.sized(low, high, False)))
            found.append(nodes.some(self._path(node.member), nodes.value(*each)))
        return self._placed(*found)

    def _tied(self, operator: str, left: Query, right: Query) -> Plans:
        one, other = self._place(left), self._place(right)
        return tied_both_ways(operator, one, other) if one is not None and other is not None else FREE

    def _place(self, query: Query) -> Exchange | None:
        """Return the expression that reads what a query does, below the context."""
        path: list[str | int] = []
        for segment in self._path(query):
            match segment.selectors:
                case (Name(name),):
                    path.append(name)
                case (Index(index),) if index >= 0:
                    path.append(index)
                case _:
                    return None
        if not isinstance(self.context, Exchange):
            return None
        steps: Path = (*self.context.navigation, *path)
        return Exchange(query.text, "response", "body", "", self.context.pointer, steps)

    def _path(self, query: Query) -> Segments:
        return self.read(query.text)

    def _placed(self, *schemas: JSON) -> Plans:
        return any_of(placed(self.context, schema) for schema in schemas if schema is not False)
