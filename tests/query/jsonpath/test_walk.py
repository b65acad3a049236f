"""JSONPath's steps over values."""

import pytest

from arazzo_runner.query.jsonpath import walk
from arazzo_runner.query.jsonpath.walk import Exhausted, Segment, Selector, Walk, find, path_of
from arazzo_runner.values import Path, Value

DATA: Value = {"a": [10, 20, 30, {"b": None}], "c": {"a": 1}}


def found(*segments: Segment, data: Value = DATA) -> list[tuple[Value, Path]]:
    return [(value, path_of(trail)) for value, trail in find(segments, data, Walk(data))]


@pytest.mark.parametrize(
    ("selector", "values"),
    [
        (walk.name("a"), [1]),
        (walk.name("x"), []),
        (walk.index(0), []),
        (walk.wildcard, [1]),
        (walk.filtered(lambda value, run: value == 1), [1]),
        (walk.filtered(lambda value, run: value == 2), []),
        (walk.elements(None, None, None), []),
    ],
)
def test_what_selectors_find_in_an_object(selector: Selector, values: list[Value]) -> None:
    assert [value for value, _ in found(Segment((selector,)), data={"a": 1})] == values


@pytest.mark.parametrize(
    ("selector", "values"),
    [
        (walk.index(0), [1]),
        (walk.index(-1), [3]),
        (walk.index(3), []),
        (walk.index(-4), []),
        (walk.name("0"), []),
        (walk.elements(1, None, None), [2, 3]),
        (walk.elements(None, None, -1), [3, 2, 1]),
        (walk.elements(None, None, 0), []),
        (walk.elements(-2, 5, 1), [2, 3]),
        (walk.wildcard, [1, 2, 3]),
        (walk.filtered(lambda value, run: value != 2), [1, 3]),
    ],
)
def test_what_selectors_find_in_an_array(selector: Selector, values: list[Value]) -> None:
    assert [value for value, _ in found(Segment((selector,)), data=[1, 2, 3])] == values


@pytest.mark.parametrize("value", ["text", 5, True, None, b"x"])
def test_other_values_have_no_children(value: Value) -> None:
    assert found(Segment((walk.wildcard, walk.name("a"), walk.index(0))), data=value) == []


def test_nodes_come_in_the_order_of_the_document_with_their_paths() -> None:
    assert found(Segment((walk.name("a"),), descend=True)) == [([10, 20, 30, {"b": None}], ("a",)), (1, ("c", "a"))]
    assert found(Segment((walk.name("a"),)), Segment((walk.index(-1),)), Segment((walk.name("b"),))) == [
        (None, ("a", 3, "b"))
    ]
    assert found() == [(DATA, ())]


def test_sec_09_each_step_counts() -> None:
    numbers: list[Value] = list(range(100))
    with pytest.raises(Exhausted):
        find((Segment((walk.wildcard,)),), numbers, Walk(numbers, steps=50))
    assert len(find((Segment((walk.wildcard,)),), numbers, Walk(numbers, steps=100))) == 100


def test_deep_data_needs_no_stack() -> None:
    deep: Value = 1
    for _ in range(20_000):
        deep = [deep]
    assert len(find((Segment((walk.index(0),), descend=True),), deep, Walk(deep))) == 20_000
