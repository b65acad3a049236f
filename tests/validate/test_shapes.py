from __future__ import annotations

from typing import Any

import pytest
import yaml

from arazzo_runner.expressions.pointer import meant
from arazzo_runner.sources.operations import Schema
from arazzo_runner.validate.shapes import Inner, at_place, types_of
from tests.engine.programs import program_of

API = """
openapi: {version}
info: {{title: T, version: '1'}}
servers: [{{url: 'https://api.example'}}]
paths:
  /x: {{get: {{operationId: x, responses: {{'200': {{description: ok, content: {{application/json: {{schema: {schema}}}}}}}}}}}}}
components:
  schemas:
    Pet: {{type: object, properties: {{name: {{type: string}}, friend: {{$ref: '#/components/schemas/Pet'}}}}}}
    Loop: {{allOf: [{{$ref: '#/components/schemas/Loop'}}]}}
    Tree: {{anyOf: [{{$ref: '#/components/schemas/Tree'}}, {{$ref: '#/components/schemas/Tree'}}]}}
    Wide: {{allOf: [{{$ref: '#/components/schemas/Wide'}}, {{$ref: '#/components/schemas/Wide'}}]}}
    Base: {{properties: {{id: {{type: integer}}}}}}
"""


def schema_of(written: str, version: str = "3.1.0") -> Schema:
    text = API.format(schema=written, version=version)
    assert yaml.safe_load(text)
    program = program_of(
        "workflows: [{workflowId: w, steps: [{stepId: s, operationId: x}]}]", files={"openapi.yaml": text}
    )
    call: Any = program.workflow.steps[0].call
    found = call.operation.responses["200"].content["application/json"].schema
    assert isinstance(found, Schema)
    return found


def look(written: str, pointer: str, version: str = "3.1.0") -> Inner:
    return at_place((schema_of(written, version),), pointer.split("/")[1:])


PET = "{$ref: '#/components/schemas/Pet'}"
THERE = {
    "a property": ("{properties: {a: {type: string}}}", "/a"),
    "by a reference": (PET, "/friend/friend/name"),
    "an item": ("{type: array, items: {properties: {a: {}}}}", "/0/a"),
    "an item of a tuple": ("{prefixItems: [{properties: {a: {}}}, {type: string}]}", "/0/a"),
    "of all": ("{allOf: [" + PET + ", {properties: {b: {type: string}}}]}", "/b"),
    "of all, by a reference": ("{allOf: [" + PET + ", {properties: {b: {type: string}}}]}", "/friend/name"),
    "beside all": ("{properties: {b: {type: string}}, allOf: [" + PET + "]}", "/name"),
    "of one": ("{oneOf: [{properties: {a: {type: string}}}, " + PET + "]}", "/name"),
    "beside a reference": ("{$ref: '#/components/schemas/Pet', properties: {b: {type: string}}}", "/b"),
    "by a pattern": ("{patternProperties: {'^x': {type: string}}, additionalProperties: false}", "/xy"),
    "one more": ("{properties: {a: {}}, additionalProperties: {type: string}}", "/b"),
}
OPEN = {
    "nothing said": ("{}", "/a"),
    "true": ("true", "/a/b"),
    "an object of which nothing is said": ("{type: object}", "/a"),
    "open in so many words": ("{properties: {a: {}}, additionalProperties: true}", "/b"),
    "an array of anything": ("{type: array}", "/0/a"),
    "of one that is open": ("{oneOf: [{type: object}, " + PET + "]}", "/b"),
    "a condition": ("{properties: {a: {}}, if: {properties: {a: {const: 1}}}, then: {properties: {b: {}}}}", "/b"),
    "subtypes": ("{properties: {kind: {}}, discriminator: {propertyName: kind}}", "/b"),
    "a circle that branches": ("{$ref: '#/components/schemas/Tree'}", "/a"),
    "a circle of all that branches": ("{$ref: '#/components/schemas/Wide'}", "/a"),
    "a circle": ("{$ref: '#/components/schemas/Loop'}", "/a"),
    "a reference that leads nowhere": ("{$ref: '#/components/schemas/Gone'}", "/a"),
    "of all, one of which leads nowhere": (
        "{allOf: [{$ref: '#/components/schemas/Gone'}, {properties: {a: {}}}]}",
        "/b",
    ),
    "a pattern that is none": ("{properties: {a: {}}, patternProperties: {'(': {}}}", "/b"),
}
ABSENT = {
    "not named": ("{properties: {a: {}}}", "/b", ("a",)),
    "closed": ("{properties: {a: {}}, additionalProperties: false}", "/b", ("a",)),
    "below a text": ("{properties: {a: {type: string}}}", "/a/b", ()),
    "below null or a number": ("{properties: {a: {type: [number, 'null']}}}", "/a/b", ()),
    "a member of an array": ("{type: array, items: " + PET + "}", "/name", ()),
    "of none of all": ("{allOf: [{$ref: '#/components/schemas/Base'}, " + PET + "]}", "/b", ("id", "name", "friend")),
    "of none of some": ("{anyOf: [{$ref: '#/components/schemas/Base'}, " + PET + "]}", "/b", ("id", "name", "friend")),
    "deep": (PET, "/friend/b", ("name", "friend")),
    "impossible": ("{properties: {a: false}}", "/a/b", ()),
}


@pytest.mark.parametrize(("written", "pointer"), THERE.values(), ids=THERE)
def test_a_place_that_is_declared(written: str, pointer: str) -> None:
    found = look(written, pointer)
    assert found.schemas
    assert not found.anything


@pytest.mark.parametrize(("written", "pointer"), OPEN.values(), ids=OPEN)
def test_a_place_that_is_left_open(written: str, pointer: str) -> None:
    found = look(written, pointer)
    assert found.anything or all(one.node in ({}, True) for one in found.schemas)
    assert not found.is_absent


@pytest.mark.parametrize(("written", "pointer", "names"), ABSENT.values(), ids=ABSENT)
def test_a_place_that_is_not_there(written: str, pointer: str, names: tuple[str, ...]) -> None:
    found = look(written, pointer)
    assert found.is_absent
    assert found.names == names


@pytest.mark.parametrize(("name", "is_absent"), [("a", False), ("b", True)])
def test_a_name_that_is_meant_for_one_item_is_looked_up_in_the_items(name: str, is_absent: bool) -> None:
    array = schema_of("{type: array, items: {type: object, properties: {a: {}}}}")
    assert at_place((array,), meant((name,))).is_absent is is_absent
    assert at_place((array,), (name,)).is_absent


def test_how_much_was_left() -> None:
    assert look(PET, "/friend/b/c/d").missing == 3


def test_siblings_of_a_reference_count_from_3_1_on() -> None:
    written = "{$ref: '#/components/schemas/Pet', properties: {b: {type: string}}}"
    assert look(written, "/b", "3.0.3").is_absent


@pytest.mark.parametrize(
    ("written", "types"),
    [
        ("{type: string}", {"string"}),
        ("{type: [string, 'null']}", {"string", "null"}),
        ("{allOf: [{type: [string, integer]}, {type: string}]}", {"string"}),
        (PET, {"object"}),
    ],
)
def test_the_types_that_are_allowed(written: str, types: set[str]) -> None:
    assert types_of(schema_of(written)) == frozenset(types)


@pytest.mark.parametrize("written", ["{}", "true", "{oneOf: [{type: string}], type: string}"])
def test_types_of_which_nothing_is_known(written: str) -> None:
    assert types_of(schema_of(written)) is None


def test_nullable_of_3_0_is_a_type() -> None:
    assert types_of(schema_of("{type: string, nullable: true}", "3.0.3")) == frozenset(("string", "null"))
