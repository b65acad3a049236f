from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.engine.json_answers import MAX_DIGITS, Parsed, Unparsed, read_json, read_lines, read_records
from arazzo_runner.values import Value


def read(text: str) -> Value:
    found = read_json(text)
    assert isinstance(found, Parsed)
    assert found.doubt == ""
    return found.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9007199254740993", 9007199254740993),
        ("9" * MAX_DIGITS, 10**MAX_DIGITS - 1),
        ("-12345678901234567890", -12345678901234567890),
        ("1e400", 10**400),
        ("-1e400", -(10**400)),
        ("1" + "0" * 320 + ".5", 10**320),
        ("0.1234567890123456789012345678901234567890", 0.12345678901234568),
        ("1e-400", 0.0),
        ("1.0", 1.0),
        ("1E2", 100.0),
        ("-0", 0),
    ],
)
def test_numbers(text: str, value: float) -> None:
    found = read(text)
    assert found == value
    assert type(found) is type(value)


def test_a_negative_zero_with_a_point_keeps_its_sign() -> None:
    found = read("-0.0")
    assert isinstance(found, float)
    assert math.copysign(1, found) == -1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("NaN", "NaN is no JSON value"),
        ("[-Infinity]", "-Infinity is no JSON value"),
        ("9" * (MAX_DIGITS + 1), "more than 4300 digits"),
        ("1e5000", "too large to be kept"),
        ("1e99999999999999999999", "too large to be kept"),
        ("{broken", "says it is JSON, but it is not"),
        ("[1] 2", "says it is JSON, but it is not"),
        ("[" * 100_000, "deep in each other"),
    ],
)
def test_what_can_t_be_kept_says_why(text: str, reason: str) -> None:
    found = read_json(text)
    assert isinstance(found, Unparsed)
    assert reason in found.reason


def test_of_members_with_one_name_the_last_counts_and_that_is_told() -> None:
    assert read_json('{"a": 1, "b": {"c": 1, "c": 2}, "a": 3}') == Parsed(
        {"a": 3, "b": {"c": 2}}, "the response has an object with two members 'c'; the last one counts"
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'"\ud800"', "\ufffd"),
        (r'["a\uDC00b", {"\udbff": 1}]', ["a\ufffdb", {"\ufffd": 1}]),
        (r'"\ude00\ud83d"', "\ufffd\ufffd"),
    ],
)
def test_halves_of_surrogate_pairs_are_replaced_and_told(text: str, value: Value) -> None:
    assert read_json(text) == Parsed(value, "the response has halves of surrogate pairs; each is read as U+FFFD")


def test_whole_pairs_and_escaped_backslashes_stay() -> None:
    assert read(r'"\ud83d\ude00"') == "\U0001f600"
    assert read(r'"\\ud800"') == r"\ud800"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(st.lists(JSON))
def test_what_was_written_is_read(items: list[Value]) -> None:
    assert read_json(json.dumps(items)) == Parsed(items)
    assert read_lines("".join(json.dumps(item) + "\n" for item in items)) == Parsed(items)
    assert read_records("".join(f"\x1e{json.dumps(item, indent=1)}\n" for item in items)) == Parsed(items)


@given(st.text())
def test_no_text_makes_it_raise(text: str) -> None:
    for reader in (read_json, read_lines, read_records):
        found = reader(text)
        if isinstance(found, Parsed):
            json.dumps(found.value, allow_nan=False, ensure_ascii=False).encode()
