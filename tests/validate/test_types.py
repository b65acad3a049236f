from __future__ import annotations

import pytest

from arazzo_runner.expressions.template import Whole
from arazzo_runner.program.compile import Compilation
from arazzo_runner.validate.subject import Subject
from arazzo_runner.validate.types import type_given
from tests.engine.programs import description_of, registry_of

API = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example'}]
paths:
  /x:
    get:
      operationId: x
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema:
                type: object
                properties: {n: {type: integer}, either: {type: [string, 'null']}, deep: {type: array, items: {type: string}}}
"""
TEXT = """
workflows:
- workflowId: w
  inputs: {properties: {s: {type: string}, u: {}, r: {$ref: '#/x'}}}
  steps:
  - stepId: a
    operationId: x
    outputs: {n: $response.body#/n, body: $response.body, again: $steps.a.outputs.again}
  - stepId: b
    operationId: x
    outputs: {o: EXPRESSION, n: $steps.a.outputs.n}
"""


def given(expression: str) -> str | None:
    description = description_of(TEXT.replace("EXPRESSION", expression))
    compilation = Compilation(description, registry_of(description, {"openapi.yaml": API}))
    key = compilation.program("w").reached[0]
    workflow, bound = compilation.model(key), compilation.bound(key).workflow
    assert workflow is not None
    assert bound is not None
    compiled = dict(bound.steps[1].outputs)["o"]
    assert isinstance(compiled, Whole)
    subject = Subject(description, workflow, bound, compilation, frozenset({"w"}))
    return type_given(subject, "b", compiled.expression)


@pytest.mark.parametrize(
    ("expression", "kind"),
    [
        ("$statusCode", "integer"),
        ("$url", "string"),
        ("$method", "string"),
        ("$response.header.X", "string"),
        ("$response.body", "object"),
        ("$response.body#/n", "integer"),
        ("$response.body#/deep", "array"),
        ("$response.body#/deep/0", "string"),
        ("$inputs.s", "string"),
        ("$steps.a.outputs.n", "integer"),
        ("'$steps.a.outputs.body#/n'", "integer"),
        ("$steps.b.outputs.n", "integer"),
    ],
)
def test_a_type_that_is_known(expression: str, kind: str) -> None:
    assert given(expression) == kind


@pytest.mark.parametrize(
    "expression",
    [
        "$response.body#/either",
        "$response.body#/gone",
        "$inputs.u",
        "$inputs.r",
        "$steps.a.outputs.again",
        "$request.body",
    ],
)
def test_a_type_that_is_not(expression: str) -> None:
    assert given(expression) is None
