from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.header_undeclared import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent

API = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example'}]
paths:
  /x: {get: {operationId: x, responses: {'200': {description: ok, headers: {X-Total: {schema: {type: integer}}}}}}}
  /y: {get: {operationId: y, responses: {'200': {description: ok}}}}
  /n: {get: {operationId: n}}
"""


def case(field: str, operation: str = "x", code: str = "", help: str = "") -> Case:
    text = f"workflows:\n- workflowId: w\n  steps: [{{stepId: s, operationId: {operation}, {field}}}]\n"
    return Case(text, code, Severity.NOTE, help, files={"openapi.yaml": API})


FIRES = {
    "misspelt": case(
        "outputs: {o: «$response.header.X-Totl»}", code="header-undeclared", help="did you mean 'X-Total'?"
    ),
    "none is declared": case("outputs: {o: «$response.header.X-Id»}", "y", "header-undeclared", "declare it in"),
    "in a condition": case("successCriteria: [{condition: '«$response.header.X-Id» == 1'}]", "y", "header-undeclared"),
}
SILENT = {
    "declared": case("outputs: {o: $response.header.X-Total}"),
    "in another case": case("outputs: {o: $response.header.x-total}"),
    "of HTTP": case("outputs: {o: $response.header.Location}", "y"),
    "of the request": case("outputs: {o: $request.header.X-Id}", "y"),
    "no answers": case("outputs: {o: $response.header.X-Id}", "n"),
}


@pytest.mark.parametrize("each", FIRES.values(), ids=FIRES)
def test_it_fires(each: Case) -> None:
    assert_fires(check, each)


@pytest.mark.parametrize("each", SILENT.values(), ids=SILENT)
def test_it_is_silent(each: Case) -> None:
    assert_silent(check, each)
