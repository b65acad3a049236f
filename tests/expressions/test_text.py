"""Values as text (EMB-03 to EMB-05)."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.expressions.text import json_string_part, json_text, scalar_text, text_of
from arazzo_runner.values import Nothing, Value

TEXTS: list[tuple[str, Value, str]] = [
    ("EMB-03", 5, "5"),
    ("EMB-03", -5, "-5"),
    ("EMB-03", 0, "0"),
    ("EMB-03", True, "true"),
    ("EMB-03", False, "false"),
    ("EMB-03", None, "null"),
    ("EMB-03", 1.0, "1.0"),
    ("EMB-03", 3.14, "3.14"),
    ("EMB-03", -0.0, "-0.0"),
    ("EMB-03", 0.00001, "0.00001"),
    ("EMB-03", 1e16, "10000000000000000.0"),
    ("EMB-03", 123456789012345680.0, "123456789012345680.0"),
    ("EMB-03", 1e300, "1e+300"),
    ("EMB-03", 1e-300, "1e-300"),
    ("EMB-03", 2**63 + 1, "9223372036854775809"),
    ("EMB-04", "<a/>", "<a/>"),
    ("EMB-04", '{"a": 1}', '{"a": 1}'),
    ("EMB-04", "", ""),
    ("EMB-04", "ä\n".encode(), "ä\n"),
    ("EMB-05", {"a": 1}, '{"a":1}'),
    ("EMB-05", [1, "ä", None, 1.0, {"b": True}], '[1,"ä",null,1.0,{"b":true}]'),
    ("EMB-05", [], "[]"),
]


@pytest.mark.parametrize(("value", "text"), [case[1:] for case in TEXTS], ids=[f"{c[0]} {c[1]!r}" for c in TEXTS])
def test_the_string_form_of_a_value(value: Value, text: str) -> None:
    assert text_of(value) == text


def test_an_integer_of_any_length_has_a_text() -> None:
    assert text_of(10**6000) == "1" + "0" * 6000


def nested(depth: int) -> Value:
    value: Value = 1
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (b"\xff", "binary"),
        ([b"a"], "holds bytes"),
        (nested(100_000), "nested too deeply"),
        ([10**6000], "a number in it is too long"),
    ],
    ids=["binary", "bytes inside", "deep", "long number"],
)
def test_what_has_no_text_says_why(value: Value, reason: str) -> None:
    found = text_of(value)
    assert isinstance(found, Nothing)
    assert reason in found.reason


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_keeps_its_value(number: float) -> None:
    assert float(scalar_text(number)) == number
    assert math.copysign(1, json.loads(scalar_text(number))) == math.copysign(1, number)


@given(st.integers())
def test_an_integer_keeps_its_value(number: int) -> None:
    assert json.loads(scalar_text(number)) == number


@given(st.text())
def test_escaped_text_is_the_inside_of_a_json_string(text: str) -> None:
    assert json.loads(f'"{json_string_part(text)}"') == text


def test_json_text_is_compact() -> None:
    assert json_text({"a": [1, 2]}) == '{"a":[1,2]}'
