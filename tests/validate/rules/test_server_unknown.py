from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.server_unknown import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent

API = """
openapi: 3.1.0
info: {title: T, version: '1'}
SERVERS
paths: {/x: {get: {operationId: x, responses: {}}}, /y: {get: {operationId: y, responses: {}}}}
"""


def case(servers: str, code: str = "") -> Case:
    text = "workflows:\n- workflowId: w\n  steps: [{stepId: s, operationId: x}, {stepId: t, operationId: y}]\n"
    return Case(
        text, code, Severity.NOTE, files={"openapi.yaml": API.replace("SERVERS", servers)}, at_source=bool(code)
    )


FIRES = {
    "none": case("", "server-unknown"),
    "relative to a file": case("servers: [{url: /v1}]", "server-unknown"),
    "a variable without a value": case("servers: [{url: 'https://{h}'}]", "server-unknown"),
}
SILENT = {
    "absolute": case("servers: [{url: 'https://api.example/v1'}]"),
    "a variable with a default": case("servers: [{url: 'https://{h}', variables: {h: {default: a.example}}}]"),
}


@pytest.mark.parametrize("each", FIRES.values(), ids=FIRES)
def test_it_fires(each: Case) -> None:
    assert_fires(check, each)


@pytest.mark.parametrize("each", SILENT.values(), ids=SILENT)
def test_it_is_silent(each: Case) -> None:
    assert_silent(check, each)
