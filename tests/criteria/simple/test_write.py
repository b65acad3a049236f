"""Conditions written and parsed again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.criteria.simple.operands import read_operand
from arazzo_runner.criteria.simple.parser import parse_condition
from arazzo_runner.criteria.simple.syntax import (
    Compare,
    Every,
    Literal,
    MediaType,
    Node,
    Not,
    Reference,
    Some,
    StatusClass,
)
from arazzo_runner.criteria.simple.write import write_condition
from arazzo_runner.expressions.grammar import Declared, Dialect

DECLARED = Declared(inputs=frozenset({"a"}), steps={"s": frozenset({"o"})})
DIALECT = Dialect(v1_1=True)


def reference(text: str) -> Reference:
    found = read_operand(text, DIALECT, DECLARED).reference
    assert found is not None
    return found


REFERENCES = st.sampled_from(
    [
        reference(text)
        for text in ("$statusCode", "$inputs.a.b[0]", "$response.body#/a.b", "$steps.s.outputs.o", "$body.x")
    ]
)
LITERALS = st.builds(
    Literal, st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
)
OPERATORS = st.sampled_from(["==", "!=", "<", "<=", ">", ">=", "contains"])
PRACTICAL = st.one_of(
    st.builds(
        Compare,
        st.sampled_from(["==", "!="]),
        st.just(reference("$statusCode")),
        st.builds(StatusClass, st.integers(1, 5)),
    ),
    st.builds(
        Compare, st.sampled_from(["==", "!="]), REFERENCES, st.sampled_from([MediaType("a/b"), MediaType("*/*")])
    ),
)


def compound(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    every = several.map(lambda parts: Every(tuple(part for part in parts)))
    some = several.map(lambda parts: Some(tuple(part for part in parts)))
    return st.one_of(st.builds(Not, inner), st.builds(Compare, OPERATORS, inner, inner), every, some)


TREES: st.SearchStrategy[Node] = st.recursive(REFERENCES | LITERALS | PRACTICAL, compound, max_leaves=12)


@given(TREES)
def test_what_is_written_parses_to_the_same_tree(tree: Node) -> None:
    text = write_condition(tree)
    parsed = parse_condition(text, DIALECT, DECLARED)
    assert parsed.fault is None, text
    assert parsed.tree == tree


@pytest.mark.parametrize(
    "text",
    [
        "$inputs.a || $statusCode == 200 && !$inputs.a",
        "($inputs.a || $statusCode) && 'it''s' == null",
        "!($inputs.a == 1)",
        "($inputs.a == 1) == true",
        "$statusCode == 5XX",
        "$response.header.A == text/*",
    ],
)
def test_parentheses_stand_only_where_they_are_needed(text: str) -> None:
    tree = parse_condition(text, DIALECT, DECLARED).tree
    assert tree is not None
    assert write_condition(tree) == text
