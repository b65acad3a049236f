from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.body_mismatch import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent

API = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example'}]
paths:
  /order:
    post:
      operationId: order
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
      responses: {}
  /form:
    post:
      operationId: form
      requestBody: {content: {application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Order'}}}}
      responses: {}
  /bare: {post: {operationId: bare, requestBody: {content: {application/json: {}}}, responses: {}}}
components:
  schemas:
    Order:
      type: object
      required: [sku]
      properties:
        sku: {type: string}
        qty: {type: integer, minimum: 1}
        id: {type: string, readOnly: true}
        kind: {oneOf: [{const: a}, {type: object, properties: {n: {type: integer}}, required: [n]}]}
"""


def case(body: str, code: str = "", operation: str = "order", more: str = "") -> Case:
    text = f"""
workflows:
- workflowId: w
  inputs: {{type: object, properties: {{s: {{type: string}}, n: {{type: integer}}, u: {{}}}}}}
  steps:
  - {{stepId: s, operationId: {operation}, requestBody: {{{body}}}{more}}}
"""
    helps = {"body-mismatch": "write it as the API", "body-content-type": "offered: "}
    return Case(text, code, Severity.WARNING, helps.get(code, ""), files={"openapi.yaml": API})


def doubt(payload: str, operation: str = "order") -> Case:
    return case(f"payload: {payload}", "body-mismatch", operation)


def fine(payload: str, operation: str = "order") -> Case:
    return case(f"payload: {payload}", "", operation)


FIRES = {
    "a member is missing": doubt("«{qty: 1}»"),
    "a member is missing beside an expression": doubt("«{qty: $inputs.n}»"),
    "another type": doubt("{sku: «5»}"),
    "too small": doubt("{sku: a, qty: «0»}"),
    "a number as text": doubt("{sku: a, qty: «'1'»}"),
    "an input of another type": doubt("{sku: a, qty: «$inputs.s»}"),
    "a text with an expression": doubt("{sku: a, qty: «'{$inputs.n}0'»}"),
    "a status for a text": doubt("{sku: «$statusCode»}"),
    "none of some": doubt("{sku: a, kind: «b»}"),
    "no object": doubt("«[1]»"),
    "JSON as text lacks a member": doubt("«'{\"qty\": 1}'»"),
    "JSON as text of another type": doubt('«\'{"sku": "a", "qty": "x"}\'»'),
    "a text that holds no JSON": doubt("«hello»"),
    "a form lacks a member": doubt("«{qty: 1}»", "form"),
    "a content type": case("contentType: «text/csv», payload: {sku: a}", "body-content-type"),
}
SILENT = {
    "as declared": fine("{sku: a, qty: 1}"),
    "more than declared": fine("{sku: a, other: 1}"),
    "an input of which nothing is known": fine("{sku: $inputs.u, qty: $inputs.u}"),
    "of the right type": fine("{sku: $inputs.s, qty: $inputs.n}"),
    "inside alternatives": fine("{sku: a, kind: {n: $inputs.u}}"),
    "the whole is an expression": fine("$inputs.u"),
    "JSON as text": fine('\'{"sku": "a", "qty": 1}\''),
    "JSON as text with an expression": fine('\'{"qty": "{$inputs.s}"}\''),
    "a form as text": fine("qty=1", "form"),
    "a text where nothing is declared": fine("text", "bare"),
    "values of a form are texts": fine("{sku: 5, qty: '1'}", "form"),
    "no schema": fine("{any: thing}", "bare"),
    "a parameter of the content type": case("contentType: application/json; charset=utf-8, payload: {sku: a}"),
    "a range": case("contentType: '*/*', payload: {sku: a}"),
    "replaced": case("payload: {qty: 1}, replacements: [{target: /sku, value: a}]"),
    "no body is declared": fine("{a: 1}", "x"),
}


@pytest.mark.parametrize("each", FIRES.values(), ids=FIRES)
def test_it_fires(each: Case) -> None:
    assert_fires(check, each)


@pytest.mark.parametrize("each", SILENT.values(), ids=SILENT)
def test_it_is_silent(each: Case) -> None:
    assert_silent(check, each)
