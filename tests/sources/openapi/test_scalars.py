import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.sources.openapi.scalars import Unserialisable, a_kind, encodable, json_text, number_text, scalar_text
from arazzo_runner.values import JSON, Value
from tests.sources.openapi.described import schema


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("", ""),
        ("null", "null"),
        (True, "true"),
        (False, "false"),
        (None, "null"),
        (5, "5"),
        (-0, "0"),
        (10**30, "1" + "0" * 30),
        (1.0, "1.0"),
        (0.1, "0.1"),
        (1000.0, "1000.0"),
        (1e15, "1000000000000000.0"),
        (1e16, "10000000000000000.0"),
        (-1.5e20, "-150000000000000000000.0"),
        (1e21, "1e21"),
        (1.5e300, "1.5e300"),
        (1e-6, "0.000001"),
        (1e-7, "1e-7"),
        (-2.5e-10, "-2.5e-10"),
        (5e-324, "5e-324"),
        ([1, {"a": "ü b"}], '[1,{"a":"ü b"}]'),
        ({}, "{}"),
        (b"abc", "abc"),
        ("ü".encode(), "ü"),
    ],
)
def test_the_text_of_a_value(value: Value, text: str) -> None:
    assert scalar_text(value) == text


@pytest.mark.parametrize(("value", "text"), [(1.0, "1"), (1e16, "10000000000000000"), (1e22, "1" + "0" * 22)])
def test_a_float_of_an_integer_schema_travels_as_an_integer(value: float, text: str) -> None:
    assert scalar_text(value, schema({"type": "integer"})) == text
    assert scalar_text(value, schema({"type": ["integer", "null"]})) == text


def test_a_fraction_stays_a_fraction_whatever_the_schema_says() -> None:
    assert scalar_text(1.5, schema({"type": "integer"})) == "1.5"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_json_and_comes_back(number: float) -> None:
    text = number_text(number)
    assert isinstance(text, str)
    assert float(json.loads(text)) == number
    assert "+" not in text


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (math.nan, "no number of JSON"),
        (math.inf, "no number of JSON"),
        pytest.param(10**5000, "digits", id="long integer"),
        ({"a": math.nan}, "NaN"),
        ({"a": 10**5000}, "digits"),
        ({"a": b"x"}, "base64"),
        ("a\ud800", "surrogate"),
        ({"\udfff": 1}, "surrogate"),
        (b"\xff", "UTF-8"),
    ],
)
def test_what_no_text_can_carry_has_a_reason(value: Value, reason: str) -> None:
    refused = scalar_text(value)
    assert isinstance(refused, Unserialisable)
    assert reason in refused.reason


def test_depth_is_no_crash() -> None:
    nested: Value = []
    for _ in range(5_000):
        nested = [nested]
    refused = json_text(nested)
    assert isinstance(refused, Unserialisable)
    assert "deep" in refused.reason


@pytest.mark.parametrize(
    ("node", "text"),
    [
        ({"type": "string", "contentEncoding": "base64"}, "+/8="),
        ({"type": "string", "contentEncoding": "base64url"}, "-_8="),
        ({"type": "string", "format": "byte"}, "+/8="),
    ],
)
def test_bytes_are_written_as_the_schema_says(node: JSON, text: str) -> None:
    assert scalar_text(b"\xfb\xff", schema(node)) == text


def test_encodable() -> None:
    assert encodable("ok €") == "ok €"
    assert isinstance(encodable("\udc00"), Unserialisable)


@pytest.mark.parametrize(
    ("value", "named"),
    [([], "an array"), ({}, "an object"), (1, "an integer"), ("", "a string"), (None, "null"), (b"", "bytes")],
)
def test_a_kind_has_its_article(value: Value, named: str) -> None:
    assert a_kind(value) == named
