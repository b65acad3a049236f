"""Where secrets go in a program: forwards through outputs and calls, backwards from where they are handed over."""

from __future__ import annotations

import pytest

from arazzo_runner.program.model import BoundStep, BoundWorkflow, OperationCall, Program
from tests.engine.programs import program_of

API = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example'}]
paths:
  /x:
    post:
      operationId: x
      parameters:
      - {name: marked, in: query, schema: {type: string, format: password}}
      - {name: plain, in: query, schema: {type: string}}
      requestBody: {content: {application/json: {schema: {properties: {code: {x-secret: true}}}}}}
      responses:
        '200': {description: ok, content: {application/json: {schema: {properties: {mark: {format: password}}}}}}
"""
INPUTS = (
    "inputs: {type: object, properties: "
    "{pin: {format: password}, plain: {}, nest: {properties: {deep: {format: password}}}}}"
)


def program(*steps: str, outputs: str = "{}", more: str = "", version: str = "1.0.1") -> Program:
    text = f"workflows:\n- workflowId: w\n  {INPUTS}\n  outputs: {outputs}\n  steps:\n"
    text += "".join(f"  - {{stepId: s{number}, {step}}}\n" for number, step in enumerate(steps, 1))
    return program_of(text + more, files={"openapi.yaml": API}, version=version)


def step(made: Program, number: int) -> BoundStep:
    return made.workflow.steps[number - 1]


def call(made: Program, number: int = 1) -> OperationCall:
    found = step(made, number).call
    assert isinstance(found, OperationCall)
    return found


@pytest.mark.parametrize(
    ("value", "secret"),
    [
        ("$inputs.pin", True),
        ("'PIN {$inputs.pin}'", True),
        ("$inputs.plain", False),
        ("$inputs.nest", False),
        ("$inputs.nest#/deep", True),
        ("$inputs.plain#/password", True),
        ("$inputs.accessToken", True),
        ("$inputs", True),
        ("$response.body#/mark", True),
        ("$response.body#/a/token", True),
        ("$response.body#/other", False),
        ("$response.header.set-cookie", True),
        ("$request.query.marked", True),
        ("$request.query.plain", False),
        ("$request.body#/code", True),
        ("$statusCode", False),
    ],
)
def test_an_output_is_a_secret_if_it_is_made_of_one(value: str, secret: bool) -> None:
    sent = "operationId: x, parameters: [{name: marked, in: query, value: $inputs.pin}]"
    made = program(f"{sent}, outputs: {{o: {value}, other: $statusCode}}")
    assert step(made, 1).secret_outputs == ({"o"} if secret else set())


def test_a_secret_travels_through_outputs_into_parameters_and_bodies() -> None:
    made = program(
        "operationId: x, outputs: {a: $inputs.pin, b: $inputs.plain}",
        "operationId: x, parameters: [{name: plain, in: query, value: $steps.s1.outputs.a}, "
        "{name: X-B, in: header, value: $steps.s1.outputs.b}], "
        "requestBody: {contentType: application/json, payload: {m: $steps.s1.outputs.a, n: [{o: '{$steps.s1.outputs.a}'}], "
        "p: $steps.s1.outputs.b, q: $inputs.nest}}",
        outputs="{out: $steps.s1.outputs.a, fine: $steps.s1.outputs.b}",
    )
    assert [one.secret for one in call(made, 2).parameters] == [True, False]
    body = call(made, 2).body
    assert body is not None
    assert body.secret == {"m", "o", "code", "deep"}
    assert made.workflow.secret_outputs == {"out"}
    assert call(made, 2).secret == {"mark"}


@pytest.mark.parametrize(
    ("payload", "names"),
    [
        ("$inputs.pin", {""}),
        ("[$inputs.pin]", {""}),
        ("""'{"a": "{$inputs.pin}", "b": {$inputs.plain}}'""", {"a"}),
        ("'a={$inputs.pin}&b=1'", {"a"}),
        ("'<r><a>{$inputs.pin}</a></r>'", {"a"}),
        ("'the PIN is {$inputs.pin}'", {""}),
        ("{a: 1}", set()),
    ],
)
def test_the_field_of_a_text_that_a_secret_stands_in_is_known(payload: str, names: set[str]) -> None:
    body = call(program(f"operationId: x, requestBody: {{contentType: text/plain, payload: {payload}}}")).body
    assert body is not None
    assert body.secret - {"code"} == names


def test_a_replacement_that_puts_a_secret_in_marks_its_target() -> None:
    replacements = "[{target: /a/b, value: $inputs.pin}, {target: /c/0, value: $inputs.pin}, {target: /d, value: 1}]"
    body = call(
        program(
            "operationId: x, requestBody: {contentType: application/json, payload: {a: {b: 1}, c: [1], d: 1}, "
            f"replacements: {replacements}}}"
        )
    ).body
    assert body is not None
    assert body.secret - {"code"} == {"b", "c"}


def test_what_is_handed_over_as_a_secret_was_one_before() -> None:
    made = program(
        "operationId: x, outputs: {x: $response.body#/x, y: $response.body#/y, z: $response.body#/z}",
        "operationId: x, parameters: [{name: Authorization, in: header, value: 'Bearer {$steps.s1.outputs.x}'}, "
        "{name: marked, in: query, value: $inputs.plain}], "
        "requestBody: {contentType: application/json, payload: {password: $steps.s1.outputs.y, other: $steps.s1.outputs.z}}",
    )
    assert step(made, 1).secret_outputs == {"x", "y"}
    assert made.workflow.inputs.secret == {"pin", "plain"}


CALLED = """- workflowId: v
  inputs: {type: object, properties: {number: {}, password: {}, plain: {}}}
  steps:
  - {stepId: t, operationId: x, parameters: [{name: plain, in: query, value: $inputs.number}], outputs: {n: $inputs.number}}
  outputs: {back: $steps.t.outputs.n, fine: $inputs.plain}
"""


def test_a_secret_travels_into_a_called_workflow_and_back() -> None:
    made = program(
        "workflowId: v, parameters: [{name: number, value: $inputs.pin}, {name: password, value: $inputs.plain}], "
        "outputs: {o: $outputs.back, f: $outputs.fine}",
        "operationId: x, parameters: [{name: plain, in: query, value: $steps.s1.outputs.o}]",
        outputs="{whole: $workflows.v.outputs.back}",
        more=CALLED,
    )
    inner = next(one for key, one in made.workflows.items() if key.workflow_id == "v")
    assert inner.inputs.secret == {"number", "password"}
    assert inner.secret_outputs == {"back"}
    assert inner.steps[0].secret_outputs == {"n"}
    assert step(made, 1).secret_outputs == {"o"}
    assert call(made, 2).parameters[0].secret
    assert made.workflow.inputs.secret == {"pin", "plain"}
    assert made.workflow.secret_outputs == {"whole"}


def test_an_action_hands_secrets_over_too() -> None:
    made = program(
        "operationId: x, onFailure: [{name: f, type: goto, workflowId: v, parameters: [{name: number, value: $inputs.pin}]}]",
        more=CALLED,
        version="1.1.0",
    )
    inner = next(one for key, one in made.workflows.items() if key.workflow_id == "v")
    assert inner.inputs.secret == {"number", "password"}


def test_secrets_that_travel_against_the_order_are_followed() -> None:
    count = 8
    steps = [
        f"operationId: x, outputs: {{o: $steps.s{number + 1}.outputs.o}}, onSuccess: [{{name: n, type: goto, stepId: s1}}]"
        for number in range(1, count)
    ]
    made = program(*steps, "operationId: x, outputs: {o: $inputs.pin}")
    assert [one.secret_outputs for one in made.workflow.steps] == [{"o"}] * count


def test_a_workflow_without_secrets_is_kept_as_it_was_bound() -> None:
    text = "workflows: [{workflowId: w, steps: [{stepId: s, operationId: x, outputs: {o: $statusCode}}]}]"
    workflow: BoundWorkflow = program_of(text).workflow
    assert workflow.secret_outputs == workflow.steps[0].secret_outputs == workflow.inputs.secret == frozenset()
