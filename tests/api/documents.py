"""Documents on disk for the tests of the library: small ones, with everything a test may want to break."""

from __future__ import annotations

from pathlib import Path

ARAZZO = """\
arazzo: 1.0.1
info: {title: T, version: '1'}
sourceDescriptions:
- {name: api, url: openapi.yaml, type: openapi}
workflows:
- workflowId: one
  inputs:
    type: object
    required: [id]
    properties:
      id: {type: string}
      count: {type: integer}
      password: {type: string}
      pin: {type: string, format: password}
  steps:
  - stepId: get
    operationId: item
    parameters:
    - {name: id, in: path, value: $inputs.id}
    - {name: q, in: query, value: $inputs.count}
    - {name: X-Password, in: header, value: $inputs.password}
    outputs: {body: $response.body}
  outputs: {body: $steps.get.outputs.body}
- workflowId: loop
  steps:
  - stepId: again
    operationId: list
    onSuccess: [{name: again, type: goto, stepId: again}]
- workflowId: three
  steps:
  - {stepId: a, operationId: list}
  - {stepId: b, operationId: list}
  - {stepId: c, operationId: list}
"""

OPENAPI = """\
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://{region}.nowhere.invalid', variables: {region: {default: eu}}}]
security: [{}, {bearer: []}]
components:
  securitySchemes:
    bearer: {type: http, scheme: bearer}
    key: {type: apiKey, in: query, name: api_key}
paths:
  /items:
    get: {operationId: list, security: [{key: []}, {}], responses: {'200': {description: ok}}}
  /items/{id}:
    get:
      operationId: item
      parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: q, in: query, schema: {}}
      - {name: X-Password, in: header, schema: {type: string}}
      responses: {'200': {description: ok}}
"""


def write(folder: Path, arazzo: str = ARAZZO, openapi: str | None = OPENAPI) -> Path:
    """Write the two documents into a folder, and return the path of the first; without `openapi`, the source lacks."""
    if openapi is not None:
        (folder / "openapi.yaml").write_text(openapi, "utf-8")
    path = folder / "arazzo.yaml"
    path.write_text(arazzo, "utf-8")
    return path
