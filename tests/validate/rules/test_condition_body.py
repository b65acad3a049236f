from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.condition_body import check
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
                required: [state]
                properties:
                  state: {enum: [open, done]}
                  jobs: {type: array, items: {type: object, properties: {id: {type: string, pattern: '^[a-z]+$'}}}}
                  free: {}
        '404': {description: gone, content: {application/json: {schema: {type: array}}}}
"""


def case(criterion: str, code: str = "", more: str = "") -> Case:
    text = f"""
workflows:
- workflowId: w
  steps:
  - {{stepId: s, operationId: x, successCriteria: [{criterion}{more}]}}
"""
    help = "write a body that the description allows" if code else ""
    return Case(text, code, Severity.WARNING, help, files={"openapi.yaml": API})


def doubt(context: str, condition: str) -> Case:
    return case(f"{{context: {context}, condition: «'{condition}'»}}", "condition-body")


def fine(context: str, condition: str, more: str = "") -> Case:
    return case(f"{{context: {context}, condition: '{condition}'}}", more=more)


FIRES = {
    "none of an enum": doubt("$response.body", '{"state": "opn"}'),
    "a member is missing": doubt("$response.body", '{"jobs": []}'),
    "another type": doubt("$response.body", "[1]"),
    "a pattern, in a part": doubt("$response.body#/jobs", '[{"id": "A1"}]'),
}
SILENT = {
    "what the schema allows": fine("$response.body", '{"state": "open", "jobs": [{"id": "a"}], "more": 1}'),
    "a part": fine("$response.body#/jobs", "[]"),
    "a part of which nothing is said": fine("$response.body#/free", '{"any": [1]}'),
    "a header": fine("$response.header.X", '{"state": "opn"}'),
    "no literal": fine("$response.body", "$response.body#/state == 1"),
    "no JSON": fine("$response.body", "{$response.body#/state} == 1"),
    "an answer of failure": fine("$response.body", "[1]", ", {condition: $statusCode == 404}"),
}


@pytest.mark.parametrize("case", FIRES.values(), ids=FIRES)
def test_fires(case: Case) -> None:
    assert_fires(check, case)


@pytest.mark.parametrize("case", SILENT.values(), ids=SILENT)
def test_is_silent(case: Case) -> None:
    assert_silent(check, case)
