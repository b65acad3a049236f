import json
from typing import Any

import pytest
from hypothesis import given, settings

from arazzo_runner.mock.demands.flow import Flow
from arazzo_runner.mock.demands.later import later_uses
from arazzo_runner.mock.inputs import invent_inputs
from arazzo_runner.mock.limits import MAX_DEMANDED
from tests.engine.programs import as_yaml, program_of
from tests.hostile.random_programs import documents
from tests.mock.demands.chains import GIVE, api, chained, run

OPEN: dict[str, Any] = {"type": "object"}
ID: dict[str, Any] = {"parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]}


def using(value: object) -> dict[str, Any]:
    return {"stepId": "b", "operationId": "use", "parameters": [{"name": "id", "in": "path", "value": value}]}


@pytest.mark.parametrize(
    ("answer", "output", "value", "place"),
    [
        (OPEN, "$response.body#/list", "$steps.a.outputs.x[0].id", ("list", 0, "id")),
        (OPEN, "$response.body#/list", "$steps.a.outputs.x#/0/id", ("list", 0, "id")),
        ({"type": "array"}, "$response.body", "$steps.a.outputs.x[2].id", (2, "id")),
        ({"type": "array", "items": {"type": "object"}}, "$response.body#/1", "$steps.a.outputs.x.id", (1, "id")),
        (
            {"type": "object", "properties": {"page": OPEN}},
            "$response.body",
            "{$steps.a.outputs.x#/page/n}",
            ("page", "n"),
        ),
        (None, "$response.body", "$steps.a.outputs.x.a.b.c", ("a", "b", "c")),
    ],
)
def test_what_is_navigated_is_there(answer: Any, output: str, value: str, place: tuple[str | int, ...]) -> None:
    found = chained(api(answer, ID), {**GIVE, "outputs": {"x": output}}, using(value))
    assert found.succeeded, found.result.reason
    body = found.body()
    for token in place:
        body = body[token]
    assert isinstance(body, str | int | float)
    assert body != ""


def test_an_empty_example_gives_way_to_what_is_needed() -> None:
    description = api({"type": "object", "properties": {"list": {"type": "array"}}}, ID)
    described: Any = description
    content = described["paths"]["/give"]["get"]["responses"]["200"]["content"]["application/json"]
    content["example"] = {"list": [], "next": None}
    found = chained(description, {**GIVE, "outputs": {"x": "$response.body#/list/0/id"}}, using("$steps.a.outputs.x"))
    assert found.succeeded
    assert found.body()["list"][0]["id"]
    assert "next" in found.body()


def test_an_output_that_passes_another_on_hands_its_demand_on() -> None:
    middle = {"stepId": "m", "operationId": "give", "outputs": {"y": "$steps.a.outputs.x#/0"}}
    found = chained(
        api(None, ID), {**GIVE, "outputs": {"x": "$response.body#/list"}}, middle, using("$steps.m.outputs.y.id")
    )
    assert found.succeeded, found.result.reason
    assert found.body()["list"][0]["id"]


def test_what_was_sent_is_traced_to_its_source() -> None:
    send = {"stepId": "a", "operationId": "use", "requestBody": {"payload": {"ref": "$inputs.ref"}}}
    description = api(None, {**ID, "requestBody": {"content": {"application/json": {"schema": OPEN}}}})
    first = {**send, "parameters": [{"name": "id", "in": "path", "value": "1"}], "outputs": {"r": "$request.body#/ref"}}
    found = chained(description, first, using("$steps.a.outputs.r.id"))
    assert found.succeeded, found.result.reason
    assert found.inputs.inputs["ref"]["id"]  # type: ignore[index,call-overload]  # an object was made


def test_a_called_workflow_is_traced_through() -> None:
    callee = {
        "workflowId": "v",
        "inputs": {"type": "object", "properties": {"thing": {}}},
        "steps": [{**GIVE, "outputs": {"x": "$response.body#/page"}}, using("$inputs.thing.id")],
        "outputs": {"page": "$steps.a.outputs.x"},
    }
    call = {"stepId": "c", "workflowId": "v", "parameters": [{"name": "thing", "value": "$steps.a.outputs.first"}]}
    last = using("$steps.c.outputs.out.items[0].id")
    found = chained(
        api(None, ID),
        {**GIVE, "outputs": {"first": "$response.body#/things/0"}},
        {**call, "outputs": {"out": "$outputs.page"}},
        {**last, "stepId": "d"},
        others=(callee,),
    )
    assert found.succeeded, found.result.reason


def test_workflows_that_call_each_other_end() -> None:
    callee = {
        "workflowId": "v",
        "inputs": {"type": "object", "properties": {"n": {}}},
        "steps": [
            {"stepId": "c", "workflowId": "v", "parameters": [{"name": "n", "value": "$inputs.n.next"}]},
            {**GIVE, "outputs": {"x": "$steps.c.outputs.x.next"}},
        ],
        "outputs": {"x": "$steps.a.outputs.x.next"},
    }
    call = {"stepId": "c", "workflowId": "v", "parameters": [{"name": "n", "value": "$inputs.n"}]}
    calling = {"workflowId": "w", "steps": [{**call, "outputs": {"x": "$outputs.x"}}]}
    program = program_of(as_yaml([calling, callee]), files={"openapi.yaml": json.dumps(api(None, ID))})
    flow = Flow(program)
    flow.run()
    assert all(len(sink.demands) <= MAX_DEMANDED for sink in flow.inputs.values())


@settings(max_examples=40, deadline=None)
@given(documents())
def test_whatever_the_program_demands_end(document: str) -> None:
    program = program_of(document)
    later_uses(program)
    assert invent_inputs(program, {}).inputs == {}


def test_what_runs_before_shares_the_inputs_of_the_run() -> None:
    before = {
        "workflowId": "v",
        "inputs": {"type": "object", "properties": {"n": {}}},
        "steps": [using("$inputs.n")],
    }
    inputs = {"type": "object", "required": ["n"], "properties": {"n": {}}}
    flow = {"workflowId": "w", "dependsOn": ["v"], "inputs": inputs, "steps": [GIVE]}
    whole = {**ID, "parameters": [{**ID["parameters"][0], "schema": {"enum": ["low"]}}]}
    program = program_of(as_yaml([flow, before]), files={"openapi.yaml": json.dumps(api(None, whole))})
    found = run(program, {})
    assert found.succeeded, found.result.reason
    assert found.inputs.inputs == {"n": "low"}
