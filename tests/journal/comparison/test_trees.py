import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arazzo_runner.journal.comparison.limits import MAX_NESTING, MAX_VALUE
from arazzo_runner.journal.comparison.record import Difference, Kind
from arazzo_runner.journal.comparison.trees import Tree, first_different, same
from arazzo_runner.values import Value

STAND_IN = "arazzoStandIn{}n0z"
ONE, OTHER = STAND_IN.format("0" * 16), STAND_IN.format("1" * 16)

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3)
VALUES: st.SearchStrategy[Any] = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("ab/~", max_size=2), inner, max_size=3)
)


def differences(left: Value, right: Value) -> list[tuple[str, str, Value, Value]]:
    return [(each.place, each.kind.value, each.left, each.right) for each in Tree("p", "x").differences(left, right)]


@pytest.mark.parametrize(
    ("left", "right", "wanted"),
    [
        ({"a": 1}, {"a": 1.0}, []),
        ({"a": 1}, {"a": True}, [("x #/a", "changed", 1, True)]),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, []),
        ({"a": 1}, {"b": 1}, [("x #/a", "left", 1, None), ("x #/b", "right", None, 1)]),
        ({"a/b": {"c~": 1}}, {"a/b": {"c~": 2}}, [("x #/a~1b/c~0", "changed", 1, 2)]),
        ([1, 2, 3], [0, 1, 2, 3], [("x #/0", "right", None, 0)]),
        ([1, 2, 3], [1, 3], [("x #/1", "left", 2, None)]),
        ([1, 2], [1, 3], [("x #/1", "changed", 2, 3)]),
        ([1, 9, 3, 4], [1, 8, 4], [("x #/1", "changed", 9, 8), ("x #/2", "left", 3, None)]),
        ([], [1], [("x #/0", "right", None, 1)]),
        ("a", "b", [("x", "changed", "a", "b")]),
        (b"a", b"a", []),
        (None, "", [("x", "changed", None, "")]),
        ({"a": ONE}, {"a": OTHER}, [("x #/a", "secret", None, None)]),
        ({"a": ONE}, {"a": ONE}, []),
        ({"a": "[redacted]"}, {"a": "[redacted]"}, [("x #/a", "unknown", None, None)]),
        ({"a": "[redacted]"}, {"a": ONE}, [("x #/a", "unknown", None, None)]),
        ({ONE: 1}, {}, [("x #/[redacted]", "left", 1, None)]),
        ({"a": f"Bearer {ONE}"}, {"a": "none"}, [("x #/a", "changed", "Bearer [redacted]", "none")]),
    ],
)
def test_what_differs(left: Value, right: Value, wanted: list[tuple[str, str, Value, Value]]) -> None:
    assert differences(left, right) == wanted


@settings(max_examples=40, deadline=None)
@given(VALUES)
def test_a_value_is_the_same_as_itself(value: Value) -> None:
    assert differences(value, value) == []
    assert same(value, value)


@settings(max_examples=40, deadline=None)
@given(VALUES, VALUES)
def test_exchanging_the_sides_exchanges_the_differences(left: Value, right: Value) -> None:
    def told(found: list[Difference]) -> list[str]:
        return sorted(map(repr, found))

    there = [
        Difference(d.part, d.place, d.kind.mirrored, d.right, d.left) for d in Tree("p", "").differences(left, right)
    ]
    assert told(there) == told(list(Tree("p", "").differences(right, left)))


@settings(max_examples=40, deadline=None)
@given(VALUES, VALUES)
def test_values_that_are_not_the_same_have_a_difference(left: Value, right: Value) -> None:
    assert bool(differences(left, right)) is not same(left, right)


def test_what_is_no_number_is_the_same_as_itself() -> None:
    assert same([math.nan], [math.nan])


def test_long_texts_are_cut_to_where_they_differ() -> None:
    ((_, _, left, right),) = differences("a" * 10_000 + "b" + "c" * 10_000, "a" * 10_000 + "d")
    assert isinstance(left, str)
    assert isinstance(right, str)
    assert left.startswith("...aaa")
    assert "aab" in left
    assert right.endswith("aad")
    assert max(len(left), len(right)) <= MAX_VALUE + 6


def test_what_is_deeper_is_compared_as_a_whole() -> None:
    def deep(value: Value) -> Value:
        for _ in range(MAX_NESTING + 3):
            value = [value]
        return value

    ((place, kind, *_),) = differences(deep(1), deep(2))
    assert (place.count("/"), kind) == (MAX_NESTING, "changed")


@given(st.text(), st.text(), st.text())
def test_the_first_character_that_differs(start: str, left: str, right: str) -> None:
    one, other = start + left, start + right
    at = first_different(one, other)
    assert one[:at] == other[:at]
    assert one[at : at + 1] != other[at : at + 1] or at == min(len(one), len(other))


def test_a_value_that_one_side_has() -> None:
    assert Tree("p", "x").only(Kind.RIGHT, ONE) == Difference("p", "x", Kind.RIGHT, right="[redacted]")


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("a" * (MAX_VALUE + 1), "a" * MAX_VALUE + "..."),
        (b"a" * (MAX_VALUE + 1), "2,001 bytes"),
        (["a"] * MAX_VALUE, "[" + ('"a", ' * MAX_VALUE)[: MAX_VALUE - 1] + "..."),
        ({"a": [1]}, {"a": [1]}),
    ],
)
def test_of_a_long_value_the_beginning_is_kept(value: Value, wanted: Value) -> None:
    assert Tree("p", "x").only(Kind.LEFT, value).left == wanted
