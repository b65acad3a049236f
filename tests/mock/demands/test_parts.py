from typing import Any

import pytest

from arazzo_runner.mock.demands.parts import fitting, inside, member, named_by, requires, types_of
from arazzo_runner.values import JSON, Path

TEXT: JSON = {"type": "string"}
NUMBER: JSON = {"type": "number"}


def without_definitions(schema: Any) -> Any:
    match schema:
        case dict():
            return {key: without_definitions(value) for key, value in schema.items() if key != "$defs"}
        case list():
            return [without_definitions(item) for item in schema]
    return schema


@pytest.mark.parametrize(
    ("schema", "path", "found"),
    [
        ({"properties": {"a": TEXT}}, ("a",), TEXT),
        ({"properties": {"a": TEXT}}, ("b",), True),
        ({"additionalProperties": TEXT}, ("b",), TEXT),
        ({"items": {"properties": {"a": TEXT}}}, (0, "a"), TEXT),
        ({"items": {"properties": {"a": TEXT}}}, ("0", "a"), TEXT),
        ({"prefixItems": [TEXT], "items": NUMBER}, (0,), TEXT),
        ({"prefixItems": [TEXT], "items": NUMBER}, (1,), NUMBER),
        ({"allOf": [{"properties": {"a": TEXT}}, {"properties": {"a": NUMBER}}]}, ("a",), {"allOf": [NUMBER, TEXT]}),
        ({"anyOf": [{"properties": {"a": TEXT}}, {"properties": {"a": NUMBER}}]}, ("a",), {"anyOf": [TEXT, NUMBER]}),
        ({"anyOf": [{"properties": {"a": TEXT}}, {}]}, ("a",), True),
        ({"$ref": "#/$defs/A", "$defs": {"A": {"properties": {"a": TEXT}}}}, ("a",), TEXT),
        (
            {"$ref": "#/$defs/A", "$defs": {"A": {"properties": {"a": {"$ref": "#/$defs/A"}, "b": TEXT}}}},
            ("a", "a", "a", "b"),
            TEXT,
        ),
        (True, ("a",), True),
        (False, ("a",), True),
    ],
)
def test_what_is_said_of_a_place(schema: JSON, path: Path, found: JSON) -> None:
    assert without_definitions(inside(schema, path)) == found


@pytest.mark.parametrize(
    ("schema", "found"),
    [
        (TEXT, {"string"}),
        ({"type": ["string", "null"]}, {"string", "null"}),
        ({"allOf": [{"type": ["string", "null"]}, TEXT]}, {"string"}),
        ({"oneOf": [TEXT, NUMBER]}, {"string", "number"}),
        ({"oneOf": [TEXT, {}]}, set()),
        ({"$ref": "#/$defs/A", "$defs": {"A": TEXT}}, {"string"}),
        ({"$ref": "#/$defs/A", "$defs": {"A": {"$ref": "#/$defs/A"}}}, set()),
        (True, set()),
    ],
)
def test_the_types_that_a_schema_names(schema: JSON, found: set[str]) -> None:
    assert types_of(schema) == found


def test_what_is_required_in_any_case() -> None:
    assert requires({"allOf": [{"required": ["a"]}]}, "a")
    assert not requires({"anyOf": [{"required": ["a"]}]}, "a")


def test_alternatives_that_constants_rule_out_are_gone() -> None:
    one: JSON = {"properties": {"kind": {"const": "a"}, "x": TEXT}}
    other: JSON = {"properties": {"kind": {"const": "b"}, "x": NUMBER}}
    schema: JSON = {"$ref": "#/$defs/U", "$defs": {"U": {"oneOf": [one, other]}}}
    assert without_definitions(member(fitting(schema, {"kind": "b"}), "x")) == {"anyOf": [NUMBER]}
    assert fitting({"type": "object"}, {"kind": "b"}) == {"type": "object"}


def test_the_name_in_a_reference() -> None:
    assert named_by("#/$defs/a~1b~0c") == "a/b~c"
    assert named_by("urn:x:bundle#/$defs/a") == "a"
    assert named_by("#anchor") == ""
