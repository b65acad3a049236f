from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.expressions.pointer import decode, resolve
from arazzo_runner.query.assignment import Draft
from arazzo_runner.values import Nothing, Path, Value


def assign(value: Value, tokens: tuple[str, ...], new: Value, *, grow: bool = False) -> Value | Nothing:
    draft = Draft(value, grow)
    fault = draft.assign(tokens, new)
    return draft.value if fault is None else fault


@pytest.mark.parametrize(
    ("value", "pointer", "result"),
    [
        pytest.param({"petId": 1}, "/petId", {"petId": 9}, id="RPL-03"),
        pytest.param({"a": {"b": [1, {"c": 2}]}}, "/a/b/1/c", {"a": {"b": [1, {"c": 9}]}}, id="RPL-03 deep"),
        pytest.param({}, "/new", {"new": 9}, id="RPL-12 the final member is made"),
        pytest.param([1, 2], "/-", [1, 2, 9], id="RPL-12 append"),
        pytest.param([1, 2], "/2", [1, 2, 9], id="RPL-12 index after the last"),
        pytest.param({}, "/0", {"0": 9}, id="RPL-13 a member"),
        pytest.param([1], "/0", [9], id="RPL-13 an element"),
        pytest.param({"a": 1}, "", 9, id="RPL-14 the whole"),
        pytest.param({"a/b": 1, "m~n": 2}, "/a~1b", {"a/b": 9, "m~n": 2}, id="RPL-14 decoded slash"),
        pytest.param({"a/b": 1, "m~n": 2}, "/m~0n", {"a/b": 1, "m~n": 9}, id="RPL-14 decoded tilde"),
        pytest.param({"": 1}, "/", {"": 9}, id="an empty name"),
    ],
)
def test_assign(value: Value, pointer: str, result: Value) -> None:
    before = copy.deepcopy(value)
    assert assign(value, decode(pointer), 9) == result
    assert value == before, "what is given is not changed"


@pytest.mark.parametrize(
    ("value", "pointer", "reason"),
    [
        ({}, "/a/b", "there is no '/a'"),
        ([1], "/3", "the array has 1 element, and none at 3"),
        ([1], "/-/a", "'-' is no index"),
        ([1], "/01", "'01' is no index"),
        ({"a": "text"}, "/a/b", "'/a' is a string"),
        (5, "/a", "the body is an integer"),
        (None, "/a", "the body is null"),
        (b"x", "/a", "the body is bytes"),
        ({"a": [1]}, "/a/5/b", "the array has 1 element"),
        ({}, "/\N{SUPERSCRIPT TWO}/a", "there is no"),
    ],
)
def test_no_such_place(value: Value, pointer: str, reason: str) -> None:
    found = assign(value, decode(pointer), 9)
    assert isinstance(found, Nothing)
    assert reason in found.reason


def test_a_value_without_a_shape_grows_objects_but_no_arrays() -> None:
    assert assign({}, decode("/a/b/c"), 9, grow=True) == {"a": {"b": {"c": 9}}}
    assert isinstance(assign({}, decode("/items/0/id"), 9, grow=True), Nothing)
    assert isinstance(assign({}, decode("/items/-"), 9, grow=True), Nothing)


def test_what_is_put_in_is_not_changed_by_what_follows() -> None:
    shared: Value = {"k": {"v": 1}}
    draft = Draft({})
    for tokens, new in [(("a",), shared), (("b",), shared), (("a", "k", "v"), 2), (("b", "k", "w"), 3)]:
        assert draft.assign(tokens, new) is None
    assert draft.value == {"a": {"k": {"v": 2}}, "b": {"k": {"v": 1, "w": 3}}}
    assert shared == {"k": {"v": 1}}, "RES-23"


def test_each_container_is_copied_once() -> None:
    given: Value = {"l": [0] * 1000}
    draft = Draft(given)
    assert draft.assign(("l", "0"), 1) is None
    assert isinstance(draft.value, dict)
    first = draft.value["l"]
    assert draft.assign(("l", "1"), 2) is None
    assert draft.value["l"] is first
    assert given == {"l": [0] * 1000}


@pytest.mark.parametrize(
    ("value", "paths", "result"),
    [
        ({"a": [1, {"b": 2}]}, [("a", 0), ("a", 1, "b")], {"a": [9, {"b": 9}]}),
        ({"a": {"b": 1}}, [("a", "b"), ("a",)], {"a": 9}),
        ({"a": 1}, [(), ("a",)], 9),
        ({"a": 1}, [], {"a": 1}),
    ],
)
def test_values_go_to_all_places_and_the_outer_one_wins(value: Value, paths: list[Path], result: Value) -> None:
    before, draft = copy.deepcopy(value), Draft(value)
    assert draft.assign_all(paths, 9) is None
    assert (draft.value, value) == (result, before)


@pytest.mark.parametrize("path", [("a", "length"), ("a", 0, "length"), ("b", 0)])
def test_what_is_no_place_is_told(path: Path) -> None:
    assert isinstance(Draft({"a": [1], "b": {}}).assign_all([path], 9), Nothing)


def test_depth_is_no_matter() -> None:
    deep: Value = 1
    for _ in range(5_000):
        deep = [deep]
    draft = Draft(deep)
    assert draft.assign_all([(0,) * 5_000], 2) is None


VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=8,
)


@given(
    VALUES,
    st.lists(st.sampled_from(["a", "", "0", "1", "-", "~", "/"]) | st.text(max_size=2), max_size=4),
    st.booleans(),
)
def test_what_was_assigned_is_found(value: Value, tokens: list[str], grow: bool) -> None:
    done = assign(value, tuple(tokens), "new", grow=grow)
    if not isinstance(done, Nothing) and "-" not in tokens:
        assert resolve(done, tuple(tokens)) == "new"
