"""JSONPath of RFC 9535: read by `jsonpath-rfc9535`, evaluated by `walk`.

The library's parser passes the whole public compliance suite. Its evaluator can't be stopped and compares numbers in
filters inexactly, so its tree is compiled to our own steps here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.query.jsonpath import filters, walk
from arazzo_runner.query.jsonpath.comparison import holds
from arazzo_runner.query.jsonpath.query import Query, oversize
from arazzo_runner.query.jsonpath.walk import Segment, Selector, Test

if TYPE_CHECKING:
    from jsonpath_rfc9535 import JSONPathQuery
    from jsonpath_rfc9535.filter_expressions import Expression
    from jsonpath_rfc9535.selectors import JSONPathSelector

_POSITION = re.compile(r"(?: at index \d+)?(?:, line \d+, column -?\d+)?$")
_MAX_DIGITS = 1_000


class _TooLarge(Exception):
    def __init__(self, offset: int) -> None:
        super().__init__()
        self.offset = offset


@lru_cache(maxsize=256)
def compile_rfc9535(text: str) -> Query | Fault:
    """Compile a query, or say why it is none, at its offset (checklist JPC-01). Never raises."""
    from jsonpath_rfc9535 import JSONPathEnvironment, JSONPathError

    fault = oversize(text)
    if fault is not None:
        return fault
    try:
        query = JSONPathEnvironment().compile(text)
        return Query(text, query.singular_query(), _segments(query))
    except JSONPathError as error:
        offset = error.token.index if error.token is not None else 0
        message = _POSITION.sub("", str(error.args[0])) if error.args else "this is no query"
        return Fault(message, max(0, min(offset, len(text))), "", "query-malformed")
    except _TooLarge as error:
        return Fault("the number is too large", error.offset, "", "query-malformed")
    except (OverflowError, ValueError):  # ValueError: Python's own limit of the digits that make an integer
        return Fault("a number in the query is too large", 0, "", "query-malformed")
    except RecursionError:
        return Fault("the query is nested too deeply", 0, "", "query-too-large")


def _segments(query: JSONPathQuery) -> tuple[Segment, ...]:
    from jsonpath_rfc9535.segments import JSONPathRecursiveDescentSegment

    return tuple(
        Segment(tuple(map(_selector, segment.selectors)), isinstance(segment, JSONPathRecursiveDescentSegment))
        for segment in query.segments
    )


def _selector(selector: JSONPathSelector) -> Selector:
    from jsonpath_rfc9535 import selectors

    match selector:
        case selectors.NameSelector():
            return walk.name(selector.name)
        case selectors.IndexSelector():
            return walk.index(selector.index)
        case selectors.SliceSelector():
            return walk.elements(selector.slice.start, selector.slice.stop, selector.slice.step)
        case selectors.WildcardSelector():
            return walk.wildcard
        case selectors.FilterSelector():
            return walk.filtered(_test(selector.expression.expression))
        case _:
            raise AssertionError(f"the library has a new selector: {type(selector)}")


def _test(expression: Expression) -> Test:
    from jsonpath_rfc9535 import filter_expressions as tree

    match expression:
        case tree.LogicalExpression():
            parts = tuple(map(_test, _chain(expression)))
            return filters.every(parts) if expression.operator == "&&" else filters.some(parts)
        case tree.PrefixExpression():
            return filters.negated(_test(expression.right))
        case tree.ComparisonExpression():
            return _comparison(expression)
        case tree.RelativeFilterQuery() | tree.RootFilterQuery():
            return filters.exists(_nodes(expression))
        case tree.FunctionExtension():
            return _matching(expression)
        case _:
            raise AssertionError(f"the library has a new expression: {type(expression)}")


def _chain(expression: Expression) -> list[Expression]:
    """Return the parts that one operator joins, without the nesting of the parser."""
    from jsonpath_rfc9535.filter_expressions import LogicalExpression

    assert isinstance(expression, LogicalExpression)
    parts: list[Expression] = []
    waiting: list[Expression] = [expression]
    while waiting:
        part = waiting.pop()
        if isinstance(part, LogicalExpression) and part.operator == expression.operator:
            waiting += [part.right, part.left]
        else:
            parts.append(part)
    return parts


def _comparison(expression: Expression) -> Test:
    from jsonpath_rfc9535.filter_expressions import ComparisonExpression

    assert isinstance(expression, ComparisonExpression)
    left, right, operator = _operand(expression.left), _operand(expression.right), expression.operator
    return lambda value, run: holds(operator, left(value, run), right(value, run), run)


def _operand(expression: Expression) -> filters.Operand:
    from jsonpath_rfc9535 import filter_expressions as tree

    match expression:
        case tree.IntegerLiteral():
            return filters.constant(_integer(expression))
        case tree.FilterExpressionLiteral():
            return filters.constant(expression.value)
        case tree.RelativeFilterQuery() | tree.RootFilterQuery():
            return filters.single(_nodes(expression))
        case tree.FunctionExtension():
            return _function(expression)
        case _:
            raise AssertionError(f"the library has a new operand: {type(expression)}")


def _integer(literal: Expression) -> int | float:
    """Return the number as written: the library takes it through a float."""
    text = literal.token.value
    if len(text) > _MAX_DIGITS:
        raise _TooLarge(literal.token.index)
    return float(text) if "e" in text.lower() else int(text)


def _nodes(expression: Expression) -> filters.Nodes:
    from jsonpath_rfc9535.filter_expressions import FilterQuery, RootFilterQuery

    assert isinstance(expression, FilterQuery)
    return filters.nodes(_segments(expression.query), from_root=isinstance(expression, RootFilterQuery))


def _function(expression: Expression) -> filters.Operand:
    from jsonpath_rfc9535.filter_expressions import FilterQuery, FunctionExtension

    assert isinstance(expression, FunctionExtension)
    argument = expression.args[0]
    if expression.name == "length":
        return filters.length(_operand(argument))
    assert isinstance(argument, FilterQuery)
    return filters.count(_nodes(argument)) if expression.name == "count" else filters.single(_nodes(argument))


def _matching(expression: Expression) -> Test:
    from jsonpath_rfc9535.filter_expressions import FunctionExtension

    assert isinstance(expression, FunctionExtension)
    text, pattern = map(_operand, expression.args)
    return filters.matching(text, pattern, whole=expression.name == "match")
