from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.body_unexpected import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent

API = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example'}]
paths:
  /x:
    get: {operationId: get, responses: {}}
    delete: {operationId: delete, responses: {}}
    head: {operationId: head, responses: {}}
    post: {operationId: post, responses: {}}
    options: {operationId: options, responses: {}}
  /declared:
    delete: {operationId: told, requestBody: {content: {application/json: {}}}, responses: {}}
"""


def case(operation: str, body: str, code: str = "") -> Case:
    text = f"workflows:\n- workflowId: w\n  steps: [{{stepId: s, operationId: {operation}{body}}}]\n"
    help = "send the values as parameters" if code else ""
    return Case(text, code, Severity.WARNING, help, files={"openapi.yaml": API})


BODY = ", «requestBody»: {payload: {a: 1}}"
PLAIN = ", requestBody: {payload: {a: 1}}"
FIRES = {name: case(name, BODY, "body-unexpected") for name in ("get", "delete", "head")}
SILENT = {
    "a POST": case("post", PLAIN),
    "OPTIONS may have one": case("options", PLAIN),
    "declared": case("told", PLAIN),
    "no body": case("get", ""),
}


@pytest.mark.parametrize("each", FIRES.values(), ids=FIRES)
def test_it_fires(each: Case) -> None:
    assert_fires(check, each)


@pytest.mark.parametrize("each", SILENT.values(), ids=SILENT)
def test_it_is_silent(each: Case) -> None:
    assert_silent(check, each)
