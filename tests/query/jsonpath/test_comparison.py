"""How JSONPath compares (checklist JPC-06, JPC-09)."""

import pytest

from arazzo_runner.query.jsonpath.comparison import NOTHING, equal, holds, less
from arazzo_runner.query.jsonpath.walk import Exhausted, Walk
from arazzo_runner.values import Nothing, Value


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (1, 1.0, True),
        (1, True, False),
        (0, False, False),
        ([1], [True], False),
        ({"a": [1]}, {"a": [1.0]}, True),
        ({"a": 1}, {"a": 1, "b": 2}, False),
        ([1, 2], [2, 1], False),
        ([1], [1, 2], False),
        ("1", 1, False),
        ("a", "A", False),
        (None, None, True),
        (None, NOTHING, False),
        (NOTHING, NOTHING, True),
        (NOTHING, False, False),
        (2**53 + 1, 2**53, False),
        (b"a", "a", False),
        ({}, [], False),
    ],
)
def test_jpc_09_values_are_equal_by_type(left: Value | Nothing, right: Value | Nothing, same: bool) -> None:
    assert equal(left, right, Walk(None)) is same
    assert equal(right, left, Walk(None)) is same
    assert holds("!=", left, right, Walk(None)) is not same


@pytest.mark.parametrize(
    ("left", "right", "is_less"),
    [(1, 2, True), (2, 1, False), ("a", "b", True), ("B", "a", True), ("1", 2, False), (None, 1, False), (False, True, False), ([], [1], False), (NOTHING, 1, False)],
)  # fmt: skip
def test_only_numbers_and_strings_have_an_order(left: Value | Nothing, right: Value | Nothing, is_less: bool) -> None:
    assert less(left, right) is is_less
    assert holds("<", left, right, Walk(None)) is is_less
    assert holds(">", right, left, Walk(None)) is is_less


def test_or_equal_holds_for_equal_values_without_order() -> None:
    assert holds("<=", None, None, Walk(None))
    assert holds(">=", [1], [1], Walk(None))
    assert holds("<=", NOTHING, NOTHING, Walk(None))
    assert not holds("<=", NOTHING, None, Walk(None))


def test_sec_09_comparing_counts() -> None:
    many: list[Value] = list(range(1_000))
    with pytest.raises(Exhausted):
        equal(many, list(many), Walk(None, steps=500))
    with pytest.raises(Exhausted):
        equal("a" * 1_000_000, "a" * 1_000_000, Walk(None, steps=100))


def test_deep_values_need_no_stack() -> None:
    one: Value = 1
    other: Value = 1
    for _ in range(10_000):
        one, other = [one], [other]
    assert equal(one, other, Walk(None))
