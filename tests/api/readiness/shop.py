"""A shop to examine: an API with two ways to pay for entry, and workflows that need this and that."""

from __future__ import annotations

from pathlib import Path

from arazzo_runner.api import Options, load
from arazzo_runner.api.readiness import Carried, examine
from arazzo_runner.api.readiness.examination import GivenInputs
from arazzo_runner.api.readiness.servers import Resolves
from arazzo_runner.reports.doctor.readiness import Readiness

API = """
openapi: 3.1.0
info: {title: Shop, version: '1'}
servers: [{url: 'https://{region}.shop.example/v1', variables: {region: {default: eu, enum: [eu, us]}}}]
security: [{key: []}, {login: []}]
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    login: {type: http, scheme: basic}
    tls: {type: mutualTLS}
paths:
  /items/{id}:
    get:
      operationId: getItem
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses: {'200': {description: ok}}
  /orders:
    post:
      operationId: order
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses: {'201': {description: ok}}
  /open: {get: {operationId: open, security: [], responses: {'200': {description: ok}}}}
  /sealed: {get: {operationId: sealed, security: [{tls: [], key: []}], responses: {'200': {description: ok}}}}
"""
FLOW = """
arazzo: 1.0.1
info: {title: Shop flows, version: '2'}
sourceDescriptions:
- {name: shop, url: api.yml, type: openapi}
- {name: gone, url: gone.yml, type: openapi}
workflows:
- workflowId: buy
  dependsOn: [look]
  inputs:
    type: object
    required: [id, size, color, amount, tags, apiKey, pace]
    properties:
      id: {type: integer, minimum: 3}
      size: {enum: [S, M]}
      color: {type: string, pattern: '^#[0-9a-f]{6}$'}
      amount: {type: [integer, string], examples: ['12'], description: how many}
      tags: {type: array, minItems: 1, items: {type: string}}
      apiKey: {type: string, default: hush}
      pin: {type: string, format: password, example: '1234'}
      pace: {type: number, default: 2}
  steps:
  - stepId: get
    operationId: getItem
    parameters: [{name: id, in: path, value: $inputs.id}]
  - stepId: order
    operationId: order
    requestBody: {contentType: application/json, payload: {c: $inputs.color, t: $inputs.tags}}
- workflowId: look
  inputs: {type: object, required: [what], properties: {what: {type: integer}}}
  steps:
  - {stepId: get, operationId: getItem, parameters: [{name: id, in: path, value: $inputs.what}]}
- workflowId: own
  steps:
  - {stepId: get, operationId: getItem, parameters: [
      {name: id, in: path, value: 1}, {name: x-key, in: header, value: k}, {name: Authorization, in: header, value: a}]}
- {workflowId: free, steps: [{stepId: open, operationId: $sourceDescriptions.shop.open}]}
- {workflowId: both, steps: [{stepId: sealed, operationId: $sourceDescriptions.shop.sealed}]}
- {workflowId: outer, steps: [{stepId: call, workflowId: free}]}
- {workflowId: broken, steps: [{stepId: get, operationId: $sourceDescriptions.shop.getItm}]}
- {workflowId: away, steps: [{stepId: get, operationId: $sourceDescriptions.gone.x}]}
"""

MOVED = """
arazzo: 1.0.1
info: {title: Moved, version: '1'}
sourceDescriptions: [{name: shop, url: lost/api.yml, type: openapi}]
workflows:
- workflowId: look
  inputs: {type: object, required: [what], properties: {what: {type: integer}}}
  steps:
  - {stepId: get, operationId: getItem, parameters: [{name: id, in: path, value: $inputs.what}]}
"""
"""A document whose API description lies elsewhere than it says, and is found there."""


def write(folder: Path, flow: str = FLOW, api: str = API) -> Path:
    (folder / "api.yml").write_text(api, encoding="utf-8")
    path = folder / "flow.yml"
    path.write_text(flow, encoding="utf-8")
    return path


def examined(
    path: Path,
    workflow: str | None = None,
    options: Options | None = None,
    *,
    given: GivenInputs | None = None,
    carried: Carried | None = None,
    resolves: Resolves | None = None,
) -> Readiness:
    return examine(load(path), workflow, options, given=given, carried=carried, resolves=resolves)
