from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.response_pointer_absent import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent

API = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example'}]
paths:
  /x:
    get:
      operationId: x
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema:
                properties:
                  orderId: {type: string}
                  items: {type: array, items: {properties: {sku: {type: string}}}}
                  free: {type: object}
        '404': {description: gone, content: {application/json: {schema: {properties: {reason: {}}}}}}
  /none: {delete: {operationId: none, responses: {'204': {description: gone}}}}
  /bare: {get: {operationId: bare, responses: {'200': {description: ok}}}}
"""


def case(field: str, code: str = "", help: str = "", operation: str = "x", more: str = "") -> Case:
    text = f"workflows:\n- workflowId: w\n  {more}\n  steps:\n  - {{stepId: s, operationId: {operation}, {field}}}\n"
    return Case(text, code, Severity.WARNING, help, files={"openapi.yaml": API})


def doubt(field: str, help: str = "", operation: str = "x") -> Case:
    return case(field, "response-pointer-absent", help, operation)


FIRES = {
    "another case": doubt("outputs: {o: «$response.body#/orderID»}", "did you mean 'orderId'?"),
    "below a text": doubt("outputs: {o: «$response.body#/orderId/x»}", "the description declares nothing below there"),
    "in an item": doubt("outputs: {o: «$response.body#/items/0/skus»}", "did you mean 'sku'?"),
    "with points": doubt("outputs: {o: «$response.body.orderID»}"),
    "a condition": doubt("successCriteria: [{condition: '«$response.body#/state» == 1'}]", "known: 'orderId'"),
    "a context": doubt("successCriteria: [{context: «$response.body#/state», condition: a, type: regex}]"),
    "an action": doubt("onSuccess: [{name: a, type: end, criteria: [{condition: '«$response.body#/a» == 1'}]}]"),
    "no body at all": doubt("outputs: {o: «$response.body#/a»}", operation="none"),
}


def later(value: str, code: str = "") -> Case:
    text = f"""
workflows:
- workflowId: w
  steps:
  - {{stepId: s, operationId: x, outputs: {{all: $response.body, list: $response.body#/items, status: $statusCode}}}}
  - {{stepId: t, operationId: x, outputs: {{o: {value}}}}}
  outputs: {{o: {value}}}
"""
    return Case(text, code, Severity.WARNING, files={"openapi.yaml": API})


FIRES["an output of a step"] = later("'«$steps.s.outputs.all#/orderID»'", "response-pointer-absent")
FIRES["a part of an output"] = later("'«$steps.s.outputs.list#/0/skus»'", "response-pointer-absent")
INHERITED = "successActions: [{name: a, type: end, criteria: [{condition: '$response.body#/other == 1'}]}]"
SILENT = {
    "after a failure": case("onFailure: [{name: a, type: end, criteria: [{condition: '$response.body#/error == 1'}]}]"),
    "an error is expected": case(
        "successCriteria: [{condition: $statusCode == 404}], outputs: {o: $response.body#/why}"
    ),
    "declared": case("outputs: {o: $response.body#/orderId}"),
    "an item": case("outputs: {o: $response.body#/items/0/sku}"),
    "the length of an array": case("outputs: {o: $response.body.items.length}"),
    "left open": case("outputs: {o: $response.body#/free/any}"),
    "of an error": case("outputs: {o: $response.body#/reason}"),
    "nothing declared": case("outputs: {o: $response.body#/a}", operation="bare"),
    "of an output": later("'$steps.s.outputs.list#/0/sku'"),
    "of an output of which nothing is known": later("'$steps.s.outputs.status#/0/sku'"),
    "the whole body": case("outputs: {o: $response.body}"),
    "of the request": case("outputs: {o: $request.body#/a}"),
    "an action of all steps": case("outputs: {o: $response.body}", more=INHERITED),
}


@pytest.mark.parametrize("each", FIRES.values(), ids=FIRES)
def test_it_fires(each: Case) -> None:
    assert_fires(check, each)


@pytest.mark.parametrize("each", SILENT.values(), ids=SILENT)
def test_it_is_silent(each: Case) -> None:
    assert_silent(check, each)
