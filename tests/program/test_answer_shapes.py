from __future__ import annotations

import json

import pytest

from arazzo_runner.program.answer_shapes import Kind, Shape, answer_shape
from arazzo_runner.program.model import OperationCall
from arazzo_runner.values import JSON
from tests.engine.programs import program_of

WORKFLOW = "workflows:\n- {workflowId: w, steps: [{stepId: s, operationId: give}]}\n"
TEXT: JSON = {"type": "string"}
ITEM: JSON = {"type": "object", "properties": {"id": TEXT, "tags": {"type": "array", "items": TEXT}}}


def of(responses: JSON) -> Shape:
    api: JSON = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/give": {"get": {"operationId": "give", "responses": responses}}},
        "components": {"schemas": {"Item": ITEM, "Self": {"allOf": [{"$ref": "#/components/schemas/Self"}]}}},
    }
    call = program_of(WORKFLOW, files={"openapi.yaml": json.dumps(api)}).workflow.steps[0].call
    assert isinstance(call, OperationCall)
    return answer_shape(call.operation)


def content(**schemas: JSON) -> JSON:
    types = {"json": "application/json", "pdf": "application/pdf", "any": "*/*", "text": "text/plain"}
    told: dict[str, JSON] = {
        types[name]: {} if schema is None else {"schema": schema} for name, schema in schemas.items()
    }
    return {"200": {"description": "d", "content": told}}


@pytest.mark.parametrize(
    ("responses", "kind"),
    [
        (content(json=TEXT), Kind.SCALAR),
        (content(json={"type": ["integer", "null"]}), Kind.SCALAR),
        (content(json={"type": "array", "items": {}}), Kind.ARRAY),
        (content(json={"items": {}}), Kind.ARRAY),
        (content(json={"$ref": "#/components/schemas/Item"}), Kind.OBJECT),
        (content(json={"allOf": [{"properties": {"a": {}}}]}), Kind.OBJECT),
        (content(any={"type": "array"}), Kind.ARRAY),
        (content(json=TEXT, text={"type": "array"}), Kind.SCALAR),
        (content(json=None, any=ITEM), Kind.OBJECT),
        (content(pdf={"type": "string", "format": "binary"}), Kind.SCALAR),
        (content(pdf=None), Kind.UNKNOWN),
        (content(text=ITEM), Kind.UNKNOWN),
        (content(json={}), Kind.UNKNOWN),
        (content(json={"type": ["string", "object"]}), Kind.UNKNOWN),
        (content(json={"oneOf": [TEXT, ITEM], "type": "string"}), Kind.UNKNOWN),
        (content(json={"$ref": "#/components/schemas/Self"}), Kind.UNKNOWN),
        ({"200": {"description": "d"}}, Kind.UNKNOWN),
        ({"404": {"description": "d", "content": {"application/json": {"schema": TEXT}}}}, Kind.UNKNOWN),
        ({"default": {"description": "d", "content": {"application/json": {"schema": TEXT}}}}, Kind.SCALAR),
    ],
)
def test_the_kind_of_a_body_is_told_where_there_is_no_doubt(responses: JSON, kind: Kind) -> None:
    assert of(responses).kind is kind


def test_answers_that_differ_leave_the_kind_open() -> None:
    other: JSON = {"description": "d", "content": {"application/json": {"schema": ITEM}}}
    both = content(json=TEXT)
    assert isinstance(both, dict)
    assert of({**both, "201": other}).kind is Kind.UNKNOWN


@pytest.mark.parametrize(
    ("way", "kind"),
    [
        ((), Kind.ARRAY),
        ((0,), Kind.OBJECT),
        (("0", "id"), Kind.SCALAR),
        (("0", "tags"), Kind.ARRAY),
        (("0", "tags", 3), Kind.SCALAR),
        (("0", "none"), Kind.UNKNOWN),
        (("id",), Kind.UNKNOWN),
    ],
)
def test_a_place_inside_is_followed(way: tuple[str | int, ...], kind: Kind) -> None:
    assert of(content(json={"type": "array", "items": ITEM})).at(way).kind is kind


@pytest.mark.parametrize(
    ("extra", "lacks", "closed"),
    [({}, True, False), ({"additionalProperties": False}, True, True), ({"additionalProperties": True}, False, False)],
)
def test_members_are_declared_or_lacking(extra: dict[str, JSON], lacks: bool, closed: bool) -> None:
    found = of(content(json={"type": "object", "properties": {"id": TEXT}, **extra}))
    assert found.declares("id")
    assert not found.lacks("id")
    assert not found.declares("name")
    assert found.lacks("name") is lacks
    assert found.is_closed() is closed
    assert not Shape().lacks("id")
    assert not Shape().declares("id")
