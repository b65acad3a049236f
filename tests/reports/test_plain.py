import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.reports.plain import HUGE_BITS, MAX_DEPTH, plain, shown, write_json
from arazzo_runner.values import JSON, Value

_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()) | st.binary()
VALUES = st.recursive(
    _SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters()), inner), max_leaves=20
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (2**70, 2**70),
        (1.5, 1.5),
        (float("nan"), "NaN"),
        (float("inf"), "Infinity"),
        (float("-inf"), "-Infinity"),
        (b"\0\xff", {"$base64": "AP8="}),
        ("a\ud800b", "a\ufffdb"),
        ("\ud83d\ude00", "😀"),
        ({"\udfff": [b""]}, {"\ufffd": [{"$base64": ""}]}),
        (1 << HUGE_BITS, hex(1 << HUGE_BITS)),
    ],
)
def test_values_as_json_has_them(value: Value, expected: JSON) -> None:
    assert plain(value) == expected
    assert type(plain(value)) is type(expected)


@given(VALUES)
def test_every_value_becomes_json_that_reads_back(value: Value) -> None:
    stream = io.StringIO()
    write_json(stream, plain(value))
    written = stream.getvalue()
    assert written.isascii()
    assert written.endswith("\n")
    assert json.loads(written, parse_constant=pytest.fail) == plain(value)


def test_what_is_nested_too_deep_is_left_out_and_says_so() -> None:
    deep: Value = []
    for _ in range(5_000):
        deep = [deep]
    text = shown(deep)
    assert text.count("[") == MAX_DEPTH + 1
    assert f"nested deeper than {MAX_DEPTH} levels" in text


def test_shown_is_for_a_person() -> None:
    assert shown({"ü": [1, None]}) == '{"ü": [1, null]}'
    assert shown({"a": 1}, indent=2) == '{\n  "a": 1\n}'
