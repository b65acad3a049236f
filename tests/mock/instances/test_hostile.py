"""Schemas that are written to break a generator: bounded time, and a value or clear words with a place."""

from __future__ import annotations

import time

import pytest

from arazzo_runner.mock.instances.generate import NoInstance, generate
from arazzo_runner.values import JSON
from tests.mock.instances.schemas import complaints

_SECONDS = 10


def told(schema: JSON) -> str:
    """Return what becomes of a schema, in bounded time: ``valid``, or why it has no value."""
    began = time.process_time()
    value = generate(schema)
    took = time.process_time() - began
    assert took < _SECONDS, f"it took {took:.1f} s"
    if isinstance(value, NoInstance):
        return value.sentence()
    assert complaints(schema, value) == []
    return "valid"


def chained(levels: int, leaf: JSON) -> JSON:
    names: dict[str, JSON] = {f"A{n}": {"allOf": [{"$ref": f"#/$defs/A{n + 1}"}]} for n in range(levels)}
    return {"$defs": {**names, f"A{levels}": leaf}, "$ref": "#/$defs/A0"}


def within(levels: int, keyword: str, leaf: JSON) -> JSON:
    schema = leaf
    for _ in range(levels):
        schema = {keyword: [schema]}
    return schema


def branching(levels: int, *, required: bool) -> JSON:
    """Objects of ten members, each again an object of ten members: ten to the power of the levels in all."""
    names: dict[str, JSON] = {}
    for n in range(levels):
        members: dict[str, JSON] = {name: {"$ref": f"#/$defs/A{n + 1}"} for name in "abcdefghij"}
        names[f"A{n}"] = {"type": "object", "properties": members, "required": list(members) if required else []}
    return {"$defs": {**names, f"A{levels}": {"type": "string"}}, "$ref": "#/$defs/A0"}


WITHOUT_END: dict[str, JSON] = {
    "a required member": {"type": "object", "required": ["n"], "properties": {"n": {"$ref": "#"}}},
    "two schemas in turn": {
        "$defs": {
            "A": {"type": "object", "required": ["b"], "properties": {"b": {"$ref": "#/$defs/B"}}},
            "B": {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/$defs/A"}}},
        },
        "$ref": "#/$defs/A",
    },
    "both options of a union": {
        "$defs": {
            "A": {
                "oneOf": [
                    {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/$defs/A"}}},
                    {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/A"}},
                ]
            }
        },
        "$ref": "#/$defs/A",
    },
    "a map that is never empty": {"type": "object", "minProperties": 1, "additionalProperties": {"$ref": "#"}},
    "a first item": {"type": "array", "minItems": 1, "prefixItems": [{"$ref": "#"}]},
    "an item that is contained": {"type": "array", "contains": {"$ref": "#"}},
}


@pytest.mark.parametrize("schema", WITHOUT_END.values(), ids=WITHOUT_END)
def test_a_schema_without_a_finite_value_is_told_at_once(schema: JSON) -> None:
    assert "without end" in told(schema)


NO_VALUE: list[tuple[JSON, str]] = [
    ({"type": "string", "pattern": "(?!)"}, "the pattern '(?!)'"),
    ({"type": "string", "pattern": "a^"}, "the pattern 'a^'"),
    ({"type": "string", "pattern": "$a"}, "the pattern '$a'"),
    ({"type": "string", "pattern": "^(a+)+$", "not": {"pattern": "^a"}}, "does not fit the whole"),
    ({"type": "string", "pattern": "^a{100000}$"}, "a match has 100000 characters or more, and 20000 are allowed"),
    ({"type": "string", "pattern": "^((a|aa)+)+b{1000}$", "maxLength": 900}, "1001 characters or more"),
    ({"oneOf": [False, False]}, "none of its alternatives"),
    ({"oneOf": [{"type": "string"}, {"type": "string"}]}, "valid under more than one"),
    ({"type": "array", "minItems": 10**9}, "1000000000 items"),
    ({"type": "array", "contains": {"type": "integer"}, "minContains": 10**9}, "items"),
    ({"type": "string", "minLength": 10**9}, "a string of 1000000000 characters"),
    ({"type": "object", "minProperties": 10**9}, "1000000000 members"),
    ({"type": "object", "required": [f"p{n}" for n in range(2000)]}, "2000 members are wanted"),
    ({"type": "object", "minProperties": 3, "propertyNames": {"enum": ["a", "b"]}}, "3 members or more are wanted"),
    ({"type": "array", "minItems": 3, "uniqueItems": True, "items": {"type": "boolean"}}, "differs"),
    ({"type": "object", "required": ["a"], "unevaluatedProperties": False}, "at /a"),
    ({"enum": [f"v{n}" for n in range(100_000)], "pattern": "zzz"}, "no listed value fits"),
    (within(1000, "allOf", {"type": "string"}), "nest deeper than 100"),
    (branching(30, required=True), "no value was found in"),
    ({"$defs": {"A": {"anyOf": [{"$ref": "#/$defs/B"}] * 400}, "B": {"anyOf": [False] * 400}}, "$ref": "#/$defs/A"},
     "so often"),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "reason"), NO_VALUE, ids=[reason for _, reason in NO_VALUE])
def test_what_has_no_value_is_told_with_its_reason(schema: JSON, reason: str) -> None:
    assert reason in told(schema).replace('"', "'")


VALID: dict[str, JSON] = {
    "an endless reference that may be left out": {"type": "object", "properties": {"n": {"$ref": "#"}}},
    "ten thousand million members that may be left out": branching(10, required=False),
    "a hundred references in a row": chained(100, {"type": "string"}),
    "a nest of allOf": within(90, "allOf", {"type": "string"}),
    "maxItems of a thousand million": {"type": "array", "maxItems": 10**9, "items": {"type": "string"}},
    "maxLength of a thousand million": {"type": "string", "maxLength": 10**9},
    "minLength as long as can be": {"type": "string", "minLength": 19_999, "pattern": "^[a-z]+$"},
    "a small step in a narrow place": {"type": "number", "multipleOf": 0.0001, "minimum": 3, "maximum": 3.0005},
    "a number beyond all floats": {"type": "integer", "minimum": 10**400},
    "the largest float": {"type": "number", "minimum": 1e308},
    "a list of 200,000 values": {"enum": [f"v{n}" for n in range(200_000)]},
    "900 different ones of 5,000": {
        "type": "array", "minItems": 900, "uniqueItems": True, "items": {"enum": [f"v{n}" for n in range(5000)]},
    },
    "900 required members": {"type": "object", "required": [f"p{n}" for n in range(900)]},
    "5,000 declared members": {"type": "object", "properties": {f"p{n}": {"type": "string"} for n in range(5000)}},
    "500 options": {"oneOf": [{"type": "object", "required": ["k"], "properties": {"k": {"const": n}}} for n in range(500)]},
    "60 conditions": {
        "type": "object",
        "allOf": [{"if": {"required": [f"k{n}"]}, "then": {"required": [f"z{n}"]}} for n in range(60)],
    },
    "a chain of dependent members": {
        "type": "object", "required": ["p0"], "dependentRequired": {f"p{n}": [f"p{n + 1}"] for n in range(900)},
    },
    "a description of five million characters": {
        "type": "object", "description": "x" * 5_000_000, "properties": {"a": {"description": "y" * 1_000_000}},
    },
}  # fmt: skip


def test_a_thousand_references_in_a_row_are_followed() -> None:
    assert isinstance(generate(chained(1000, {"type": "string"})), str)  # more than the independent judge can take


@pytest.mark.parametrize("schema", VALID.values(), ids=VALID)
def test_what_has_a_value_gets_one_however_large_it_is(schema: JSON) -> None:
    assert told(schema) == "valid"
