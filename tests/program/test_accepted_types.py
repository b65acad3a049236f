import pytest

from arazzo_runner.program.accepted_types import ALL_TYPES, accepted_types, described, ordered_types
from arazzo_runner.values import JSON

NUMBERS = frozenset(("integer", "number"))


def types(*names: str) -> frozenset[str]:
    return frozenset(names)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({}, ALL_TYPES),
        (True, ALL_TYPES),
        (False, types()),
        ({"description": "anything"}, ALL_TYPES),
        ({"type": "string"}, types("string")),
        ({"type": "integer"}, types("integer")),
        ({"type": "number"}, NUMBERS),
        ({"type": ["string", "null"]}, types("string", "null")),
        ({"type": ["integer", 5]}, types("integer")),
        ({"type": "strng"}, types()),
        ({"enum": ["a", 1, None]}, types("string", "integer", "null")),
        ({"const": [1]}, types("array")),
        ({"type": "string", "enum": ["a", 1]}, types("string")),
        ({"anyOf": [{"type": "string"}, {"type": "boolean"}]}, types("string", "boolean")),
        ({"oneOf": [{"type": "null"}, {"$ref": "#/$defs/count"}]}, types("null", "integer")),
        ({"allOf": [{"type": ["integer", "null"]}, {"type": "number"}]}, types("integer")),
        ({"$ref": "#/$defs/count"}, types("integer")),
        ({"$ref": "#/$defs/a~1b%20c"}, types("boolean")),
        ({"$ref": "#/$defs/list/oneOf/1"}, types("array")),
        ({"$ref": "#/$defs/loop"}, ALL_TYPES),
        ({"$ref": "#/nowhere"}, ALL_TYPES),
        ({"$ref": "other.json#/a"}, ALL_TYPES),
        ({"$ref": 5}, ALL_TYPES),
        ({"anyOf": []}, ALL_TYPES),
    ],
)
def test_the_types_that_a_schema_welcomes(schema: JSON, expected: frozenset[str]) -> None:
    root: JSON = {
        "$defs": {
            "count": {"type": "integer"},
            "a/b c": {"type": "boolean"},
            "list": {"oneOf": [{}, {"type": "array"}]},
            "loop": {"$ref": "#/$defs/loop"},
        }
    }
    assert accepted_types(schema, root) == expected


def test_a_schema_that_doubles_at_each_reference_is_read_in_no_time() -> None:
    defs: dict[str, JSON] = {f"d{n}": {"anyOf": [{"$ref": f"#/$defs/d{n + 1}"}] * 2} for n in range(30)}
    assert accepted_types({"$ref": "#/$defs/d0"}, {"$defs": {**defs, "d30": {"type": "null"}}}) == ALL_TYPES
    assert accepted_types({"$ref": "#/$defs/d20"}, {"$defs": {**defs, "d30": {"type": "null"}}}) == types("null")


def test_types_stand_in_a_fixed_order() -> None:
    assert ordered_types(["null", "integer", "string"]) == ("string", "integer", "null")
    assert ordered_types(["integer", "number"]) == ("number",)


def test_what_a_reference_says_counts_where_the_schema_is_silent() -> None:
    root: JSON = {
        "$defs": {"a": {"title": "A", "default": 1, "$ref": "#/$defs/b"}, "b": {"default": 2, "type": "null"}}
    }
    assert described({"$ref": "#/$defs/a", "default": 3}, root)["default"] == 3
    assert described({"$ref": "#/$defs/a"}, root) == {"title": "A", "default": 1, "$ref": "#/$defs/a", "type": "null"}
    assert described(True, root) == {}
