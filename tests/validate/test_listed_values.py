from __future__ import annotations

import pytest

from arazzo_runner.expressions.template import Whole
from arazzo_runner.program.compile import Compilation
from arazzo_runner.validate.listed_values import listed_values
from arazzo_runner.validate.subject import Subject
from arazzo_runner.values import JSON
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
        '200': {description: ok, content: {application/json: {schema: {properties: {s: {enum: [a, b, {c: 1}]}, u: {type: string}}}}}}
        '201': {description: ok, content: {application/json: {schema: {properties: {s: {const: c}, u: {enum: [a]}}}}}}
"""
TEXT = """
workflows:
- workflowId: w
  inputs: {properties: {s: {enum: [p, q]}, u: {}, more: {enum: [p], not: {const: p}}}}
  steps:
  - stepId: a
    operationId: x
    outputs: {s: $response.body#/s, body: $response.body, again: $steps.a.outputs.again}
  - {stepId: b, operationId: x, outputs: {o: EXPRESSION}}
"""


@pytest.mark.parametrize(
    ("expression", "values"),
    [
        ("$response.body#/s", ("a", "b", "c")),
        ("$response.body#/u", ()),
        ("$response.body", ()),
        ("$steps.a.outputs.s", ("a", "b", "c")),
        ("$steps.a.outputs.body#/s", ("a", "b", "c")),
        ("$steps.a.outputs.again", ()),
        ("$inputs.s", ("p", "q")),
        ("$inputs.u", ()),
        ("$inputs.more", ()),
        ("$statusCode", ()),
    ],
)
def test_the_values_that_are_listed(expression: str, values: tuple[JSON, ...]) -> None:
    description = description_of(TEXT.replace("EXPRESSION", f"'{expression}'"), "1.0.1")
    compilation = Compilation(description, registry_of(description, {"openapi.yaml": API}))
    (key, *_) = compilation.program("w").reached
    workflow, bound = compilation.model(key), compilation.bound(key).workflow
    assert workflow is not None
    assert bound is not None
    subject = Subject(description, workflow, bound, compilation, frozenset({"w"}))
    compiled = dict(bound.steps[1].outputs)["o"]
    assert isinstance(compiled, Whole)
    assert listed_values(subject, "b", compiled.expression) == values
