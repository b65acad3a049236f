import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from arazzo_runner.mock.inputs import InventedInputs, invent_inputs
from arazzo_runner.program.model import Program
from arazzo_runner.values import JSON, Value
from tests.engine.programs import as_yaml, program_of
from tests.mock.demands.chains import api

STEP: dict[str, Any] = {"stepId": "s", "operationId": "use"}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["id", "email"],
    "properties": {
        "id": {"type": "integer", "minimum": 5, "maximum": 9},
        "email": {"type": "string", "format": "email"},
        "note": {"type": "string"},
        "size": {"enum": ["s", "l"], "default": "s"},
        "token": {"type": "string", "format": "password"},
    },
}


def program(schema: JSON, step: dict[str, Any] | None = None, use: JSON = None, **workflow: Any) -> Program:
    made: dict[str, Any] = {"workflowId": "w", "inputs": schema, "steps": [step or STEP], **workflow}
    before = {
        "workflowId": "v",
        "inputs": {"required": ["id", "key"], "properties": {"id": {}, "key": {}}},
        "steps": [STEP],
    }
    return program_of(as_yaml([made, before]), files={"openapi.yaml": json.dumps(api(None, use or {}))})


def invented(schema: JSON, given: dict[str, Value] | None = None, seed: int = 0, **more: Any) -> InventedInputs:
    return invent_inputs(program(schema, **more), given or {}, seed=seed)


def names(found: InventedInputs) -> set[str]:
    return {one.name for one in found.invented}


def test_required_inputs_are_invented_and_others_left_out() -> None:
    found = invented(SCHEMA)
    assert names(found) == {"id", "email"} == set(found.inputs)
    assert Draft202012Validator(SCHEMA).is_valid(found.inputs)


def test_what_is_given_is_not_changed() -> None:
    found = invented(SCHEMA, {"id": 6, "note": "x"})
    assert names(found) == {"email"}
    assert (found.inputs["id"], found.inputs["note"]) == (6, "x")


def test_a_given_input_that_does_not_fit_stays_as_it_is() -> None:
    found = invented(SCHEMA, {"id": "no number"})
    assert found.inputs["id"] == "no number"
    assert names(found) == {"email"}


def test_one_seed_gives_the_same_and_others_differ() -> None:
    assert invented(SCHEMA, seed=3).inputs == invented(SCHEMA, seed=3).inputs
    assert len({str(invented(SCHEMA, seed=seed).inputs) for seed in range(8)}) > 1


@pytest.mark.parametrize(
    ("place", "required", "needed"),
    [("path", True, True), ("query", True, True), ("query", False, False), ("header", False, False)],
)
def test_an_optional_input_is_invented_where_its_use_needs_it(place: str, required: bool, needed: bool) -> None:
    use = {"parameters": [{"name": "id", "in": place, "required": required, "schema": {"type": "string"}}]}
    step = {**STEP, "parameters": [{"name": "id", "in": place, "value": "$inputs.note"}]}
    schema = {"type": "object", "properties": SCHEMA["properties"]}
    assert names(invented(schema, step=step, use=use)) == ({"note"} if needed else set())


@pytest.mark.parametrize(("required", "needed"), [(["k"], True), ([], False)])
def test_a_member_that_a_body_requires_is_needed(required: list[str], needed: bool) -> None:
    body: JSON = {"type": "object", "required": list(required), "properties": {"k": {"enum": ["low"]}}}
    use: JSON = {"requestBody": {"content": {"application/json": {"schema": body}}}}
    step = {**STEP, "requestBody": {"payload": {"k": "$inputs.note"}}}
    found = invented({"type": "object", "properties": SCHEMA["properties"]}, step=step, use=use)
    assert found.inputs == ({"note": "low"} if needed else {})


def test_a_default_is_kept_for_the_run_to_fill_in() -> None:
    use: JSON = {"parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]}
    step = {**STEP, "parameters": [{"name": "id", "in": "path", "value": "$inputs.size"}]}
    assert invented({"type": "object", "properties": SCHEMA["properties"]}, step=step, use=use).invented == ()


def test_an_input_that_is_used_and_not_declared_is_invented_where_the_schema_is_open() -> None:
    use: JSON = {"parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}]}
    step = {**STEP, "parameters": [{"name": "id", "in": "path", "value": "$inputs.other"}]}
    found = invented({"type": "object"}, step=step, use=use)
    assert int(str(found.inputs["other"])) is not None


def test_workflows_that_run_before_get_what_they_lack() -> None:
    found = invented(SCHEMA, dependsOn=["v"])
    assert set(found.inputs_for["v"]) == {"key"}
    assert [one.workflow for one in found.invented if one.name == "key"] == ["v"]


def test_a_secret_is_told_as_one() -> None:
    schema = {**SCHEMA, "required": ["token"]}
    (one,) = invented(schema).invented
    assert (one.name, one.secret) == ("token", True)
    assert str(one.value) not in repr(one)


def test_where_no_inputs_exist_nothing_is_invented() -> None:
    schema: JSON = {"type": "object", "required": ["a"], "properties": {"a": {"allOf": [{"const": 1}, {"const": 2}]}}}
    assert invented(schema).invented == ()


def test_a_conditional_requirement_is_met() -> None:
    schema: JSON = {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"const": "a"}, "more": {"type": "integer"}},
        "if": {"properties": {"kind": {"const": "a"}}},
        "then": {"required": ["more"]},
    }
    assert set(invented(schema).inputs) == {"kind", "more"}
