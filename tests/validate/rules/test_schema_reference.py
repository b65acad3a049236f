from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.schema_reference import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent

API = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example'}]
paths:
  /x:
    post:
      operationId: x
      parameters: [{name: q, in: query, schema: PARAMETER}]
      requestBody: {content: {application/json: {schema: BODY}}}
      responses: {'200': {description: ok, content: {application/json: {schema: ANSWER}}}}
components:
  schemas:
    Pet: {properties: {name: {type: string}, friend: {$ref: '#/components/schemas/Pet'}}}
    Bad: {properties: {deep: {items: {$ref: '#/components/schemas/Gone'}}}}
    Same: {$ref: '#/components/schemas/Same'}
    Told: {properties: {example: {$ref: '#/components/schemas/Gone'}}}
    Shown: {example: {$ref: '#/nowhere'}, default: {$ref: '#/nowhere'}}
"""


def case(code: str = "", parameter: str = "{}", body: str = "{}", answer: str = "{}", steps: int = 1) -> Case:
    operation = "«x»" if code else "x"
    more = ", {stepId: t, operationId: x}" if steps > 1 else ""
    text = f"workflows:\n- workflowId: w\n  steps: [{{stepId: s, operationId: {operation}}}{more}]\n"
    api = API.replace("PARAMETER", parameter).replace("BODY", body).replace("ANSWER", answer)
    help = "correct the reference in the API" if code else ""
    return Case(text, code, Severity.WARNING, help, files={"openapi.yaml": api})


def to(name: str) -> str:
    return f"{{$ref: '#/components/schemas/{name}'}}"


FIRES = {
    "a parameter": case("schema-reference", parameter=to("Gone")),
    "a body": case("schema-reference", body=to("Gone")),
    "an answer": case("schema-reference", answer=to("Gone")),
    "deep": case("schema-reference", answer=to("Bad")),
    "a circle": case("schema-reference", answer=to("Same")),
    "a property that is called example": case("schema-reference", answer=to("Told")),
    "in two steps, told once": case(
        "schema-reference", answer="{oneOf: [" + to("Gone") + ", {type: string}]}", steps=2
    ),
}
SILENT = {
    "sound": case(body=to("Pet"), answer="{allOf: [" + to("Pet") + "]}"),
    "a value that looks like one": case(answer=to("Shown")),
}


@pytest.mark.parametrize("each", FIRES.values(), ids=FIRES)
def test_it_fires(each: Case) -> None:
    assert_fires(check, each)


@pytest.mark.parametrize("each", SILENT.values(), ids=SILENT)
def test_it_is_silent(each: Case) -> None:
    assert_silent(check, each)
