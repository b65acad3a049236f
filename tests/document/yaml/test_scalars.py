import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.document.yaml.scalars import MAX_DIGITS, number, resolve
from arazzo_runner.values import JSON

# The core schema of YAML 1.2.2 (section 10.3.2), and what YAML 1.1 made of the rest.
MEANINGS: list[tuple[str, JSON]] = [
    ("", None),
    ("~", None),
    ("null", None),
    ("Null", None),
    ("NULL", None),
    ("nULL", "nULL"),
    ("true", True),
    ("True", True),
    ("TRUE", True),
    ("tRue", "tRue"),
    ("false", False),
    ("False", False),
    ("FALSE", False),
    ("yes", "yes"),
    ("no", "no"),
    ("on", "on"),
    ("off", "off"),
    ("y", "y"),
    ("N", "N"),
    ("0", 0),
    ("-0", 0),
    ("+12", 12),
    ("-19", -19),
    ("017", 17),
    ("0o17", 15),
    ("0x1F", 31),
    ("-0x1F", "-0x1F"),
    ("0o8", "0o8"),
    ("0b11", "0b11"),
    ("1_000", "1_000"),
    ("1:30", "1:30"),
    ("12345678901234567890123", 12345678901234567890123),
    ("1.", 1.0),
    (".5", 0.5),
    ("-.5e-3", -0.0005),
    ("1e3", 1000.0),
    ("1E+3", 1000.0),
    ("6.02e23", 6.02e23),
    ("1.0.0", "1.0.0"),
    ("2024-01-01", "2024-01-01"),
    ("2001-12-14t21:59:43.10-05:00", "2001-12-14t21:59:43.10-05:00"),
    (".", "."),
    ("-", "-"),
    ("+", "+"),
    ("e3", "e3"),
    ("=", "="),
    ("<<", "<<"),
    ("$statusCode == 200", "$statusCode == 200"),
    ("\u0661", "\u0661"),
]


@pytest.mark.parametrize(("text", "meaning"), MEANINGS)
def test_a_plain_scalar_means_what_the_core_schema_says(text: str, meaning: JSON) -> None:
    found = resolve(text)
    assert (type(found), found) == (type(meaning), meaning)


@pytest.mark.parametrize("text", [".inf", "+.INF", ".Inf", "1e999", "9" * (MAX_DIGITS + 1), "0x" + "F" * MAX_DIGITS])
def test_what_json_cannot_write_comes_as_infinity(text: str) -> None:
    assert resolve(text) == math.inf


def test_less_than_everything_and_not_a_number() -> None:
    assert resolve("-.inf") == -math.inf
    assert all(math.isnan(found) for text in (".nan", ".NaN", ".NAN") if isinstance(found := resolve(text), float))


def test_long_integers_are_kept_up_to_the_limit() -> None:
    assert resolve("9" * MAX_DIGITS) == 10**MAX_DIGITS - 1


@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_as_python_writes_them_are_read_back(value: float) -> None:
    assert number(repr(value)) == value


@given(st.text(max_size=30))
def test_any_text_means_something(text: str) -> None:
    found = resolve(text)
    assert found is None or isinstance(found, bool | int | float) or found == text
