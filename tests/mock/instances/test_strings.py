import pytest

from arazzo_runner.mock.instances.conjunction import NoInstance
from arazzo_runner.mock.instances.draw import Draw
from arazzo_runner.mock.instances.judge import Judge
from arazzo_runner.mock.instances.rooted import rooted
from arazzo_runner.mock.instances.strings import string
from arazzo_runner.values import JSON
from tests.mock.instances.schemas import complaints

JUDGE = Judge(rooted({"format": "any"}))


def made(schema: dict[str, JSON], name: str = "") -> str:
    found = string((schema,), name, Draw(0), JUDGE)
    assert isinstance(found, str), found
    assert complaints({"type": "string", **schema}, found) == []
    return found


@pytest.mark.parametrize("length", [0, 1, 2, 7, 30, 500, 20_000])
def test_a_length_is_met_exactly(length: int) -> None:
    made({"minLength": length, "maxLength": length})


@pytest.mark.parametrize(
    "schema",
    [
        {"format": "date-time", "pattern": "Z$"},
        {"format": "ipv4", "pattern": r"^10\."},
        {"format": "uri", "pattern": r"\.png$"},
        {"format": "email", "pattern": r"@acme\.example$"},
        {"format": "uuid", "maxLength": 36},
        {"format": "email", "minLength": 50},
        {"format": "hostname", "maxLength": 3},
        {"format": "nothing-known", "minLength": 5},
        {"pattern": "^[0-9]{4}$", "maxLength": 4},
        {"contentEncoding": "base64", "minLength": 20},
    ],
)
def test_format_pattern_and_length_together(schema: dict[str, JSON]) -> None:
    made(schema)


def test_a_name_that_fits_is_taken() -> None:
    assert made({}, "email").endswith("@example.com")
    assert made({"pattern": "@"}, "email").endswith("@example.com")


def test_several_patterns_hold_together() -> None:
    found = string(({"pattern": "^[a-z0-9]{6}$"}, {"pattern": "[0-9]"}), "", Draw(0), JUDGE)
    assert isinstance(found, str)
    assert complaints({"allOf": [{"pattern": "^[a-z0-9]{6}$"}, {"pattern": "[0-9]"}]}, found) == []


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ({"minLength": 3, "maxLength": 2}, "no string has 3 characters or more and 2 or fewer"),
        ({"minLength": 20_001}, "a string of 20001 characters is wanted; the mock makes none above 20000"),
        ({"pattern": "x^"}, "no string was found for the pattern 'x^'"),
        ({"format": "uuid", "maxLength": 5}, "no string was found for the format 'uuid' with 0 to 5 characters"),
    ],
)
def test_what_is_not_found_is_told(schema: dict[str, JSON], reason: str) -> None:
    assert string((schema,), "", Draw(0), JUDGE) == NoInstance(reason, limited="above" in reason)
