from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.condition_value import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent

API = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example'}]
components: {schemas: {State: {type: string, enum: [running, completed, null]}}}
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
                  state: {$ref: '#/components/schemas/State'}
                  kind: {const: order}
                  level: {enum: [1, 2]}
                  either: {oneOf: [{enum: [a]}, {type: string}]}
                  both: {allOf: [{type: string}, {enum: [a, b]}]}
                  jobs: {type: array, items: {properties: {state: {$ref: '#/components/schemas/State'}}}}
                  free: {type: string}
        '404': {description: gone, content: {application/json: {schema: {properties: {reason: {enum: [gone]}, state: {enum: [failed]}}}}}}
"""


def case(condition: str, code: str = "", help: str = "", field: str = "successCriteria: [{condition: HERE}]") -> Case:
    written = field.replace("HERE", condition)
    text = f"""
workflows:
- workflowId: w
  inputs: {{type: object, properties: {{env: {{enum: [dev, prod]}}, any: {{}}}}}}
  steps:
  - {{stepId: s, operationId: x, outputs: {{state: $response.body#/state, body: $response.body, code: $statusCode}}}}
  - {{stepId: t, operationId: x, {written}}}
"""
    return Case(text, code, Severity.WARNING, help, files={"openapi.yaml": API})


def doubt(condition: str, help: str = "", field: str = "successCriteria: [{condition: HERE}]") -> Case:
    return case(f'«"{condition}"»', "condition-value", help, field)


ACTION = "onSuccess: [{name: a, type: end, criteria: [{condition: HERE}]}]"
FAILURE = "onFailure: [{name: a, type: end, criteria: [{condition: HERE}]}]"
GONE = "successCriteria: [{condition: $statusCode == 404}, {condition: HERE}]"
FIRES = {
    "none of an enum": doubt("$response.body#/state == 'complete'", "did you mean 'completed'?"),
    "the other way round": doubt("'done' == $response.body#/state", "known: 'running', 'completed'"),
    "not the constant": doubt("$response.body#/kind == 'ordr'", "did you mean 'order'?"),
    "no number of the list": doubt("$response.body#/level == 3"),
    "one of several": doubt("$response.body#/state == 'done' || $response.body#/state == 'running'"),
    "in an item": doubt("$response.body#/jobs/0/state == 'done'"),
    "listed in allOf": doubt("$response.body#/both == 'c'"),
    "an output of a step": doubt("$steps.s.outputs.state == 'done'"),
    "a part of an output": doubt("$steps.s.outputs.body#/state == 'done'"),
    "an input": doubt("$inputs.env == 'production'", "known: 'dev', 'prod'"),
    "an action": doubt("$response.body#/state == 'done'", field=ACTION),
}
SILENT = {
    "listed": case("$response.body#/state == 'completed'"),
    "listed in another case": case("$response.body#/state == 'COMPLETED'"),
    "a number as a text": case("$response.body#/level == '2'"),
    "a number with a fraction": case("$response.body#/level == 2.0"),
    "null": case("$response.body#/kind == null"),
    "not equal": case("$response.body#/state != 'done'"),
    "negated": case('"!($response.body#/state == \'done\')"'),
    "nothing listed": case("$response.body#/free == 'done'"),
    "one alternative lists nothing": case("$response.body#/either == 'done'"),
    "an input of any value": case("$inputs.any == 'x'"),
    "an output that lists nothing": case("$steps.s.outputs.code == 299"),
    "listed by an error": case("$response.body#/state == 'failed'"),
    "after a failure": case("$response.body#/state == 'done'", field=FAILURE),
    "an error is expected": case("$response.body#/state == 'done'", field=GONE),
    "another kind of criterion": case("^done$", field="successCriteria: [{context: $response.body#/state, condition: HERE, type: regex}]"),
}  # fmt: skip


@pytest.mark.parametrize("each", FIRES.values(), ids=FIRES)
def test_it_fires(each: Case) -> None:
    assert_fires(check, each)


@pytest.mark.parametrize("each", SILENT.values(), ids=SILENT)
def test_it_is_silent(each: Case) -> None:
    assert_silent(check, each)
