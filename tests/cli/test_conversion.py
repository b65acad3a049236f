import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.cli.conversion import ConversionError, convert, parse_json, wanted
from arazzo_runner.program.accepted_types import ALL_TYPES
from arazzo_runner.values import JSON

NUMBERS = frozenset(("integer", "number"))


def types(*names: str) -> frozenset[str]:
    return frozenset(names)


@pytest.mark.parametrize(
    ("text", "accepted", "value"),
    [
        ("a,b=c d", types("string"), "a,b=c d"),
        ("5", types("string"), "5"),
        ("", types("string"), ""),
        ("5", ALL_TYPES, "5"),
        ("5", types("integer"), 5),
        ("-5", types("integer"), -5),
        ("5.0", types("integer"), 5),
        ("5.0", NUMBERS, 5.0),
        ("1e3", NUMBERS, 1000.0),
        (" 5 ", NUMBERS, 5),
        ("12345678901234567890123", types("integer"), 12345678901234567890123),
        ("true", types("boolean"), True),
        ("null", types("null"), None),
        ('["a", 1]', types("array"), ["a", 1]),
        ('{"a": {"b": null}}', types("object"), {"a": {"b": None}}),
        ("null", types("string", "null"), None),
        ("nul", types("string", "null"), "nul"),
        ("5", types("string", "integer"), 5),
        ("5.5", types("string", "integer"), "5.5"),
        ('"5"', types("string", "integer"), '"5"'),
        ("true", types("string", "integer"), "true"),
    ],
)
def test_a_text_becomes_a_value(text: str, accepted: frozenset[str], value: JSON) -> None:
    converted = convert(text, accepted)
    assert converted == value
    assert type(converted) is type(value)


@pytest.mark.parametrize(
    ("text", "accepted", "complaint"),
    [
        ("abc", types("integer"), "it should be an integer"),
        ("", types("integer"), "it should be an integer"),
        ("5.5", types("integer"), "it should be an integer, and it is a number"),
        ("true", NUMBERS, "it should be a number, and it is a boolean"),
        ("1", types("boolean"), "it should be true or false, and it is an integer"),
        ("True", types("boolean"), "it should be true or false"),
        ('"a"', types("boolean", "null"), "it should be true or false or null, and it is a string"),
        ("a,b", types("array"), 'it should be an array in JSON, such as ["a", "b"]'),
        ("null", types("object"), "and it is null"),
        ("NaN", NUMBERS, "it should be a number"),
        ("Infinity", NUMBERS, "it should be a number"),
        ("1e999", NUMBERS, "it should be a number"),
        ("1_000", types("integer"), "it should be an integer"),
        ("[" * 100_000, types("array"), "it should be an array"),
        ("9" * 5000, types("integer"), "it should be an integer"),
        ("x", types(), "left out"),
    ],
)
def test_a_text_that_does_not_fit_is_refused_without_being_repeated(
    text: str, accepted: frozenset[str], complaint: str
) -> None:
    with pytest.raises(ConversionError) as caught:
        convert(text, accepted)
    assert complaint in str(caught.value)
    assert len(str(caught.value)) < 150


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{", "column 2"),
        ('{"a": 1,\n x}', "line 2, column 2"),
        ("NaN", "NaN is no number of JSON"),
        ("1e999", "out of range"),
        ("9" * 5000, "out of range"),
        ("[" * 100_000, "nested too deeply"),
        ("s3cret", "it is no JSON: Expecting value"),
    ],
)
def test_what_is_no_json_is_refused_without_being_repeated(text: str, complaint: str) -> None:
    with pytest.raises(ConversionError, match=complaint) as caught:
        parse_json(text)
    assert "s3cret" not in str(caught.value)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner | st.text()) | st.dictionaries(st.text(), inner | st.text()),
    max_leaves=10,
)


@given(json_values)
def test_json_comes_back_whatever_it_is(value: JSON) -> None:
    everything_but_strings = ALL_TYPES - {"string"}
    assert convert(json.dumps(value), everything_but_strings) == value
    assert parse_json(json.dumps(value)) == value


@given(st.text())
def test_a_string_is_taken_whole(text: str) -> None:
    assert convert(text, types("string")) == text
    assert convert(text, ALL_TYPES) == text


@given(st.text(), st.sets(st.sampled_from(sorted(ALL_TYPES)), min_size=1))
def test_a_text_is_converted_or_refused(text: str, accepted: set[str]) -> None:
    try:
        value = convert(text, frozenset(accepted))
    except ConversionError:
        assert "string" not in accepted
    else:
        assert value == text or not isinstance(value, str)


def test_what_is_wanted_is_said_in_a_fixed_order() -> None:
    assert wanted(["null", "integer", "number", "string"]) == "a text or a number or null"
