import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.mock.state.patches import is_patch, merged, patched
from arazzo_runner.values import JSON


@pytest.mark.parametrize(
    ("target", "patch", "expected"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": None}}, {"a": {"c": 2}}),
        ({"a": [1]}, {"a": {"b": 1}}, {"a": {"b": 1}}),
        ({"a": {"b": 1}}, {"a": [1]}, {"a": [1]}),
        ({}, {"a": {"b": {"c": None}}}, {"a": {"b": {}}}),
        ({"a": 1}, "text", "text"),
    ],
)
def test_a_merge_patch_puts_in_and_takes_out(target: JSON, patch: JSON, expected: JSON) -> None:
    assert merged(target, patch) == expected


@pytest.mark.parametrize(
    ("operations", "expected"),
    [
        ([{"op": "add", "path": "/b", "value": 2}], {"a": {"x": 1}, "l": [1, 2], "b": 2}),
        ([{"op": "replace", "path": "/a/x", "value": 2}], {"a": {"x": 2}, "l": [1, 2]}),
        ([{"op": "remove", "path": "/a"}], {"l": [1, 2]}),
        ([{"op": "add", "path": "/l/-", "value": 3}], {"a": {"x": 1}, "l": [1, 2, 3]}),
        ([{"op": "add", "path": "/l/0", "value": 0}], {"a": {"x": 1}, "l": [0, 1, 2]}),
        ([{"op": "replace", "path": "/l/1", "value": 9}], {"a": {"x": 1}, "l": [1, 9]}),
        ([{"op": "remove", "path": "/l/0"}], {"a": {"x": 1}, "l": [2]}),
        ([{"op": "add", "path": "/m~1n~0", "value": 1}], {"a": {"x": 1}, "l": [1, 2], "m/n~": 1}),
        ([{"op": "remove", "path": "/nowhere/x"}], {"a": {"x": 1}, "l": [1, 2]}),
        ([{"op": "remove", "path": "/l/7"}], {"a": {"x": 1}, "l": [1, 2]}),
        ([{"op": "move", "from": "/a", "path": "/b"}], {"a": {"x": 1}, "l": [1, 2]}),
        ([{"op": "add", "path": 7, "value": 1}, "odd"], {"a": {"x": 1}, "l": [1, 2]}),
    ],
)
def test_plain_operations_are_done(operations: list[JSON], expected: JSON) -> None:
    target: dict[str, JSON] = {"a": {"x": 1}, "l": [1, 2]}
    assert patched(target, operations) == expected
    assert target == {"a": {"x": 1}, "l": [1, 2]}


@pytest.mark.parametrize(("sent", "expected"), [([{"op": "add"}], True), ([], False), ([1], False), ({"op": 1}, False)])
def test_a_list_of_operations_is_told_from_other_lists(sent: JSON, expected: bool) -> None:
    assert is_patch(sent) is expected


def test_what_is_nested_too_deeply_is_taken_as_it_is() -> None:
    deep: JSON = 1
    for _ in range(500):
        deep = {"a": deep}
    assert merged({}, deep) == deep


JSONS: st.SearchStrategy[JSON] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)


@given(JSONS, JSONS)
def test_a_merge_patch_that_was_applied_changes_nothing_more(target: JSON, patch: JSON) -> None:
    once = merged(target, patch)
    assert merged(once, patch) == once
