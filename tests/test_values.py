import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.values import Nothing, Value, is_value, kind, same

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary()
VALUES: st.SearchStrategy[Value] = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (None, "null"),
        (True, "boolean"),
        (0, "integer"),
        (0.0, "number"),
        ("", "string"),
        (b"", "bytes"),
        ([], "array"),
        ({}, "object"),
        (Nothing("why"), "no value"),
    ],
)
def test_kind_names_the_json_type(value: Value | Nothing, name: str) -> None:
    assert kind(value) == name


def test_nothing_is_no_value_and_null_is_one() -> None:
    assert not is_value(Nothing("the step gave no output"))
    assert is_value(None)


def test_nothing_is_false_and_keeps_its_reason() -> None:
    missing = Nothing("nobody gave it", optional=True)
    assert not missing
    assert (missing.reason, missing.optional) == ("nobody gave it", True)


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        (1, 1.0, True),
        (1, True, False),
        (0, False, False),
        (True, True, True),
        (False, False, True),
        ("1", 1, False),
        (None, False, False),
        (None, None, True),
        (2**53, 2**53 + 1, False),
        ([1, 2], [1.0, 2.0], True),
        ([1, 2], [1], False),
        ([1], [True], False),
        ({"a": [1]}, {"a": [1.0]}, True),
        ({"a": 1}, {"b": 1}, False),
        ({"a": 1}, {"a": 1, "b": 1}, False),
        ({"a": True}, {"a": 1}, False),
        ([], {}, False),
        (b"a", "a", False),
    ],
)
def test_same_compares_as_json_does(left: Value, right: Value, equal: bool) -> None:
    assert same(left, right) is equal
    assert same(right, left) is equal


@given(VALUES)
def test_every_value_is_the_same_as_itself(value: Value) -> None:
    assert same(value, value)


@given(VALUES)
def test_nothing_equals_a_value_in_a_list_around_it(value: Value) -> None:
    assert not same([value], value)
