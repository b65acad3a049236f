from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.mock.instances.conjunction import NoInstance
from arazzo_runner.mock.instances.draw import Draw
from arazzo_runner.mock.instances.numbers import Limits, number
from arazzo_runner.values import JSON
from tests.mock.instances.schemas import complaints


def test_limits_are_exact() -> None:
    limits = Limits(({"minimum": 0.1, "exclusiveMaximum": 0.3}, {"maximum": 0.3}))
    assert limits.allow(Fraction(1, 10))
    assert not limits.allow(Fraction(3, 10))
    assert not limits.allow(Fraction(1, 11))


@pytest.mark.parametrize(
    "schema",
    [
        {},
        {"minimum": 10**30},
        {"maximum": -(10**30)},
        {"minimum": 2**53 + 1, "maximum": 2**53 + 1},
        {"format": "uint8", "minimum": 255},
        {"multipleOf": 1.5},
        {"multipleOf": 12, "minimum": 100, "maximum": 110},
        {"minimum": -3, "exclusiveMaximum": -2},
    ],
)
def test_whole_numbers_are_found(schema: dict[str, JSON]) -> None:
    found = number((schema,), "", Draw(0), whole=True)
    assert isinstance(found, int)
    assert complaints({"type": "integer", **schema}, found) == []


@pytest.mark.parametrize(
    "schema",
    [
        {"exclusiveMinimum": 0, "exclusiveMaximum": 1e-9},
        {"minimum": 0.5, "maximum": 0.5},
        {"multipleOf": 0.1, "minimum": 0.25, "maximum": 0.55},
        {"multipleOf": 0.01, "exclusiveMinimum": 19.98, "exclusiveMaximum": 20.01},
        {"exclusiveMinimum": 1.0, "maximum": 1.5},
    ],
)
def test_fractions_are_found(schema: dict[str, JSON]) -> None:
    found = number((schema,), "", Draw(0), whole=False)
    assert complaints({"type": "number", **schema}, found if not isinstance(found, NoInstance) else None) == []


@given(st.integers(-50, 50), st.integers(0, 20), st.integers(1, 9))
def test_a_multiple_is_found_if_and_only_if_there_is_one(low: int, width: int, step: int) -> None:
    found = number(({"minimum": low, "maximum": low + width, "multipleOf": step},), "", Draw(low), whole=True)
    there = any(value % step == 0 for value in range(low, low + width + 1))
    assert isinstance(found, int) is there
    assert isinstance(found, NoInstance) or (found % step == 0 and low <= found <= low + width)


def test_a_name_is_only_a_suggestion() -> None:
    assert number((), "year", Draw(0), whole=True) in range(2020, 2026)
    assert number(({"maximum": 9, "minimum": 9},), "year", Draw(0), whole=True) == 9


def test_an_empty_interval_is_told() -> None:
    found = number(({"minimum": 2, "maximum": 1},), "", Draw(0), whole=False)
    assert found == NoInstance("no number is at least 2 and at most 1")
