"""Compiled queries and what they give."""

import pytest

from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.query.jsonpath import Node, Query, compile_rfc9535
from arazzo_runner.query.jsonpath import query as query_module
from arazzo_runner.query.jsonpath.limits import MAX_QUERY_LENGTH, MAX_QUERY_NESTING, MAX_QUERY_OPERATORS
from arazzo_runner.query.jsonpath.query import exhausted, oversize
from arazzo_runner.query.jsonpath.walk import Walk
from arazzo_runner.query.undecided import Undecided
from arazzo_runner.values import Nothing, Value

DATA: Value = {"a": [{"id": 1}, {"id": 2}], "n": None}


def compiled(text: str) -> Query:
    query = compile_rfc9535(text)
    assert isinstance(query, Query)
    return query


def test_nodes_have_their_value_and_path() -> None:
    nodes = compiled("$.a[*].id").nodes(DATA)
    assert not isinstance(nodes, Undecided)
    assert nodes == (Node(1), Node(2))
    assert [node.path for node in nodes] == [("a", 0, "id"), ("a", 1, "id")]


@pytest.mark.parametrize(
    ("text", "selected"),
    [
        ("$.a[0].id", 1),
        ("$.a[*].id", [1, 2]),
        ("$.n", None),
        ("$['a'][-1]['id']", 2),
        ("$", DATA),
    ],
)
def test_sel_07_a_singular_query_gives_its_value_and_any_other_an_array(text: str, selected: Value) -> None:
    assert compiled(text).selected(DATA) == selected


@pytest.mark.parametrize("text", ["$.x", "$.a[5:]", "$..x"])
def test_sel_10_a_query_that_finds_nothing_says_so(text: str) -> None:
    found = compiled(text).selected(DATA)
    assert isinstance(found, Nothing)
    assert f"'{text}' finds nothing" in found.reason


def test_a_query_that_takes_too_long_is_undecided_in_both_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query_module, "Walk", lambda root: Walk(root, steps=1_000))
    deep: Value = 1
    for _ in range(300):
        deep = [deep, 1]
    query = compiled("$..*..*..*")
    assert query.nodes(deep) == query.selected(deep) == exhausted()
    assert isinstance(exhausted(), Undecided)
    assert exhausted().limit == "max_query_steps"


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("$" + "[0]" * 1_000, True),
        ("$['" + "[" * 1_000 + "']", True),
        ('$["\\"' + "(" * 1_000 + '"]', True),
        ("$" + "[" * MAX_QUERY_NESTING, True),
        ("$" + "[" * (MAX_QUERY_NESTING + 1), False),
        ("$[?" + "!" * (2 * MAX_QUERY_OPERATORS) + "@.a]", True),
        ("$[?" + "!" * (2 * MAX_QUERY_OPERATORS + 1) + "@.a]", False),
        ("$" * MAX_QUERY_LENGTH, True),
        ("$" * (MAX_QUERY_LENGTH + 1), False),
    ],
)
def test_sec_09_sizes_are_bounded(text: str, fits: bool) -> None:
    fault = oversize(text)
    assert (fault is None) is fits
    assert fits or (isinstance(fault, Fault) and fault.code == "query-too-large")
