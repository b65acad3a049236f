import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.mock.instances.generate import Generator, NoInstance, generate
from arazzo_runner.values import JSON
from tests.mock.instances.schemas import ANY, SATISFIABLE, complaints, made, refused

SCHEMAS: list[JSON] = [
    True,
    {},
    {"type": ["null", "integer"]},
    {"const": {"a": [1, None]}},
    {"enum": ["a", "b"]},
    {"type": "integer", "enum": ["one", 2]},
    {"type": "string", "minLength": 40},
    {"type": "string", "maxLength": 0},
    {"type": "string", "minLength": 3, "maxLength": 3, "pattern": "^[a-z]+$"},
    {"type": "string", "format": "date-time", "pattern": "Z$"},
    {"type": "string", "format": "uri", "minLength": 60},
    {"type": "string", "format": "email", "maxLength": 10},
    {"type": "string", "contentEncoding": "base64"},
    {"type": "integer", "minimum": 5, "maximum": 5},
    {"type": "integer", "exclusiveMinimum": 5, "exclusiveMaximum": 7},
    {"type": "integer", "multipleOf": 7, "minimum": 50},
    {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.001},
    {"type": "number", "multipleOf": 0.01, "minimum": 0.1, "maximum": 0.2},
    {"type": "integer", "format": "int32", "minimum": 2147483647},
    {"type": "array", "items": {"type": "integer"}, "minItems": 3, "maxItems": 3},
    {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": False},
    {"type": "array", "items": {"enum": ["a", "b", "c"]}, "uniqueItems": True, "minItems": 3},
    {"type": "array", "items": {"type": "boolean"}, "uniqueItems": True, "minItems": 2},
    {"type": "array", "items": {"type": "integer"}, "contains": {"minimum": 1000}, "minContains": 2},
    {"type": "array", "items": {"type": "integer"}, "contains": {"const": 5}, "maxContains": 1, "minItems": 3},
    {"type": "object", "required": ["a", "b"], "properties": {"a": {"type": "string"}}},
    {"type": "object", "properties": {"a": {}, "b": {}, "c": {}}, "maxProperties": 2},
    {"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 2},
    {"type": "object", "patternProperties": {"^x-[a-z]{3}$": {"type": "integer"}}, "minProperties": 2},
    {"type": "object", "propertyNames": {"pattern": "^[a-z]{3}$"}, "minProperties": 3},
    {"type": "object", "dependentRequired": {"a": ["b"]}, "properties": {"a": {"type": "null"}}},
    {"type": "object", "dependentSchemas": {"a": {"required": ["c"]}}, "required": ["a"]},
    {"type": "object", "dependentSchemas": {"a": False}, "properties": {"a": {}, "b": {}}},
    {"allOf": [{"type": "object", "required": ["a"]}, {"properties": {"a": {"const": 1}}}]},
    {
        "allOf": [{"properties": {"a": {"type": "string"}}, "required": ["a"]}, {"properties": {"b": {}}}],
        "unevaluatedProperties": False,
        "type": "object",
    },
    {"type": "array", "prefixItems": [{"const": 1}], "unevaluatedItems": False},
    {"anyOf": [False, {"type": "integer"}]},
    {"oneOf": [{"type": "string", "maxLength": 20}, {"type": "string", "format": "uuid"}]},
    {"oneOf": [{"type": "integer", "multipleOf": 2}, {"type": "integer", "multipleOf": 3}]},
    {"oneOf": [{"properties": {"a": {"type": "integer"}}}, {"properties": {"a": {"type": "string"}}}]},
    {"oneOf": [{"required": ["a"]}, {"required": ["b"]}], "type": "object"},
    {"oneOf": [{"required": ["a"]}, {"required": ["a", "b"]}], "type": "object"},
    {"oneOf": [{"type": "object"}, {"type": "object", "properties": {"kind": {"const": "x"}}, "required": ["kind"]}]},
    {"not": {"type": "string"}},
    {"not": {"type": ["string", "object", "array", "number", "null"]}},
    {"type": "string", "not": {"minLength": 3}},
    {"type": "string", "enum": ["a", "b"], "not": {"const": "a"}},
    {"type": "object", "required": ["a"], "not": {"properties": {"a": {"type": "string"}}}},
    {"type": "integer", "not": {"anyOf": [{"minimum": 0}, {"maximum": -10}]}},
    {"if": {"properties": {"k": {"const": 1}}}, "then": {"required": ["a"]}, "else": False, "type": "object"},
    {"if": {"type": "string"}, "then": False, "else": {"type": "integer"}},
    {"type": "object", "properties": {"k": {"const": "w"}}, "required": ["k"],
     "if": {"properties": {"k": {"const": "x"}}}, "then": {"required": ["y"]}, "else": {"required": ["z"]}},
    {"$defs": {"A": {"type": "string", "minLength": 2}}, "$ref": "#/$defs/A", "maxLength": 2},
    {"$defs": {"a/b~c": {"const": 7}}, "$ref": "#/$defs/a~1b~0c"},
    {"$defs": {"A": {"$anchor": "here", "const": 7}}, "$ref": "#here"},
    {"properties": {"a": {"const": 3}, "b": {"$ref": "#/properties/a"}}, "required": ["b"], "type": "object"},
    {"type": "object", "properties": {"child": {"$ref": "#"}, "kids": {"type": "array", "items": {"$ref": "#"}}}},
    {"$defs": {"T": {"oneOf": [{"type": "object", "required": ["l", "r"],
                                "properties": {"l": {"$ref": "#/$defs/T"}, "r": {"$ref": "#/$defs/T"}}},
                               {"type": "integer"}]}}, "$ref": "#/$defs/T"},
]  # fmt: skip


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: json.dumps(schema)[:70])
@pytest.mark.parametrize("seed", [0, 1])
def test_every_kind_of_keyword_gives_a_valid_instance(schema: JSON, seed: int) -> None:
    made(schema, seed)


IMPOSSIBLE: list[tuple[JSON, str]] = [
    (False, "allows nothing"),
    ({"type": "string", "enum": []}, "no listed value fits"),
    ({"type": "integer", "enum": ["1 (one)"]}, "'1 (one)' is not of type"),
    ({"allOf": [{"type": "string"}, {"type": "integer"}]}, "different types"),
    ({"type": "integer", "minimum": 5, "maximum": 4}, "at least 5 and at most 4"),
    ({"type": "integer", "exclusiveMinimum": 1, "exclusiveMaximum": 2}, "no whole number"),
    ({"type": "string", "pattern": "a^b"}, "the pattern 'a^b'"),
    ({"type": "string", "pattern": "^a{5}$", "maxLength": 4}, "a match has 5 characters or more"),
    ({"type": "string", "minLength": 5, "maxLength": 4}, "5 characters or more and 4 or fewer"),
    ({"type": "string", "minLength": 10**9}, "a string of 1000000000 characters is wanted"),
    ({"type": "array", "minItems": 10**9}, "1000000000 items are wanted"),
    ({"type": "object", "minProperties": 10**9}, "1000000000 members are wanted"),
    ({"type": "array", "minItems": 3, "maxItems": 2}, "3 items or more are wanted, and 2 are allowed"),
    ({"type": "array", "minItems": 3, "uniqueItems": True, "items": {"enum": [1, 2]}}, "no item was found that differs"),
    ({"type": "object", "required": ["a"], "properties": {"a": False}}, "at /a: the member is required"),
    ({"type": "object", "required": ["a"], "additionalProperties": False}, "at /a: the member is required"),
    ({"type": "object", "required": ["a", "b"], "maxProperties": 1}, "2 members or more are wanted, and 1 are allowed"),
    ({"oneOf": [{"type": "string"}, {"type": "string"}]}, "more than one of the schemas"),
    ({"type": "string", "not": {"type": "string"}}, "is not allowed for"),
    ({"$ref": "#/$defs/none"}, "can't be used"),
    ({"$ref": "https://example.com/schema.json"}, "can't be used"),
    ({"type": "strin"}, "can't be used"),
    ({"pattern": "("}, "can't be used"),
    ({"$defs": {"N": {"type": "object", "required": ["n"], "properties": {"n": {"$ref": "#/$defs/N"}}}},
      "$ref": "#/$defs/N"}, "without end"),
    ({"$defs": {"N": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/N"}}}, "$ref": "#/$defs/N"},
     "without end"),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "reason"), IMPOSSIBLE, ids=lambda case: json.dumps(case)[:70])
def test_what_has_no_instance_is_said_with_its_reason(schema: JSON, reason: str) -> None:
    assert reason in refused(schema).replace('"', "'")


def nested(levels: int, inner: JSON) -> JSON:
    schema = inner
    for _ in range(levels):
        schema = {"type": "object", "required": ["a"], "properties": {"a": schema}}
    return schema


HOSTILE: list[JSON] = [
    {"type": "object", "required": list("abcdef"), "properties": {name: {"$ref": "#"} for name in "abcdef"}},
    {"oneOf": [{"type": "object", "properties": {f"p{n}": {"type": "string"}}} for n in range(60)], "type": "object"},
    {"allOf": [{"anyOf": [{"const": f"{a}{b}"} for b in range(20)]} for a in range(20)]},
    {"type": "string", "pattern": "^(?=a)(?=b)(?=c).{2000}$"},
    {"type": "string", "pattern": "^(((((a{9}){9}){9}){9}){9})$", "maxLength": 50},
    {"type": "array", "items": {"type": "array", "items": {"$ref": "#"}, "minItems": 2}, "minItems": 2},
    {"type": "array", "uniqueItems": True, "minItems": 900, "items": {"type": "integer", "minimum": 1, "maximum": 5}},
    nested(90, {"type": "string"}),
    nested(400, {"type": "string"}),
    {"not": {"not": {"not": {"not": {"type": "string"}}}}},
    {"$defs": {"X": {"anyOf": [{"required": ["x"], "properties": {"x": {"$ref": "#/$defs/X"}}, "type": "object"}] * 30}},
     "$ref": "#/$defs/X"},
]  # fmt: skip


@pytest.mark.parametrize("schema", HOSTILE, ids=lambda schema: json.dumps(schema)[:60])
def test_a_hostile_schema_takes_bounded_time(schema: JSON) -> None:
    began = time.process_time()
    value = generate(schema)
    assert time.process_time() - began < 10
    assert isinstance(value, NoInstance) or complaints(schema, value) == []


def test_references_in_a_circle_say_nothing_and_end() -> None:
    circle: JSON = {"$defs": {"A": {"allOf": [{"$ref": "#/$defs/B"}]}, "B": {"$ref": "#/$defs/A"}}, "$ref": "#/$defs/A"}
    assert not isinstance(generate(circle), NoInstance)


@given(SATISFIABLE, st.integers(0, 5))
def test_an_instance_is_found_wherever_there_is_one(schema: JSON, seed: int) -> None:
    made(schema, seed)


@given(ANY)
def test_what_comes_out_is_valid_or_a_reason(schema: JSON) -> None:
    value = generate(schema)
    if isinstance(value, NoInstance):
        assert value.reason
    else:
        assert complaints(schema, value, formats=False) == []


@given(ANY, st.integers(0, 3))
def test_one_seed_gives_one_value(schema: JSON, seed: int) -> None:
    assert generate(schema, seed) == generate(json.loads(json.dumps(schema)), seed)


def test_different_seeds_differ() -> None:
    schema: JSON = {"type": "object", "properties": {"id": {"type": "string"}, "email": {"type": "string"}}}
    assert made(schema, 1) != made(schema, 2)


def test_a_value_does_not_hang_on_its_neighbours() -> None:
    one = made({"type": "object", "properties": {"id": {"type": "string"}}})
    two = made({"type": "object", "properties": {"name": {"type": "string"}, "id": {"type": "string"}}})
    assert one["id"] == two["id"]


def test_examples_and_defaults_come_first_if_they_fit() -> None:
    schema: JSON = {
        "type": "object",
        "properties": {
            "a": {"type": "string", "examples": [7, "shown"]},
            "b": {"type": "integer", "default": 41},
            "c": {"type": "string", "example": "old form"},
            "d": {"type": "integer", "examples": ["no number"]},
        },
    }
    value = made(schema)
    assert (value["a"], value["b"], value["c"]) == ("shown", 41, "old form")
    assert isinstance(value["d"], int)


def test_wishes_hold_beside_the_schema() -> None:
    schema: JSON = {"type": "object", "properties": {"state": {"enum": ["new", "done"]}, "n": {"type": "integer"}}}
    wish: JSON = {"type": "object", "required": ["state", "more"], "properties": {"state": {"const": "done"}}}
    value = made(schema, wishes=(wish,))
    assert value["state"] == "done"
    assert "more" in value


def test_a_wish_that_the_schema_excludes_is_refused_with_its_place() -> None:
    schema: JSON = {"type": "object", "properties": {"state": {"enum": ["new", "done"]}}}
    wish: JSON = {"type": "object", "required": ["state"], "properties": {"state": {"const": "gone"}}}
    assert refused(schema, wishes=(wish,)).startswith("at /state: no listed value fits")


def test_of_a_hint_as_much_is_kept_as_fits() -> None:
    schema: JSON = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "integer"}}}
    value = made(schema, hint={"a": "kept", "b": "wrong", "extra": [1]})
    assert value["a"] == "kept"
    assert isinstance(value["b"], int)
    assert value["extra"] == [1]


@pytest.mark.parametrize(("side", "kept"), [("response", "readOnly"), ("request", "writeOnly")])
def test_optional_members_of_the_other_side_are_left_out(side: str, kept: str) -> None:
    properties: JSON = {mark: {"type": "string", mark: True} for mark in ("readOnly", "writeOnly")}
    assert list(made({"type": "object", "properties": properties}, side=side)) == [kept]


def test_a_format_is_asserted_only_where_an_instance_is_left() -> None:
    assert generate({"type": "string", "format": "date", "enum": ["soon"]}) == "soon"
    assert generate({"type": "string", "format": "date", "enum": ["soon", "2025-01-01"]}) == "2025-01-01"


def test_null_is_taken_only_where_nothing_else_can_be() -> None:
    assert made({"type": ["null", "string"]}) is not None
    assert made({"enum": [None, 1]}) == 1
    assert made({"oneOf": [{"type": "null"}, {"type": "integer"}]}) is not None


def test_a_discriminator_names_the_chosen_schema() -> None:
    schema: dict[str, JSON] = {
        "$defs": {
            "Cat": {"type": "object", "properties": {"kind": {"type": "string"}, "bark": False}, "required": ["kind"]},
            "Dog": {
                "type": "object",
                "properties": {"kind": {"type": "string"}, "bark": {}},
                "required": ["kind", "bark"],
            },
        },
        "oneOf": [{"$ref": "#/$defs/Dog"}, {"$ref": "#/$defs/Cat"}],
        "discriminator": {"propertyName": "kind", "mapping": {"hound": "#/$defs/Dog"}},
    }
    dog = made(schema)
    assert dog["kind"] == "hound"
    cat = made({**schema, "oneOf": [{"$ref": "#/$defs/Cat"}]})
    assert cat["kind"] == "Cat"


def test_a_generator_serves_many_times() -> None:
    generator = Generator({"type": "object", "properties": {"id": {"type": "string"}}})
    assert generator.generate(1) == generator.generate(1)
    assert generator.valid({"id": "x"})
    assert not generator.valid({"id": 5})
    assert not generator.valid({"id": "x"}, ({"maxProperties": 0},))
