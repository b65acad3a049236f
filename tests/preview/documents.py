"""A description with the forms that a preview meets: called workflows, typed places, bodies of several kinds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from arazzo_runner.api import Options, Prepared, load, prepare

ARAZZO = """\
arazzo: 1.1.0
info: {title: T, version: '1'}
sourceDescriptions:
- {name: api, url: openapi.yaml, type: openapi}
workflows:
- workflowId: shop
  inputs:
    type: object
    required: [user, count]
    properties:
      user: {type: string}
      count: {type: integer}
      password: {type: string, default: 'hunter2-hunter2'}
      note: {type: string}
  steps:
  - stepId: login
    operationId: login
    requestBody: {contentType: application/json, payload: {user: $inputs.user, password: $inputs.password, note: $inputs.note}}
    outputs:
      token: $response.body#/token
      who: $request.body#/user
      list: $response.body#/items
      auth: Bearer {$response.body#/token}
  - stepId: search
    operationId: search
    parameters:
    - {name: Authorization, in: header, value: $steps.login.outputs.auth}
    - {name: id, in: path, value: '$steps.login.outputs.list#/0/id'}
    - {name: number, in: query, value: $inputs.count}
    - {name: deep, in: query, value: $steps.login.outputs.list}
    - {name: ids, in: query, value: $steps.login.outputs.list}
    - {name: filter, in: query, value: $steps.login.outputs.list}
    - {name: who, in: query, value: 'a&{$steps.login.outputs.who}'}
    outputs: {first: $response.body#/first}
  - stepId: pay
    workflowId: payment
    parameters:
    - {name: amount, value: $steps.search.outputs.first}
    - {name: token, value: $steps.login.outputs.token}
    outputs: {receipt: $outputs.receipt}
  - stepId: confirm
    operationId: confirm
    parameters: [{name: token, in: query, value: $steps.login.outputs.token}]
    requestBody:
      contentType: application/json
      payload: '{"receipt": {$steps.pay.outputs.receipt}, "text": "for {$inputs.user}"}'
  - stepId: whole
    operationId: confirm
    requestBody: {contentType: application/json, payload: $steps.login.outputs.list}
  - stepId: picked
    operationId: confirm
    requestBody:
      contentType: application/x-www-form-urlencoded
      payload:
        id: {context: $steps.login.outputs.list, selector: '$[0].id', type: jsonpath}
        token: $steps.login.outputs.token
- workflowId: payment
  inputs: {type: object, required: [amount], properties: {amount: {type: integer}, token: {type: string}}}
  steps:
  - stepId: charge
    operationId: confirm
    parameters: [{name: Authorization, in: header, value: 'Bearer {$inputs.token}'}]
    requestBody: {contentType: application/json, payload: {amount: $inputs.amount}}
    outputs: {id: $response.body#/id}
  outputs: {receipt: $steps.charge.outputs.id}
- workflowId: known
  inputs: {type: object, properties: {text: {type: string}, file: {type: string, format: binary}}}
  steps:
  - stepId: form
    operationId: confirm
    parameters: [{name: token, in: query, value: short}]
    requestBody: {contentType: application/x-www-form-urlencoded, payload: {a: "x y&'z", b: [1, 2]}}
  - stepId: json
    operationId: confirm
    requestBody: {contentType: application/json, payload: {text: $inputs.text, n: 1.10, list: [null, true]}}
  - stepId: parts
    operationId: upload
    requestBody: {contentType: multipart/form-data, payload: {text: $inputs.text, file: $inputs.file}}
  - stepId: bytes
    operationId: raw
    requestBody: {contentType: application/octet-stream, payload: $inputs.file}
  - stepId: at
    operationId: raw
    requestBody: {contentType: text/plain, payload: "@it's a \\\\ file\\nof two lines"}
  - stepId: bare
    operationId: search
    parameters:
    - {name: id, in: path, value: 'a/b {x}[1]..'}
    - {name: deep, in: query, value: {a: 1, b: [x, "y's"]}}
    - {name: X-Empty, in: header, value: ''}
- workflowId: circle
  steps:
  - {stepId: again, workflowId: circle}
- workflowId: after
  dependsOn: [payment]
  inputs: {type: object, properties: {amount: {type: integer}}}
  steps:
  - stepId: last
    operationId: confirm
    requestBody: {contentType: text/plain, payload: "{$workflows.payment.outputs.receipt} of {$workflows.payment.inputs.amount}"}
- workflowId: stuck
  inputs: {type: object, properties: {id: {type: string}}}
  steps:
  - stepId: first
    operationId: search
    parameters: [{name: id, in: path, value: $inputs.id}]
"""

OPENAPI = """\
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example.com/v1'}]
components:
  securitySchemes:
    key: {type: apiKey, in: query, name: api_key}
    login: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://login.example.com/token', scopes: {}}}}
paths:
  /login:
    post:
      operationId: login
      security: [{key: []}, {}]
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses: {'200': {description: ok}}
  /search/{id}:
    get:
      operationId: search
      parameters:
      - {name: id, in: path, required: true, schema: {type: integer}}
      - {name: number, in: query, schema: {type: integer}}
      - {name: deep, in: query, style: deepObject, explode: true, schema: {type: object}}
      - {name: ids, in: query, style: pipeDelimited, explode: false, schema: {type: array, items: {type: integer}}}
      - {name: filter, in: query, content: {application/json: {schema: {type: object}}}}
      - {name: who, in: query, schema: {type: string}}
      - {name: X-Empty, in: header, schema: {type: string}}
      responses: {'200': {description: ok, content: {application/json: {}}}}
  /confirm:
    post:
      operationId: confirm
      parameters:
      - {name: token, in: query, schema: {type: string}}
      requestBody: {content: {application/json: {}, application/x-www-form-urlencoded: {}, text/plain: {}}}
      responses: {'200': {description: ok}}
  /upload:
    post:
      operationId: upload
      security: [{login: []}, {}]
      requestBody: {content: {multipart/form-data: {}}}
      responses: {'200': {description: ok}}
  /raw:
    put:
      operationId: raw
      requestBody: {content: {application/octet-stream: {}, text/plain: {}}}
      responses: {'200': {description: ok}}
"""


def written(folder: Path) -> Path:
    """Write the two documents into a folder, and return the path of the first."""
    (folder / "openapi.yaml").write_text(OPENAPI, "utf-8")
    path = folder / "arazzo.yaml"
    path.write_text(ARAZZO, "utf-8")
    return path


def prepared(folder: Path, workflow: str, **options: Any) -> Prepared:
    """Return one of the workflows, ready to run."""
    return prepare(load(written(folder)), workflow, Options(**options))
