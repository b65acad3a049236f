from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.body_missing import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent

API = """
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /must: {post: {operationId: must, requestBody: {required: true, content: {application/json: {}}}, responses: {}}}
  /may: {post: {operationId: may, requestBody: {content: {application/json: {}}}, responses: {}}}
  /none: {get: {operationId: none, responses: {}}}
"""


def case(step: str, fires: bool = False) -> Case:
    text = f"workflows:\n- workflowId: w\n  steps:\n  - {step}\n"
    help = "add `requestBody: {payload: ...}`; the operation takes application/json" if fires else ""
    return Case(text, "body-missing" if fires else "", Severity.WARNING, help, files={"openapi.yaml": API})


FIRES = {
    "BOD-20": case("{stepId: «s», operationId: must}", fires=True),
    "a body without a payload": case(
        "{stepId: «s», operationId: must, requestBody: {contentType: application/json}}", fires=True
    ),
}
SILENT = {
    "given": case("{stepId: s, operationId: must, requestBody: {payload: {}}}"),
    "null is a payload": case("{stepId: s, operationId: must, requestBody: {payload: null}}"),
    "not required": case("{stepId: s, operationId: may}"),
    "none declared": case("{stepId: s, operationId: none}"),
}


@pytest.mark.parametrize("case", FIRES.values(), ids=FIRES)
def test_fires(case: Case) -> None:
    assert_fires(check, case)


@pytest.mark.parametrize("case", SILENT.values(), ids=SILENT)
def test_is_silent(case: Case) -> None:
    assert_silent(check, case)
