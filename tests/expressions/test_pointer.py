"""JSON Pointer and the operators of navigation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.expressions import pointer
from arazzo_runner.values import Nothing, Path, Value

DOCUMENT: Value = {
    "foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, 'k"l': 6, " ": 7, "m~n": 8,
    "0": "zero", "null": None, "list": [[1, 2], {"x": [3]}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", DOCUMENT),
        ("/foo", ["bar", "baz"]),
        ("/foo/0", "bar"),
        ("/", 0),
        ("/a~1b", 1),
        ("/c%d", 2),
        ("/e^f", 3),
        ("/g|h", 4),
        ("/i\\j", 5),
        ('/k"l', 6),
        ("/ ", 7),
        ("/m~0n", 8),
        ("/0", "zero"),
        ("/null", None),
        ("/list/1/x/0", 3),
    ],
)
def test_a_pointer_finds_what_rfc_6901_says(text: str, found: Value) -> None:
    assert pointer.resolve(DOCUMENT, pointer.decode(text)) == found


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("/none", "the value has no member 'none'"),
        ("/foo/2", "'#/foo' has 2 elements, no [2]"),
        ("/foo/-", "'-' is no index"),
        ("/foo/00", "'00' is no index"),
        ("/foo/-1", "'-1' is no index"),
        ("/foo/length", "'length' is no index"),
        ("/foo/٣", "'٣' is no index"),
        ("/foo/" + "9" * 5000, "has 2 elements"),
        ("/null/x", "'#/null' is null, which has no members"),
        ("/foo/0/x", "'#/foo/0' is a string, which has no members"),
        ("/keys", "the value has no member 'keys'"),
    ],
)
def test_a_pointer_that_finds_nothing_says_where_it_ended(text: str, reason: str) -> None:
    found = pointer.resolve(DOCUMENT, pointer.decode(text))
    assert isinstance(found, Nothing)
    assert reason in found.reason


@pytest.mark.parametrize("value", [b"bytes", "text", 5, 1.5, True, None, []])
def test_values_without_members_have_none(value: Value) -> None:
    assert isinstance(pointer.resolve(value, ("a",)), Nothing)


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ((), DOCUMENT),
        (("foo", 1), "baz"),
        (("list", 1, "x", 0), 3),
        (("foo", "1"), "baz"),
        (("null",), None),
    ],
)
def test_navigation_finds_members_and_elements(steps: Path, found: Value) -> None:
    assert pointer.navigate(DOCUMENT, steps) == found


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        (("foo", 2), "'.foo' has 2 elements, no [2]"),
        (("foo", "length"), "'.foo' is an array, and 'length' is no index"),
        (("constructor",), "the value has no member 'constructor'"),
        ((0,), "the value is an object, which has no elements"),
        (("null", "x"), "'.null' is null, which has no members"),
    ],
)
def test_sim_36_navigation_sees_own_members_only(steps: Path, reason: str) -> None:
    found = pointer.navigate(DOCUMENT, steps)
    assert isinstance(found, Nothing)
    assert reason in found.reason


@pytest.mark.parametrize(
    ("value", "steps", "found"),
    [
        ({"items": [{"id": 1}, {"id": 2}]}, ("items", "id"), 1),
        ([{"a": [[], {"b": 3}]}], ("a", 1, "b"), 3),
        ([["x", "y"]], ("1",), None),
        ({"items": {"id": 4}}, ("items", "id"), 4),
        ([], ("id",), None),
        ([[{"id": 1}]], ("id",), None),
    ],
)
def test_p2_a_name_that_is_meant_for_one_item_is_looked_up_in_the_first(
    value: Value, steps: Path, found: Value
) -> None:
    here = pointer.navigate(value, pointer.meant(steps))
    assert here == found or (found is None and isinstance(here, Nothing))
    assert pointer.written(pointer.meant(steps)) == pointer.written(steps)


def test_navigation_is_written_as_the_operators_are() -> None:
    assert pointer.written(("items", 0, "id")) == ".items[0].id"


@pytest.mark.parametrize(
    ("text", "end"),
    [("/a/b", 4), ("", 0), ("a", 0), ("/a~b", 2), ("/a~2", 2), ("/a~0~1", 6), ("/a}b", 2), ("/a{b", 2), ("//", 2)],
)
def test_a_scan_ends_where_the_pointer_ends(text: str, end: int) -> None:
    assert pointer.scan(text, 0) == end


@given(st.lists(st.text()).map(tuple))
def test_what_is_encoded_is_decoded(tokens: tuple[str, ...]) -> None:
    assert pointer.decode(pointer.encode(tokens)) == tokens


def test_a_long_pointer_needs_no_stack() -> None:
    deep: Value = 1
    for _ in range(100_000):
        deep = [deep]
    assert pointer.resolve(deep, ("0",) * 100_000) == 1
