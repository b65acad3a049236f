"""A workflow with a secret in every place that one can have, and an API that says all of them again."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests import canaries
from tests.cli.loopback import Answer, Asked

DESCRIPTION = """
openapi: 3.1.0
info: {title: planted, version: 1.0.0}
servers: [{url: 'http://127.0.0.1:9'}]
security: [{headerKey: [], queryKey: [], cookieKey: [], basic: []}]
components:
  securitySchemes:
    headerKey: {type: apiKey, in: header, name: X-Team}
    queryKey: {type: apiKey, in: query, name: team}
    cookieKey: {type: apiKey, in: cookie, name: visit}
    basic: {type: http, scheme: basic}
  schemas:
    Told:
      type: object
      properties:
        inner: {type: object, properties: {mark: {type: string, format: password}, seen: {type: integer}}}
        word: {type: string, x-sensitive: true}
paths:
  /login:
    post:
      operationId: login
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Told'}}}}}
  /use/{code}:
    get:
      operationId: use
      security: []
      parameters:
      - {name: code, in: path, required: true, schema: {type: string}}
      - {name: which, in: query, schema: {type: string}}
      responses: {'200': {description: ok, content: {text/plain: {}}}}
    put:
      operationId: put
      security: []
      parameters: [{name: code, in: path, required: true, schema: {type: string}}]
      requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object}}}}
      responses: {'200': {description: ok}}
"""

WORKFLOW = """
arazzo: 1.0.1
info: {title: planted, version: 1.0.0}
sourceDescriptions: [{name: api, url: api.yaml, type: openapi}]
workflows:
- workflowId: main
  inputs:
    type: object
    properties:
      phrase: {type: string, format: password}
      short: {type: string, format: password}
      who: {type: string}
      nest: {type: object, properties: {deep: {type: string, format: password}}}
  steps:
  - stepId: login
    operationId: login
    requestBody:
      contentType: application/json
      payload: {who: $inputs.who, a: $inputs.phrase, b: $inputs.short, c: 'x {$inputs.short} y', d: $inputs.nest}
    successCriteria: [{condition: $statusCode == 200}]
    outputs:
      token: $response.body#/token
      given: $response.body#/inner/mark
      short: $inputs.short
      carried: $response.body#/token
  - stepId: use
    operationId: use
    parameters:
    - {name: code, in: path, value: $steps.login.outputs.short}
    - {name: which, in: query, value: $steps.login.outputs.short}
    - {name: X-Also, in: header, value: $steps.login.outputs.short}
    - {name: Authorization, in: header, value: 'Bearer {$steps.login.outputs.carried}'}
    - {name: X-Mark, in: header, value: $steps.login.outputs.given}
    successCriteria: [{condition: $statusCode == 200}]
    outputs: {said: $response.body}
  - stepId: called
    workflowId: inner
    parameters:
    - {name: number, value: $steps.login.outputs.short}
    - {name: phrase, value: $inputs.phrase}
    outputs: {back: $outputs.back}
  - stepId: judged
    operationId: use
    parameters: [{name: code, in: path, value: $steps.called.outputs.back}]
    successCriteria:
    - {condition: "$response.body == 'none'"}
    - {context: $response.body, type: regex, condition: '^never'}
  outputs:
    token: $steps.login.outputs.token
    given: $steps.login.outputs.given
    short: $steps.called.outputs.back
- workflowId: inner
  inputs: {type: object, properties: {number: {type: string}, phrase: {type: string}}}
  steps:
  - stepId: put
    operationId: put
    parameters: [{name: code, in: path, value: $inputs.number}]
    requestBody:
      contentType: application/x-www-form-urlencoded
      payload: {number: $inputs.number, phrase: $inputs.phrase}
    outputs: {number: $inputs.number}
  outputs: {back: $steps.put.outputs.number}
"""

ENVIRONMENT = {
    "ARAZZO_AUTH_API_HEADERKEY_API_KEY": canaries.HEADER_KEY,
    "ARAZZO_AUTH_API_QUERYKEY_API_KEY": canaries.QUERY_KEY,
    "ARAZZO_AUTH_API_COOKIEKEY_API_KEY": canaries.COOKIE,
    "ARAZZO_AUTH_API_BASIC_USERNAME": "someone",
    "ARAZZO_AUTH_API_BASIC_PASSWORD": canaries.PASSWORD,
}

INPUTS: dict[str, Any] = {
    "phrase": canaries.INPUT,
    "short": canaries.PIN,
    "who": "ada",
    "nest": {"deep": canaries.CLIENT_SECRET},
}


def planted(folder: Path) -> str:
    """Write the documents and the inputs into a folder, and return the path of the workflow."""
    (folder / "api.yaml").write_text(DESCRIPTION, encoding="utf-8")
    (folder / "main.arazzo.yaml").write_text(WORKFLOW, encoding="utf-8")
    (folder / "inputs.json").write_text(json.dumps(INPUTS), encoding="utf-8")
    return str(folder / "main.arazzo.yaml")


def answer(asked: Asked) -> Answer:
    """Say everything again that was asked, and bring secrets of its own."""
    heard = " ".join((asked.line, *asked.headers.values(), asked.body.decode("latin-1")))
    for short in (canaries.PIN, quote(canaries.PIN, safe="")):  # in plain text it is too short to be told from others
        heard = heard.replace(short, "4711")
    if "/login" in asked.line:
        told = {
            "token": canaries.TOKEN,
            "inner": {"mark": canaries.MEMBER, "seen": 7},
            "word": canaries.PIN,
            "again": [canaries.PIN, f"a={quote(canaries.PIN)}&b=1"],
            "said": [heard, f"{canaries.INPUT} and {canaries.TOKEN}", quote(canaries.INPUT, safe="")],
            "cut": f"it was {canaries.TOKEN[:12]}...",
            "basic": base64.b64encode(f"me:{canaries.PASSWORD}".encode()).decode(),
        }
        return Answer(200, json.dumps(told).encode())
    return Answer(200, f"{heard} {canaries.TOKEN} {canaries.MEMBER}".encode(), "text/plain")
