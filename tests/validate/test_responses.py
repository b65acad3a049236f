from __future__ import annotations

from typing import Any

import pytest

from arazzo_runner.validate.responses import expects_error, in_answers, in_json
from arazzo_runner.validate.shapes import Inner
from tests.engine.programs import description_of, program_of

API = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example'}]
paths:
  /x: {get: {operationId: x, responses: RESPONSES}}
"""
A = "{description: a, content: {application/json: {schema: {properties: {a: {properties: {deep: {type: string}}}}}}}}"
B = "{description: b, content: {application/json: {schema: {properties: {b: {type: string}}}}}}"
BARE = "{description: nothing is said}"
XML = "{description: x, content: {application/xml: {schema: {properties: {a: {}}}}}}"
EVEN = "{description: e, content: {application/xml: {}, application/json: {schema: {properties: {a: {}}}}}}"


def look(responses: str, *way: str | int) -> Inner:
    text = "workflows: [{workflowId: w, steps: [{stepId: s, operationId: x}]}]"
    program = program_of(text, files={"openapi.yaml": API.replace("RESPONSES", responses)})
    call: Any = program.workflow.steps[0].call
    return in_answers(call.operation, way)


@pytest.mark.parametrize(
    ("responses", "way"),
    [
        (f"{{'200': {A}}}", ("a", "deep")),
        (f"{{'200': {A}, '201': {B}}}", ("b",)),
        (f"{{default: {A}}}", ("a",)),
        (f"{{2XX: {A}}}", ("a",)),
        (f"{{'204': {{description: none}}, '200': {A}}}", ("a",)),
    ],
)
def test_what_an_answer_has(responses: str, way: tuple[str, ...]) -> None:
    assert look(responses, *way).schemas


@pytest.mark.parametrize(
    "responses",
    [
        f"{{'200': {BARE}}}",
        f"{{'200': {A}, '201': {BARE}}}",
        f"{{'200': {XML}}}",
        f"{{'200': {EVEN}}}",
        f"{{'200': {A}, '400': {B}}}",
        f"{{'200': {A}, default: {B}}}",
        f"{{'400': {A}}}",
        "{}",
    ],
)
def test_what_is_left_open(responses: str) -> None:
    assert look(responses, "b").anything


@pytest.mark.parametrize(
    ("responses", "way", "names", "missing"),
    [
        (f"{{'200': {A}}}", ("b",), ("a",), 1),
        (f"{{'200': {A}, '404': {BARE}}}", ("b", "c"), ("a",), 2),
        (f"{{'200': {A}, '201': {B}}}", ("a", "c"), ("deep",), 1),
        ("{'204': {description: none}}", ("a",), (), 1),
    ],
)
def test_what_no_answer_has(responses: str, way: tuple[str, ...], names: tuple[str, ...], missing: int) -> None:
    found = look(responses, *way)
    assert found.is_absent
    assert (found.names, found.missing) == (names, missing)


@pytest.mark.parametrize(
    ("criterion", "expected"),
    [
        ("{condition: $statusCode == 404}", True),
        ("{condition: '404 == $statusCode'}", True),
        ("{condition: $statusCode == 4XX}", True),
        ("{condition: $statusCode >= 400}", True),
        ("{condition: $statusCode > 399}", True),
        ("{condition: $statusCode != 200}", True),
        ("{condition: '^4', context: $statusCode, type: regex}", True),
        ("{condition: '$[?@ == 500]', context: $statusCode, type: jsonpath}", True),
        ("{condition: $statusCode == 200}", False),
        ("{condition: $statusCode < 500}", False),
        ("{condition: $statusCode != 404}", False),
        ("{condition: '^2', context: $statusCode, type: regex}", False),
        ("{condition: $response.body#/count == 450}", False),
        ("{condition: '{\"count\": 450}', context: $response.body}", False),
    ],
)
def test_whether_an_answer_of_failure_is_wanted(criterion: str, expected: bool) -> None:
    text = f"workflows: [{{workflowId: w, steps: [{{stepId: s, operationId: x, successCriteria: [{criterion}]}}]}}]"
    step = description_of(text).workflows[0].steps[0]
    assert expects_error(step) is expected


@pytest.mark.parametrize(
    ("responses", "count"),
    [
        (f"{{'200': {EVEN}}}", 1),
        (f"{{'200': {XML}}}", 0),
        (f"{{'200': {A}, '201': {B}}}", 2),
        (f"{{'200': {A}, '404': {B}}}", 1),
    ],
)
def test_json_alone_can_be_looked_at(responses: str, count: int) -> None:
    text = "workflows: [{workflowId: w, steps: [{stepId: s, operationId: x}]}]"
    program = program_of(text, files={"openapi.yaml": API.replace("RESPONSES", responses)})
    call: Any = program.workflow.steps[0].call
    assert len(in_json(call.operation, ())) == count
