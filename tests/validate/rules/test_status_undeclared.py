from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.status_undeclared import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent

API = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example'}]
paths:
  /x:
    get:
      operationId: x
      responses: {'201': {description: ok}, '404': {description: gone}, '5XX': {description: broken}}
  /any: {get: {operationId: any, responses: {default: {description: any}}}}
  /none: {get: {operationId: none}}
"""


def asserting(condition: str, operation: str = "x", rest: str = "") -> str:
    criterion = f"{{condition: {condition}{rest}}}"
    return f"workflows:\n- workflowId: w\n  steps: [{{stepId: s, operationId: {operation}, successCriteria: [{criterion}]}}]\n"


def doubt(condition: str) -> Case:
    declared = "declared: 201, 404, 5XX"
    return Case(asserting(condition), "reading-P18", Severity.WARNING, declared, files={"openapi.yaml": API})


def fine(condition: str, operation: str = "x", rest: str = "") -> Case:
    return Case(asserting(condition, operation, rest), files={"openapi.yaml": API})


FIRES = {
    "P18": doubt("«$statusCode == 200»"),
    "the other way round": doubt("«200 == $statusCode»"),
    "as text": doubt("«$statusCode == '200'»"),
    "with more beside it": doubt("«$statusCode == 200 && $response.body#/ok == true»"),
    "none of several": doubt("«$statusCode == 200 || $statusCode == 202»"),
    "a class": doubt("«$statusCode == 3XX»"),
}

SILENT = {
    "declared": fine("$statusCode == 201"),
    "declared by its class": fine("$statusCode == 503"),
    "a class of which one is declared": fine("$statusCode == 4XX"),
    "one of several is declared": fine("$statusCode == 200 || $statusCode == 201"),
    "or something else": fine("$statusCode == 200 || $response.body#/ok == true"),
    "a negation": fine("$statusCode != 200"),
    "under a negation": fine("'!($statusCode == 200)'"),
    "an ordering": fine("$statusCode < 300"),
    "no status": fine("$statusCode == 9999"),
    "a default response": fine("$statusCode == 200", "any"),
    "no responses": fine("$statusCode == 200", "none"),
    "another type": fine("'^200$'", "x", ", context: $statusCode, type: regex"),
    "does not parse": fine("$statusCode = 200"),
}


@pytest.mark.parametrize("case", FIRES.values(), ids=FIRES)
def test_fires(case: Case) -> None:
    assert_fires(check, case)


@pytest.mark.parametrize("case", SILENT.values(), ids=SILENT)
def test_is_silent(case: Case) -> None:
    assert_silent(check, case)
