"""JSONPath queries as trees: what a compiled query no longer shows, read from the trees of the two libraries.

Both dialects become the same few forms. What has no form here (a query from the root within a filter) becomes `Free`:
nothing is promised for it, and the criterion itself is the judge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from arazzo_runner.values import JSON

if TYPE_CHECKING:
    from jsonpath_rfc9535 import JSONPathQuery
    from jsonpath_rfc9535.filter_expressions import Expression
    from jsonpath_rfc9535.selectors import JSONPathSelector


@dataclass(frozen=True, slots=True)
class Name:
    """The member of a name."""

    name: str


@dataclass(frozen=True, slots=True)
class Index:
    """The element of an index; a negative one counts from the end."""

    index: int


@dataclass(frozen=True, slots=True)
class Slice:
    """Elements from `start` up to `end`, each None where it is not written."""

    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Filter:
    """The children that pass a test; all of them where it is `Everything`."""

    test: Test


@dataclass(frozen=True, slots=True)
class Everything:
    """Always passes."""


@dataclass(frozen=True, slots=True)
class Free:
    """Nothing is known of it."""


@dataclass(frozen=True, slots=True)
class Every:
    """All of them."""

    parts: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """One of them."""

    parts: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    part: Test


@dataclass(frozen=True, slots=True)
class Exists:
    """A query that finds something below the child looked at."""

    path: Segments


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant."""

    value: JSON


@dataclass(frozen=True, slots=True)
class Length:
    """The length of what a query finds; `of_objects` too, where the dialect counts members."""

    path: Segments
    of_objects: bool = True


@dataclass(frozen=True, slots=True)
class Count:
    """How many nodes a query finds."""

    path: Segments


@dataclass(frozen=True, slots=True)
class Compare:
    """Two operands and a comparison operator; a query stands for the value that it finds."""

    operator: str
    left: Operand
    right: Operand


@dataclass(frozen=True, slots=True)
class Matches:
    """A text in which a pattern is found; the `whole` of it."""

    path: Segments
    pattern: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """Selectors for children, or with `descend` for all descendants."""

    selectors: tuple[Selector, ...]
    descend: bool = False


Selector: TypeAlias = Name | Index | Slice | Filter
Segments: TypeAlias = tuple[Segment, ...]
Operand: TypeAlias = Literal | Length | Count | Exists | Free
Test: TypeAlias = Everything | Free | Every | Some | Not | Exists | Compare | Matches


def read_rfc9535(text: str) -> Segments:
    """Return the segments of a query that has been compiled before (RFC 9535)."""
    from jsonpath_rfc9535 import JSONPathEnvironment

    return _segments(JSONPathEnvironment().compile(text.strip()))


def _segments(query: JSONPathQuery) -> Segments:
    from jsonpath_rfc9535.segments import JSONPathRecursiveDescentSegment

    return tuple(
        Segment(tuple(map(_selector, segment.selectors)), isinstance(segment, JSONPathRecursiveDescentSegment))
        for segment in query.segments
    )


def _selector(selector: JSONPathSelector) -> Selector:
    from jsonpath_rfc9535 import selectors

    match selector:
        case selectors.NameSelector():
            return Name(selector.name)
        case selectors.IndexSelector():
            return Index(selector.index)
        case selectors.SliceSelector():
            return Slice(selector.slice.start, selector.slice.stop)
        case selectors.FilterSelector():
            return Filter(_test(selector.expression.expression))
        case _:
            return Filter(Everything())


def _test(expression: Expression) -> Test:
    from jsonpath_rfc9535 import filter_expressions as tree

    match expression:
        case tree.LogicalExpression():
            parts = (_test(expression.left), _test(expression.right))
            return Every(parts) if expression.operator == "&&" else Some(parts)
        case tree.PrefixExpression():
            return Not(_test(expression.right))
        case tree.ComparisonExpression():
            return Compare(expression.operator, _operand(expression.left), _operand(expression.right))
        case tree.RelativeFilterQuery():
            return Exists(_segments(expression.query))
        case tree.FunctionExtension(name="match" | "search"):
            return _matches(expression)
        case _:
            return Free()


def _matches(call: Expression) -> Test:
    from jsonpath_rfc9535 import filter_expressions as tree

    assert isinstance(call, tree.FunctionExtension)
    text, pattern = call.args
    if isinstance(text, tree.RelativeFilterQuery) and isinstance(pattern, tree.StringLiteral):
        return Matches(_segments(text.query), pattern.value, call.name == "match")
    return Free()


def _operand(expression: Expression) -> Operand:
    from jsonpath_rfc9535 import filter_expressions as tree

    match expression:
        case tree.IntegerLiteral():
            text = expression.token.value
            return Literal(float(text) if "e" in text.lower() else int(text))
        case tree.FilterExpressionLiteral():
            return Literal(expression.value)
        case tree.RelativeFilterQuery():
            return Exists(_segments(expression.query))
        case tree.FunctionExtension(name="length" | "count" | "value"):
            inner = _operand(expression.args[0])
            kinds = {"length": Length, "count": Count, "value": Exists}
            return kinds[expression.name](inner.path) if isinstance(inner, Exists) else Free()
        case _:
            return Free()
