from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.credentials_wanted import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent

API = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example'}]
paths:
  /x: {get: {operationId: x, security: [{token: []}], responses: {}}}
  /k: {get: {operationId: k, security: [{key: []}], responses: {}}}
  /free: {get: {operationId: free, security: [{token: []}, {}], responses: {}}}
  /o: {get: {operationId: o, security: [{oauth: []}], responses: {}}}
  /open: {get: {operationId: open, responses: {}}}
components:
  securitySchemes:
    token: {type: http, scheme: bearer}
    key: {type: apiKey, in: query, name: api_key}
    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://id.example/t', scopes: {}}}}
"""
HEADER = ", parameters: [{name: Authorization, in: header, value: Bearer x}]"
QUERY = ", parameters: [{name: api_key, in: query, value: x}]"


def case(*operations: str, code: str = "", help: str = "") -> Case:
    steps = ", ".join(f"{{stepId: s{index}, operationId: {one}}}" for index, one in enumerate(operations))
    text = f"workflows:\n- workflowId: w\n  steps: [{steps}]\n"
    return Case(text, code, Severity.NOTE, help, files={"openapi.yaml": API}, at_source=bool(code))


FIRES = {
    "a token": case("x", code="credentials-wanted", help="give them to the run: --auth token=..."),
    "a key": case("k", code="credentials-wanted", help="give them to the run: --auth key=..."),
    "a client": case(
        "o",
        code="credentials-wanted",
        help="give them to the run: --auth oauth=..., or, for the flow 'client credentials': "
        "set ARAZZO_AUTH_API_OAUTH_CLIENT_ID and ARAZZO_AUTH_API_OAUTH_CLIENT_SECRET",
    ),
    "two steps, told once": case("x", "open", "x", code="credentials-wanted"),
    "the step gives something else": case("k" + HEADER, code="credentials-wanted"),
}
SILENT = {
    "the step gives it": case("x" + HEADER),
    "the step gives a key": case("k" + QUERY),
    "an alternative asks for nothing": case("free"),
    "nothing is asked for": case("open"),
}


@pytest.mark.parametrize("each", FIRES.values(), ids=FIRES)
def test_it_fires(each: Case) -> None:
    assert_fires(check, each)


@pytest.mark.parametrize("each", SILENT.values(), ids=SILENT)
def test_it_is_silent(each: Case) -> None:
    assert_silent(check, each)
