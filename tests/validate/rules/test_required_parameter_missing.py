from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.required_parameter_missing import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent

API = """
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /x:
    get:
      operationId: op
      parameters:
      - {name: need, in: query, required: true, schema: {type: string}}
      - {name: X-Need, in: header, required: true, schema: {type: string}}
      - {name: c, in: cookie, required: true, schema: {type: string}}
      - {name: Accept, in: header, required: true, schema: {type: string}}
      - {name: key, in: query, required: true, schema: {type: string}}
      - {name: free, in: query, schema: {type: string}}
      security: [{k: []}]
      responses: {'200': {description: ok}}
  /p/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {operationId: path, responses: {'200': {description: ok}}}
components: {securitySchemes: {k: {type: apiKey, in: query, name: key}}}
"""
ALL = ("{name: need, in: query, value: 1}", "{name: X-Need, in: header, value: 1}", "{name: c, in: cookie, value: 1}")


def case(
    parameters: tuple[str, ...], help: str = "", step_id: str = "s", version: str = "1.0.1", operation: str = "op"
) -> Case:
    listed = ", ".join(parameters)
    text = f"workflows:\n- workflowId: w\n  steps:\n  - stepId: {step_id}\n    operationId: {operation}\n    parameters: [{listed}]\n"
    code = "parameter-required-missing" if help else ""
    return Case(text, code, Severity.WARNING, help, version, files={"openapi.yaml": API})


FIRES = {
    "PAR-21": case(ALL[1:], "add `- {name: need, in: query, value: ...}`", "«s»"),
    "a header": case((ALL[0], ALL[2]), "add `- {name: X-Need, in: header, value: ...}`", "«s»"),
    "a cookie": case(ALL[:2], "add `- {name: c, in: cookie, value: ...}`", "«s»"),
    "names of the query count with case": case(("{name: Need, in: query, value: 1}", *ALL[1:]), "add", "«s»"),
    "the same name in another place": case(("{name: need, in: header, value: 1}", *ALL[1:]), "add", "«s»"),
}

SILENT = {
    "given; a key is for the credentials, Accept for the request itself": case(ALL),
    "a header in other case": case((ALL[0], "{name: x-need, in: header, value: 1}", ALL[2])),
    "a whole query": case(("{name: q, in: querystring, value: need=1}", *ALL[1:]), version="1.1.0"),
    "a variable of the path is another rule's": case((), operation="path"),
}


@pytest.mark.parametrize("case", FIRES.values(), ids=FIRES)
def test_fires(case: Case) -> None:
    assert_fires(check, case)


@pytest.mark.parametrize("case", SILENT.values(), ids=SILENT)
def test_is_silent(case: Case) -> None:
    assert_silent(check, case)
