"""A predicate over queries, written as a simple condition."""

from __future__ import annotations

import pytest

from arazzo_runner.criteria.predicates import Predicate, read_predicate
from arazzo_runner.criteria.predicates.standard import as_condition
from arazzo_runner.expressions.grammar import Declared, Dialect, Expression
from arazzo_runner.expressions.parse import parse
from arazzo_runner.query.jsonpath import compile_rfc9535

DIALECT = Dialect(v1_1=True)


def written(text: str, context: str = "$response.body") -> tuple[str, bool] | None:
    predicate = read_predicate(text, compile_rfc9535)
    assert isinstance(predicate, Predicate)
    parsed = parse(context, DIALECT, Declared(inputs=frozenset({"i"})))
    assert isinstance(parsed.expression, Expression)
    found = as_condition(predicate.tree, parsed.expression)
    return None if found is None else (found.text, found.exact)


@pytest.mark.parametrize(
    ("text", "condition", "exact"),
    [
        ("$.a == true", "$response.body#/a == true", True),
        ("$.a != null && $['b c'].d == false", None, False),
        ("$.a != null && $['b'][0].d == false", "$response.body#/a != null && $response.body#/b/0/d == false", False),
        ("!$.error", "!$response.body#/error", True),
        ("!($.a == null || $.b == null)", "!($response.body#/a == null || $response.body#/b == null)", True),
        ("$.n > 3", "$response.body#/n > 3", False),
        ("$.n == 3", "$response.body#/n == 3", False),
        ('$.s == "it\'s"', "$response.body#/s == 'it''s'", False),
        ("$.a == $.b", "$response.body#/a == $response.body#/b", False),
        ("$['a/b']['~c'] == null", "$response.body#/a~1b/~0c == null", True),
        ("$.a.length > 0", None, False),
        ("$.a[*].length > 0", None, False),
        ("$[-1] == null", None, False),
        ("$['a=b'] == null", None, False),
    ],
)  # fmt: skip
def test_a_predicate_on_the_body(text: str, condition: str | None, exact: bool) -> None:
    assert written(text) == (None if condition is None else (condition, exact))


@pytest.mark.parametrize(
    ("context", "condition"),
    [
        ("$response.body#/data", "$response.body#/data/a == null"),
        ("$steps.s.outputs.o", "$steps.s.outputs.o#/a == null"),
        ("$inputs.i", "$inputs.i#/a == null"),
        ("$response.header.x", None),
        ("$statusCode", None),
        ("$inputs.i.items", None),
    ],
)
def test_the_context_is_where_it_begins(context: str, condition: str | None) -> None:
    assert written("$.a == null", context) == (None if condition is None else (condition, True))
