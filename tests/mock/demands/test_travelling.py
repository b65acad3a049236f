import pytest
from jsonschema import Draft202012Validator

from arazzo_runner.mock.demands.travelling import as_text, members_as_text
from arazzo_runner.values import JSON


@pytest.mark.parametrize(
    ("schema", "fits", "does_not"),
    [
        ({"type": "integer"}, [3, "3"], ["x", ""]),
        ({"type": "integer", "minimum": 100, "maximum": 110}, [105, "105"], ["99", "111"]),
        ({"type": "integer", "multipleOf": 5}, [10, "10"], ["11"]),
        ({"type": "boolean"}, [True, "true"], ["yes"]),
        ({"type": "string"}, ["x", 1, True], [None, []]),
        ({"type": "string", "format": "uuid"}, [], [1]),
        ({"type": "string", "pattern": "^a"}, ["a"], [1, "b"]),
        ({"enum": [1, 2]}, [1, "1"], ["3"]),
        ({"enum": ["1", "a"]}, ["1", 1, "a"], ["b"]),
        ({"type": "array"}, [[]], ["x"]),
        (True, [None, 1], []),
    ],
)
def test_the_texts_of_values_are_as_good(schema: JSON, fits: list[JSON], does_not: list[JSON]) -> None:
    judge = Draft202012Validator(as_text(schema))
    assert [value for value in fits if not judge.is_valid(value)] == []
    assert [value for value in does_not if judge.is_valid(value)] == []


def test_a_range_without_numbers_is_not_searched_for_ever() -> None:
    assert as_text({"type": "integer", "minimum": 10**30}) is not None
    assert as_text({"type": "integer", "exclusiveMaximum": -5}) is not None


def test_the_members_of_a_form_are_texts() -> None:
    form = members_as_text({"type": "object", "properties": {"n": {"type": "integer"}}})
    assert Draft202012Validator(form).is_valid({"n": "7"})
    assert members_as_text(True) is True
