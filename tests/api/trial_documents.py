"""A folder of documents to test: good ones, and one for each way to fail; and setups that fail themselves."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from arazzo_runner.api import Options, Prepared, load
from arazzo_runner.api.beginning import InputsFor
from arazzo_runner.document.model import Description
from arazzo_runner.values import Value

API = """\
openapi: 3.1.0
info: {title: Things, version: '1'}
servers: [{url: 'https://things.example'}]
paths:
  /things:
    get:
      operationId: find
      parameters: [{name: size, in: query, schema: {type: integer, minimum: 1}}]
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema:
                type: object
                additionalProperties: false
                required: [id, kind]
                properties: {id: {type: string}, kind: {enum: [a, b]}, name: {type: string}}
        '404': {description: none}
  /never:
    get:
      operationId: never
      responses:
        '200': {description: ok, content: {application/json: {schema: {type: object, required: [a], properties: {a: false}}}}}
"""

HEAD = """\
arazzo: 1.0.1
info: {title: Things, version: '1'}
sourceDescriptions: [{name: api, url: api.yaml, type: openapi}]
workflows:
"""

GOOD = (
    HEAD
    + """\
- workflowId: first
  inputs: {type: object, properties: {size: {type: integer}}, required: [size]}
  steps:
  - {stepId: look, operationId: find, parameters: [{name: size, in: query, value: $inputs.size}], outputs: {id: $response.body#/id}}
- workflowId: second
  steps:
  - stepId: look
    operationId: find
    onFailure: [{name: over, type: end, criteria: [{condition: $statusCode == 404}]}]
"""
)

FAILING = (
    HEAD
    + """\
- workflowId: schema
  steps:
  - {stepId: s, operationId: find, successCriteria: [{condition: $statusCode == 200}, {condition: "$response.body#/kind == 'c'"}]}
- workflowId: itself
  steps:
  - {stepId: s, operationId: find, successCriteria: [{condition: $statusCode == 200}, {condition: $statusCode == 404}]}
- workflowId: loop
  steps:
  - {stepId: s, operationId: find, onSuccess: [{name: round, type: goto, stepId: s}]}
- workflowId: never
  steps: [{stepId: s, operationId: never}]
- workflowId: later
  steps:
  - {stepId: s, operationId: find, outputs: {other: $response.body#/other}}
  - {stepId: t, operationId: find, parameters: [{name: size, in: query, value: $steps.s.outputs.other}]}
- workflowId: refused
  steps: [{stepId: s, operationId: fnd}]
- workflowId: fine
  steps: [{stepId: s, operationId: find}]
"""
)


def written(folder: Path, **documents: str) -> dict[str, str]:
    """Write documents, each named by its keyword, beside the API description; return their paths."""
    (folder / "api.yaml").write_text(API, "utf-8")
    for name, text in documents.items():
        (folder / f"{name}.yml").write_text(text, "utf-8")
    return {name: str(folder / f"{name}.yml") for name in documents}


def named(*workflows: str) -> str:
    """Return a document with workflows of these ids, each of which succeeds."""
    return HEAD + "".join(
        f"- {{workflowId: {name}, steps: [{{stepId: s, operationId: find}}]}}\n" for name in workflows
    )


@dataclass(frozen=True, slots=True)
class Faulty:
    """A setup with which the process dies for a workflow named `dies`, never ends for `hangs`, and raises for `raises`.

    A document whose name holds `unloadable` ends the process that reads it.
    """

    workflows: tuple[str, ...] = ()
    walks: bool = False

    def load(self, file: str) -> Description:
        if "unloadable" in file:
            os._exit(5)
        return load(file)

    def options(self, description: Description) -> Options:
        return Options(mock=True)

    def inputs(self, prepared: Prepared) -> tuple[Mapping[str, Value], InputsFor]:
        match prepared.program.entry.workflow_id:
            case "dies":
                os._exit(7)
            case "hangs":
                threading.Event().wait()
            case "raises":
                raise KeyError("ours")
            case _:
                pass
        return {}, {}
