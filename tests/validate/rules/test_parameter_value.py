from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.parameter_value import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent

API = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example'}]
paths:
  /x:
    get:
      operationId: x
      parameters:
      - {name: status, in: query, schema: {type: string, enum: [available, sold]}}
      - {name: page, in: query, schema: {type: integer, minimum: 1}}
      - {name: flag, in: query, schema: {type: boolean}}
      - {name: text, in: query, schema: {type: string, maxLength: 3}}
      - {name: ids, in: query, schema: {type: array, items: {type: integer}}}
      - {name: filter, in: query, content: {application/json: {schema: {type: object, required: [a], properties: {b: {type: integer}}}}}}
      - {name: X-Kind, in: header, schema: {enum: [a, b]}}
      responses: {}
"""
REUSED = """
workflows:
- workflowId: w
  steps: [{stepId: s, operationId: x, parameters: [{reference: $components.parameters.page, value: «-5»}]}]
components: {parameters: {page: {name: page, in: query, value: 1}}}
"""


def case(name: str, value: str, code: str = "", place: str = "query") -> Case:
    parameter = f"{{name: {name}, in: {place}, value: {value}}}"
    text = f"workflows:\n- workflowId: w\n  inputs: {{properties: {{i: {{}}}}}}\n  steps:\n  - {{stepId: s, operationId: x, parameters: [{parameter}]}}\n"
    return Case(text, code, Severity.WARNING, "give a value" if code else "", files={"openapi.yaml": API})


def doubt(name: str, value: str, place: str = "query") -> Case:
    return case(name, f"«{value}»", "parameter-value", place)


FIRES = {
    "none of the enum": doubt("status", "solid"),
    "too small": doubt("page", "0"),
    "no number": doubt("page", "first"),
    "no boolean": doubt("flag", "'yes'"),
    "too long": doubt("text", "long"),
    "an item": doubt("ids", "[1, x]"),
    "by a media type": doubt("filter", "{b: 1}"),
    "a header": doubt("X-Kind", "c", "header"),
    "in another case": doubt("x-kind", "c", "header"),
    "given to a component": Case(
        REUSED, "parameter-value", Severity.WARNING, "give a value", files={"openapi.yaml": API}
    ),
}
SILENT = {
    "allowed": case("status", "sold"),
    "a number as text": case("page", "'5'"),
    "a boolean as text": case("flag", "'true'"),
    "a number for a text": case("text", "12"),
    "items as text": case("ids", "['1', 2]"),
    "items in one text": case("ids", "'1,2'"),
    "one item": case("ids", "1"),
    "an object in one text": case("filter", "'{\"a\": 1}'"),
    "null in an object": case("filter", "{a: 1, b: null}"),
    "an expression": case("page", "$inputs.i"),
    "a text with an expression": case("status", "'a{$inputs.i}'"),
    "null is left out": case("page", "null"),
    "not declared": case("other", "1"),
}


@pytest.mark.parametrize("each", FIRES.values(), ids=FIRES)
def test_it_fires(each: Case) -> None:
    assert_fires(check, each)


@pytest.mark.parametrize("each", SILENT.values(), ids=SILENT)
def test_it_is_silent(each: Case) -> None:
    assert_silent(check, each)
