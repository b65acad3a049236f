from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.expressions.pointer import decode, resolve
from arazzo_runner.query.assignment import assign
from arazzo_runner.values import Nothing, Value


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
        ([1], "/3", "the array has 1 elements, and none at 3"),
        ([1], "/-/a", "'-' is no index"),
        ([1], "/01", "'01' is no index"),
        ({"a": "text"}, "/a/b", "'/a' is a string"),
        (5, "/a", "the body is an integer"),
        (None, "/a", "the body is null"),
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
