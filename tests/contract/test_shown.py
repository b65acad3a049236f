import pytest

from arazzo_runner.contract.shown import MAX_SHOWN, pointed, shown
from arazzo_runner.values import Path, Value


@pytest.mark.parametrize(
    ("value", "at", "text"),
    [
        ({"a": [1, "x"]}, ("a", 1), '"x"'),
        ({"a": [1]}, ("a",), "an array"),
        ({"a": 1}, (), "an object"),
        (b"x", (), "bytes"),
        (None, (), "null"),
        ("é", (), '"é"'),
        ({"token": "abc"}, ("token",), "[redacted]"),
        ({"credentials": {"password": {"value": 1}}}, ("credentials", "password", "value"), "[redacted]"),
        ("x" * 100, (), '"' + "x" * (MAX_SHOWN - 1) + "..."),
    ],
)
def test_a_value_is_shown_short_and_without_secrets(value: Value, at: Path, text: str) -> None:
    assert shown(value, at) == text


def test_a_secret_name_hides_the_whole() -> None:
    assert shown("abc", (), "X-Api-Key") == "[redacted]"


@pytest.mark.parametrize(("at", "text"), [((), ""), (("a", 0), "#/a/0"), (("a/b", "~"), "#/a~1b/~0")])
def test_a_place_is_a_json_pointer(at: Path, text: str) -> None:
    assert pointed(at) == text
