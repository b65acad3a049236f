import pytest
from hypothesis import given

from arazzo_runner.mock.instances.conjunction import Flattener
from arazzo_runner.mock.instances.generate import NoInstance, generate
from arazzo_runner.mock.instances.negation import negations
from arazzo_runner.mock.instances.rooted import rooted
from arazzo_runner.values import JSON
from tests.mock.instances.schemas import LEAVES, complaints


def broken(schema: JSON) -> list[JSON]:
    root = rooted(schema)
    return negations(root.node, Flattener(root))


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string"},
        {"type": ["string", "number"]},
        {"const": "x"},
        {"enum": [1, "a", None]},
        {"required": ["a"]},
        {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]},
        {"minimum": 5},
        {"exclusiveMaximum": 5},
        {"minLength": 3},
        {"maxItems": 1},
        {"minProperties": 1},
        {"pattern": "^a"},
        {"items": {"type": "string"}},
        {"contains": {"type": "string"}},
        {"type": "object", "additionalProperties": False},
        {"anyOf": [{"type": "string"}, {"minimum": 3}]},
        {"not": {"type": "string"}},
        {"allOf": [{"type": "string"}, {"minLength": 2}]},
        {"if": {"type": "string"}, "then": {"minLength": 3}},
    ],
)
def test_what_is_made_from_a_negation_does_not_satisfy_the_schema(schema: JSON) -> None:
    found = broken(schema)
    assert found
    values = [generate(each) for each in found]
    assert any(complaints(schema, value) for value in values if not isinstance(value, NoInstance))


def test_what_allows_everything_cannot_be_broken() -> None:
    assert broken(True) == []
    assert broken({}) == []


def test_what_allows_nothing_is_broken_by_everything() -> None:
    assert broken(False) == [True]


def test_there_are_never_too_many() -> None:
    assert len(broken({"required": [f"p{number}" for number in range(100)]})) == 12


@given(LEAVES)
def test_every_leaf_but_the_empty_one_has_a_negation(schema: JSON) -> None:
    assert broken(schema) or schema in (True, {})
