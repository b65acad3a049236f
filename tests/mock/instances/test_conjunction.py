import pytest

from arazzo_runner.mock.instances.conjunction import (
    Flat,
    Flattener,
    NoInstance,
    at_least,
    at_most,
    is_number,
    listed,
    mapped,
    numbers,
    required,
    texts,
    types,
)
from arazzo_runner.mock.instances.rooted import rooted
from arazzo_runner.values import JSON


def flat(schema: JSON) -> Flat | NoInstance:
    root = rooted(schema)
    return Flattener(root).flat((root.node,))


def parts(schema: JSON) -> tuple[dict[str, JSON], ...]:
    found = flat(schema)
    assert isinstance(found, Flat), found
    return tuple(dict(part) for part in found.parts)


def test_references_and_all_of_are_laid_flat() -> None:
    schema: JSON = {
        "$defs": {"A": {"minLength": 1, "allOf": [{"maxLength": 5}]}},
        "allOf": [{"$ref": "#/$defs/A", "pattern": "x"}, True],
        "type": "string",
    }
    assert parts(schema) == ({"type": "string"}, {"pattern": "x"}, {"minLength": 1}, {"maxLength": 5})


def test_the_references_on_the_way_are_kept() -> None:
    found = flat({"$defs": {"A": {"type": "string"}}, "$ref": "#/$defs/A"})
    assert isinstance(found, Flat)
    assert [reference.partition("#")[2] for reference in found.references] == ["/$defs/A"]


def test_a_circle_is_gone_round_once() -> None:
    assert parts({"allOf": [{"$ref": "#"}], "type": "string"}) == ({"type": "string"},) * 2


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        (False, "allows nothing"),
        ({"allOf": [True, False]}, "allows nothing"),
        ({"$ref": "#/$defs/none"}, "which is not there"),
        ({"allOf": [{"title": "x"}] * 500}, "more than 400 schemas"),
    ],
)
def test_what_can_hold_for_nothing_is_told(schema: JSON, reason: str) -> None:
    found = flat(schema)
    assert isinstance(found, NoInstance)
    assert reason in found.reason


def test_a_reason_names_its_place() -> None:
    assert NoInstance("it is so", ("a", 0)).sentence() == "at /a/0: it is so"
    assert NoInstance("it is so").sentence() == "it is so"


@pytest.mark.parametrize(
    ("schemas", "expected"),
    [
        ([{"type": "string"}], ("string",)),
        ([{"type": ["null", "string"]}], ("string", "null")),
        ([{"type": ["string", "integer"]}, {"type": ["integer", "null"]}], ("integer",)),
        ([{"type": "number"}, {"type": "integer"}], ("integer",)),
        ([{"type": "string"}, {"type": "integer"}], ()),
    ],
)
def test_types_are_what_all_parts_allow(schemas: list[dict[str, JSON]], expected: tuple[str, ...]) -> None:
    assert types(tuple(schemas)) == expected


@pytest.mark.parametrize(
    ("schema", "first"),
    [({"properties": {}}, "object"), ({"items": True}, "array"), ({"pattern": "x"}, "string"), ({}, "string")],
)
def test_without_a_type_the_keywords_tell_what_is_likely(schema: dict[str, JSON], first: str) -> None:
    found = types((schema,))
    assert found[0] == first
    assert len(found) == 7


def test_limits_are_the_narrowest_and_malformed_ones_count_for_nothing() -> None:
    found: tuple[dict[str, JSON], ...] = ({"minLength": 2, "maxLength": 9}, {"minLength": 3}, {"maxLength": "x"})
    assert (at_least(found, "minLength"), at_most(found, "maxLength", 100)) == (3, 9)
    assert (at_least(found, "minItems"), at_most(found, "maxItems", 100)) == (0, 100)
    assert numbers(({"minimum": True}, {"minimum": float("inf")}, {"minimum": 2.5}), "minimum") == [2.5]
    assert texts(({"format": 5}, {"format": "date"}), "format") == ["date"]
    assert listed({"enum": "x"}, "enum") == []
    assert mapped({"properties": []}, "properties") == {}
    assert not is_number(True)


def test_what_follows_from_a_required_member_is_required_too() -> None:
    found: tuple[dict[str, JSON], ...] = (
        {"required": ["a", 5], "dependentRequired": {"a": ["b"], "b": ["c"], "x": ["y"]}},
    )
    assert list(required(found)) == ["a", "b", "c"]
