"""Documents to measure with, made from numbers alone: the same on every machine, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

OPERATIONS_A_RESOURCE: Final = 3

_SCHEMA: Final = """\
    {name}:
      type: object
      description: A {name} of the shop, as its owner keeps it.
      required: [id, name, state]
      properties:
        id: {{type: string, format: uuid, description: The identifier of the {name}.}}
        name: {{type: string, minLength: 1, maxLength: 80, examples: [first {name}]}}
        state: {{type: string, enum: [new, open, closed], default: new}}
        amount: {{type: number, minimum: 0}}
        tags: {{type: array, maxItems: 20, items: {{type: string}}}}
        owner: {{$ref: '#/components/schemas/Owner'}}
"""
_PATHS: Final = """\
  /{name}:
    get:
      operationId: list{name}
      summary: Lists what there is of {name}.
      parameters:
      - {{name: limit, in: query, description: How many to give., schema: {{type: integer, minimum: 1, maximum: 100}}}}
      - {{name: after, in: query, schema: {{type: string}}}}
      responses:
        '200':
          description: Some of them.
          content:
            application/json:
              schema:
                type: object
                required: [items]
                properties:
                  items: {{type: array, items: {{$ref: '#/components/schemas/{name}'}}}}
                  next: {{type: string}}
        default: {{$ref: '#/components/responses/Fault'}}
    post:
      operationId: create{name}
      summary: Makes one more.
      requestBody:
        required: true
        content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}
      responses:
        '201':
          description: It is there.
          content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}
        default: {{$ref: '#/components/responses/Fault'}}
  /{name}/{{id}}:
    get:
      operationId: get{name}
      summary: Gives one of them.
      parameters:
      - {{name: id, in: path, required: true, schema: {{type: string, format: uuid}}}}
      responses:
        '200':
          description: It is this one.
          headers: {{ETag: {{schema: {{type: string}}}}}}
          content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}
        '404': {{description: There is none., content: {{application/json: {{schema: {{type: object}}}}}}}}
        default: {{$ref: '#/components/responses/Fault'}}
"""
_HEAD: Final = """\
openapi: 3.1.0
info: {title: A big shop, version: '1'}
servers: [{url: 'https://shop.example/v1'}]
security: [{key: []}]
"""
_COMPONENTS: Final = """\
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  responses:
    Fault:
      description: It did not work.
      content: {application/json: {schema: {$ref: '#/components/schemas/Fault'}}}
  schemas:
    Fault: {type: object, required: [message], properties: {message: {type: string}, code: {type: integer}}}
    Owner: {type: object, required: [name], properties: {name: {type: string}, email: {type: string, format: email}}}
"""
_FLOWS: Final = """\
arazzo: 1.0.1
info: {title: Many flows, version: '1'}
sourceDescriptions: [{name: shop, url: api.yml, type: openapi}]
workflows:
"""


def resource(number: int) -> str:
    """Return the name of a resource."""
    return f"Thing{number:04d}"


def description(resources: int) -> str:
    """Return an API description with that many resources, of three operations each; about 3 kB a resource."""
    names = [resource(number) for number in range(resources)]
    paths = "".join(_PATHS.format(name=name) for name in names)
    schemas = "".join(_SCHEMA.format(name=name) for name in names)
    return f"{_HEAD}paths:\n{paths}{_COMPONENTS}{schemas}"


def flows(workflows: int, steps: int, resources: int) -> str:
    """Return an Arazzo description with that many workflows of that many steps, which feed each other."""
    return _FLOWS + "".join("".join(_flow(number, steps, resources)) for number in range(workflows))


def _flow(number: int, steps: int, resources: int) -> Iterator[str]:
    yield f"- workflowId: flow{number}\n"
    yield "  inputs:\n    type: object\n    required: [name]\n    properties:\n"
    yield "      name: {type: string}\n      limit: {type: integer, default: 10}\n  steps:\n"
    for step in range(steps):
        yield from _step(step, resource((number * steps + step // 2) % resources))
    yield f"  outputs:\n    last: $steps.s{steps - 1}.outputs.id\n"


def _step(step: int, name: str) -> Iterator[str]:
    yield f"  - stepId: s{step}\n"
    if step % 2 == 0:
        yield f"    operationId: create{name}\n    requestBody:\n      contentType: application/json\n"
        yield "      payload: {id: 00000000-0000-4000-8000-000000000000, name: '{$inputs.name} again', state: new}\n"
        yield "    successCriteria:\n    - condition: $statusCode == 201\n"
    else:
        yield f"    operationId: get{name}\n    parameters:\n"
        yield f"    - {{name: id, in: path, value: $steps.s{step - 1}.outputs.id}}\n"
        yield "    successCriteria:\n    - condition: $statusCode == 200 && $response.body#/state != 'closed'\n"
        yield "    onFailure:\n    - {name: again, type: retry, retryAfter: 1, retryLimit: 2}\n"
    yield "    outputs:\n      id: $response.body#/id\n"


def write(folder: Path, workflows: int, steps: int, resources: int) -> Path:
    """Write both documents into a folder, and return the path of the Arazzo description."""
    (folder / "api.yml").write_text(description(resources), "utf-8", newline="\n")
    path = folder / "flows.yml"
    path.write_text(flows(workflows, steps, resources), "utf-8", newline="\n")
    return path
