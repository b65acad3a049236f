import json
from typing import Any

from arazzo_runner.expressions.scope import Scope
from arazzo_runner.mock.demands.later import NO_USES, later_uses
from arazzo_runner.program.model import Program
from tests.engine.programs import as_yaml, program_of
from tests.mock.demands.chains import GIVE, api


def program(*steps: dict[str, Any]) -> Program:
    text = as_yaml([{"workflowId": "w", "steps": list(steps)}])
    return program_of(text, files={"openapi.yaml": json.dumps(api(None, {}))})


def using(value: str, name: str = "q") -> dict[str, Any]:
    parameter = {"name": name, "in": "query", "value": value}
    return {"stepId": f"use-{name}", "operationId": "use", "parameters": [parameter]}


def test_without_a_program_nothing_is_wanted() -> None:
    assert later_uses(None).of_answer(program(GIVE).workflow.steps[0], Scope()) is NO_USES


def test_uses_of_one_place_are_merged_and_needs_come_first() -> None:
    first = {**GIVE, "outputs": {"x": "$response.body#/x", "y": "$response.body#/y", "h": "$response.header.ETag"}}
    found = program(
        first,
        using("$steps.a.outputs.y", "p"),
        using("$steps.a.outputs.y", "q"),
        using("$steps.a.outputs.h", "r"),
    )
    uses = later_uses(found).of_answer(found.workflow.steps[0], Scope())
    assert [(use.path, use.must, len(use.uses)) for use in uses.body] == [(("y",), True, 2), (("x",), False, 1)]
    assert [name for name, _ in uses.headers] == ["etag"]
    assert uses.body[0].nested()[0] == {
        "type": "object",
        "required": ["y"],
        "properties": {"y": uses.body[0].schemas[0]},
    }


def test_the_wishes_of_an_answer_are_the_same_objects_each_time() -> None:
    found = program({**GIVE, "outputs": {"x": "$response.body#/x"}}, using("$steps.a.outputs.x"))
    later = later_uses(found)
    step = found.workflow.steps[0]
    assert later.of_answer(step, Scope()) is later.of_answer(step, Scope())


def test_inputs_that_are_needed_are_named() -> None:
    found = program(using("$inputs.q"), {**using("$inputs.h", "h"), "requestBody": {"payload": {"b": "$inputs.b"}}})
    later = later_uses(found)
    assert later.needed(found.workflow.key) == ()
    assert later.of_input(found.workflow.key, "q")
    assert later.of_input(found.workflow.key, "other") == ()
