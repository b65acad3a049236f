from __future__ import annotations

from typing import Any

import pytest

from arazzo_runner.sources.openapi import marks
from arazzo_runner.sources.openapi.marks import is_marked_schema, marked_in_answers, marked_in_requests
from arazzo_runner.sources.operations import MediaType, Operation, OperationBody, OperationResponse, Schema
from arazzo_runner.values import JSON
from tests.sources.openapi.described import schema

SECRET: JSON = {"format": "password"}
PARTS: dict[str, Any] = {
    "Pin": {"type": "string", "format": "password"},
    "Loop": {
        "properties": {"again": {"$ref": "#/components/schemas/Loop"}, "pin": {"$ref": "#/components/schemas/Pin"}}
    },
    "Circle": {"$ref": "#/components/schemas/Circle"},
}


def operation(sent: Schema | None, *received: Schema) -> Operation:
    document = schema({}).document
    body = None if sent is None else OperationBody(False, {"application/json": MediaType("application/json", sent)})
    answers = {
        str(200 + index): OperationResponse(str(200 + index), content={"a/b": MediaType("a/b", each)})
        for index, each in enumerate(received)
    }
    return Operation("api", "o", "POST", "/o", ("paths",), document, body=body, responses=answers)


@pytest.mark.parametrize(
    ("node", "names"),
    [
        ({"properties": {"a": SECRET, "b": {"type": "string"}}}, {"a"}),
        ({"properties": {"a": {"properties": {"b": {"items": {"properties": {"c": SECRET}}}}}}}, {"c"}),
        ({"properties": {"a": {"items": SECRET}}}, {"a"}),
        ({"properties": {"a": {"prefixItems": [{}, SECRET]}}}, {"a"}),
        ({"properties": {"a": {"additionalProperties": {"x-sensitive": True}}}}, {"a"}),
        ({"allOf": [{"properties": {"a": SECRET}}, {"oneOf": [{"properties": {"b": SECRET}}]}]}, {"a", "b"}),
        ({"properties": {"a": {"$ref": "#/components/schemas/Pin"}}}, {"a"}),
        ({"properties": {"a": {"$ref": "#/components/schemas/Pin", "title": "t"}}}, {"a"}),
        ({"$ref": "#/components/schemas/Loop"}, {"pin"}),
        ({"$ref": "#/components/schemas/Circle"}, set()),
        ({"$ref": "#/components/schemas/Nowhere"}, set()),
        (SECRET, {""}),
        ({"items": SECRET}, {""}),
        ({"properties": 5, "allOf": 5, "items": 5}, set()),
        (True, set()),
    ],
)
def test_members_that_are_marked_are_found_at_any_depth(node: JSON, names: set[str]) -> None:
    given = schema(node, **PARTS)
    assert marked_in_answers(operation(None, schema({}), given)) == names
    assert marked_in_requests(operation(given)) == names
    assert marked_in_requests(operation(None, given)) == marked_in_answers(operation(given)) == set()
    assert is_marked_schema(given) is ("" in names)


def test_no_schema_marks_nothing() -> None:
    assert not is_marked_schema(None)


def test_no_more_schemas_are_looked_at_than_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "MAX_MARKS_LOOKED_AT", 3)
    given = schema({"properties": dict.fromkeys("abcdefgh", SECRET)})
    assert len(marked_in_requests(operation(given))) == 2
