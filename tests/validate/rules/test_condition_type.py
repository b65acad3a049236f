from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.condition_type import check
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
                properties: {items: {type: array, items: {type: string}}, one: {type: object}, n: {type: integer}, u: {}}
"""


def case(condition: str, code: str = "", action: bool = False) -> Case:
    listed = f"[{{condition: {condition}}}]"
    field = f"onSuccess: [{{name: a, type: end, criteria: {listed}}}]" if action else f"successCriteria: {listed}"
    text = f"workflows:\n- workflowId: w\n  steps: [{{stepId: s, operationId: x, {field}}}]\n"
    help = "compare what is inside it" if code else ""
    return Case(text, code, Severity.WARNING, help, files={"openapi.yaml": API})


def doubt(condition: str, action: bool = False) -> Case:
    return case(f"«'{condition}'»", "condition-type", action)


FIRES = {
    "greater": doubt("$response.body#/items > 0"),
    "equal": doubt("$response.body#/one == 5"),
    "the other way round": doubt("0 < $response.body#/items"),
    "a part of it": doubt("$statusCode == 200 && $response.body#/items == true"),
    "an action": doubt("$response.body#/one == true", action=True),
}
FAILURE = "onFailure: [{name: a, type: end, criteria: [{condition: '$response.body#/one == 5'}]}]"
SILENT = {
    "after a failure": Case(
        f"workflows:\n- workflowId: w\n  steps: [{{stepId: s, operationId: x, {FAILURE}}}]\n",
        files={"openapi.yaml": API},
    ),
    "a number": case("'$response.body#/n > 0'"),
    "an item": case("'$response.body#/items/0 == 5'"),
    "null": case("'$response.body#/one == null'"),
    "not equal": case("'$response.body#/one != 5'"),
    "nothing is known": case("'$response.body#/u == 5'"),
    "alone": case("'$response.body#/items'"),
    "two values": case("'$response.body#/one == $response.body#/items'"),
}


@pytest.mark.parametrize("each", FIRES.values(), ids=FIRES)
def test_it_fires(each: Case) -> None:
    assert_fires(check, each)


@pytest.mark.parametrize("each", SILENT.values(), ids=SILENT)
def test_it_is_silent(each: Case) -> None:
    assert_silent(check, each)
