"""A workflow with every kind of way out of a step, and an API that declares errors: for tests of scenarios and walks."""

from __future__ import annotations

from pathlib import Path

from arazzo_runner.api import Options, Prepared, load, prepare
from arazzo_runner.program.model import Program
from tests.engine.programs import program_of

OPENAPI = """
openapi: 3.1.0
info: {title: Shop, version: '1'}
servers: [{url: 'https://shop.example'}]
paths:
  /orders:
    post:
      operationId: order
      responses:
        '201':
          description: made
          content: {application/json: {schema: {type: object, required: [id, state], properties: {id: {type: string}, state: {enum: [new, paid]}}}}}
        '409': {description: taken}
        '429': {description: slow down}
  /orders/{id}:
    get:
      operationId: look
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200':
          description: ok
          content: {application/json: {schema: {type: object, required: [state], properties: {state: {enum: [new, paid, sent]}}}}}
        '404': {description: gone}
  /mails:
    post:
      operationId: mail
      responses: {'202': {description: sent}, default: {description: not}}
"""

WORKFLOWS = """
workflows:
- workflowId: w
  steps:
  - stepId: order
    operationId: order
    successCriteria: [{condition: $statusCode == 201}]
    outputs: {id: $response.body#/id}
    onSuccess:
    - {name: skip, type: goto, stepId: tell, criteria: [{condition: $response.body#/state == 'paid'}]}
    onFailure:
    - {name: again, type: retry, retryAfter: 1, retryLimit: 2, criteria: [{condition: $statusCode == 429}]}
    - {name: give-up, type: end, criteria: [{condition: $statusCode == 409}]}
  - stepId: wait
    operationId: look
    parameters: [{name: id, in: path, value: $steps.order.outputs.id}]
    successCriteria: [{condition: $statusCode == 200}]
    onSuccess:
    - {name: poll, type: goto, stepId: wait, criteria: [{condition: $response.body#/state == 'new'}]}
    - {name: never, type: end, criteria: [{condition: $response.body#/state == 'lost'}]}
  - stepId: tell
    workflowId: notify
    onFailure:
    - {name: once-more, type: retry, retryLimit: 1}
    - {name: shrug, type: end}
    - {name: too-late, type: end}
- workflowId: notify
  steps:
  - stepId: mail
    operationId: mail
    successCriteria: [{condition: $statusCode == 202}]
    onFailure:
    - {name: fallback, type: goto, stepId: second, criteria: [{condition: $statusCode == 503}]}
  - stepId: second
    operationId: mail
"""


def shop(workflows: str = WORKFLOWS) -> Program:
    """Compile the workflow."""
    return program_of(workflows, files={"openapi.yaml": OPENAPI})


def prepared_shop(
    folder: Path, workflows: str = WORKFLOWS, openapi: str = OPENAPI, *scenario: str, max_steps: int = 1_000
) -> Prepared:
    """Write the documents into a folder, and prepare the workflow for a mock."""
    options = Options(mock=True, scenario=scenario, max_steps=max_steps)
    return prepare(load(written_shop(folder, workflows, openapi)), "w", options)


def written_shop(folder: Path, workflows: str = WORKFLOWS, openapi: str = OPENAPI) -> str:
    """Write the documents into a folder; return the path of the Arazzo document."""
    head = "arazzo: 1.0.1\ninfo: {title: T, version: '1'}\nsourceDescriptions: [{name: api, url: openapi.yaml, type: openapi}]\n"
    (folder / "openapi.yaml").write_text(openapi, "utf-8")
    (folder / "shop.arazzo.yaml").write_text(head + workflows, "utf-8")
    return str(folder / "shop.arazzo.yaml")
