from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.selector_absent import check
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
                type: object
                properties:
                  id: {type: string}
                  items: {type: array, items: {type: object, properties: {sku: {type: string}, n: {type: integer}}}}
                  free: {type: object}
                  maybe: {type: [array, object], items: {properties: {a: {}}}}
  /list:
    get:
      operationId: list
      responses:
        '200': {description: ok, content: {application/json: {schema: {type: array, items: {properties: {id: {}}}}}}}
"""


def case(field: str, code: str = "", help: str = "", operation: str = "x") -> Case:
    text = f"""
workflows:
- workflowId: w
  steps:
  - {{stepId: s, operationId: {operation}, outputs: {{all: $response.body}}}}
  - {{stepId: t, operationId: {operation}, {field}}}
"""
    return Case(text, code, Severity.WARNING, help, version="1.1.0", files={"openapi.yaml": API})


def selector(text: str, type: str = "jsonpath", context: str = "$response.body") -> str:
    return f"outputs: {{o: {{context: {context}, selector: {text}, type: {type}}}}}"


def criterion(text: str, type: str = "jsonpath") -> str:
    return f"successCriteria: [{{context: $response.body, condition: {text}, type: {type}}}]"


def doubt(field: str, help: str = "", operation: str = "x") -> Case:
    return case(field, "selector-absent", help, operation)


FIRES = {
    "a pointer": doubt(selector("«/idd»", "jsonpointer"), "did you mean 'id'?"),
    "a pointer into an item": doubt(selector("«/items/0/skus»", "jsonpointer"), "did you mean 'sku'?"),
    "a name": doubt(selector("«$.itens»"), "did you mean 'items'?"),
    "an item": doubt(selector("«'$.items[0].skus'»"), "did you mean 'sku'?"),
    "every item": doubt(selector("«'$.items[*].skus'»"), "did you mean 'sku'?"),
    "names in brackets": doubt(selector("«\"$['items'][0]['skus']\"»")),
    "in front of more": doubt(selector("«'$.itens[?@.x > 1]..y'»"), "did you mean 'items'?"),
    "in a filter": doubt(selector("«'$.items[?@.skus == 1]'»"), "did you mean 'sku'?"),
    "in a filter with more": doubt(selector("«\"$.items[?@.n > 1 && @.skus == 'a@.b']\"»")),
    "a type with its version": doubt(selector("«$.itens»", "{type: jsonpath, version: rfc9535}")),
    "a criterion": doubt(criterion("«'$.itens[?@.n > 1]'»"), "did you mean 'items'?"),
    "a criterion on a list": doubt(criterion("«'$[?@.idd > 1]'»"), "did you mean 'id'?", operation="list"),
    "a place of the answer": doubt(selector("«'$[0].skus'»", context="$response.body#/items"), "did you mean 'sku'?"),
    "an output of a step": doubt(selector("«$.itens»", context="$steps.s.outputs.all"), "did you mean 'items'?"),
}
SILENT = {
    "there": case(selector("'$.items[*].sku'")),
    "a pointer that is there": case(selector("/items/0/sku", "jsonpointer")),
    "the whole": case(selector("$")),
    "the whole by a pointer": case(selector("''", "jsonpointer")),
    "a descendant": case(selector("$..skus")),
    "left open": case(selector("$.free.any")),
    "a list or not": case(selector("'$.maybe[*].b'")),
    "the members of an object": case(selector("'$.*.skus'")),
    "a filter of members": case(criterion("'$[?@.skus > 1]'")),
    "the length": case(criterion("$.items.length > 0")),
    "a function": case(criterion("'$.items.count() > 0'")),
    "that it is not there": case(criterion("'$.items[?!@.error]'")),
    "in a text": case(criterion("\"$.items[?@.sku == '@.skus']\"")),
    "filters in one another": case(criterion("'$.items[?@.sku[?@.skus]]'")),
    "with an expression in it": case(selector("'/{$inputs.a}'", "jsonpointer")),
    "another language": case(criterion("^itens$", "regex")),
    "XML": case(selector("//itens", "xpath")),
    "another context": case(selector("$.itens", context="$request.body")),
    "a context that is not there": case(selector("$.x", context="$response.body#/itens")),
    "after a failure": case(
        "onFailure: [{name: a, type: end, criteria: [{context: $response.body, condition: $.why, type: jsonpath}]}]"
    ),
    "an error is expected": case("successCriteria: [{condition: $statusCode == 404}, {context: $response.body, condition: $.why, type: jsonpath}]"),
}  # fmt: skip


@pytest.mark.parametrize("each", FIRES.values(), ids=FIRES)
def test_it_fires(each: Case) -> None:
    assert_fires(check, each)


@pytest.mark.parametrize("each", SILENT.values(), ids=SILENT)
def test_it_is_silent(each: Case) -> None:
    assert_silent(check, each)
