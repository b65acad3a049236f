from __future__ import annotations

import json

import pytest

from arazzo_runner.diagnostics import Splice
from arazzo_runner.expressions.grammar import Exchange, StepOutput
from arazzo_runner.expressions.template import expressions_of
from arazzo_runner.program.model import BoundStep, OperationCall, Program
from arazzo_runner.program.own_names import Uses
from arazzo_runner.values import JSON, Path
from tests.engine.programs import compile_text, program_of

TEXT: JSON = {"type": "string"}
PET: JSON = {"type": "object", "properties": {"id": TEXT, "name": TEXT}}
PETS: JSON = {"type": "array", "items": PET}


def files(schema: JSON) -> dict[str, str]:
    parameter: JSON = {"name": "q", "in": "query", "schema": {}}
    paths: JSON = {
        "/give": {"get": {"operationId": "give", "responses": {"200": _answer(schema)}}},
        "/take": {"post": {"operationId": "take", "parameters": [parameter], "responses": {}}},
    }
    api: JSON = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": paths}
    return {"openapi.yaml": json.dumps(api)}


def _answer(schema: JSON) -> JSON:
    return {"description": "d", "content": {"application/json": {"schema": schema}}}


def text(output: str, use: str = "''", name: str = "pet") -> str:
    return (
        f"workflows:\n- workflowId: w\n  steps:\n  - stepId: s\n    operationId: give\n    outputs: {{{name}: '{output}'}}\n"
        f"  - stepId: t\n    operationId: take\n    parameters: [{{name: q, in: query, value: {use}}}]\n"
    )


def place_of(step: BoundStep) -> Path:
    (expression,) = expressions_of(step.outputs[0][1])
    assert isinstance(expression, Exchange)
    return (*(expression.pointer or ()), *expression.navigation)


def steps_of(program: Program) -> Path:
    call = program.workflow.steps[1].call
    assert isinstance(call, OperationCall)
    (expression,) = expressions_of(call.parameters[0].value)
    assert isinstance(expression, StepOutput)
    return expression.navigation


@pytest.mark.parametrize(
    ("schema", "output", "use", "place"),
    [
        (TEXT, "$response.body#/pet", "''", ()),
        (TEXT, "$response.body.pet", "''", ()),
        ({"type": "array", "items": TEXT}, "$response.body#/0/pet", "$steps.s.outputs.pet", ("0",)),
        ({"type": "array", "items": TEXT}, "$response.body#/0/pet", "'$steps.s.outputs.pet[1]'", ()),
        (PETS, "$response.body#/pet", "''", ()),
        (PETS, "$response.body#/0/pet", "$steps.s.outputs.pet.id", ("0",)),
        (PETS, "$response.body#/0/pet", "'$steps.s.outputs.pet[2].id'", ()),
        (PET, "$response.body#/pet", "$steps.s.outputs.pet.id", ()),
        ({"properties": {"a": TEXT}}, "$response.body#/a/pet", "''", ("a",)),
    ],
)
def test_an_output_that_ends_in_its_own_name_is_what_stands_before_it(
    schema: JSON, output: str, use: str, place: Path
) -> None:
    compiled = compile_text(text(output, use), files=files(schema))
    assert compiled.program is not None
    assert place_of(compiled.program.workflow.steps[0]) == place
    (told,) = [one for one in compiled.diagnostics if one.code == "reading-OUT-07"]
    assert told.span is not None
    assert told.span.line == 11
    assert told.fix is not None
    (change,) = told.fix.changes
    assert isinstance(change, Splice)
    written = output[: change.start] + change.text + output[change.end :]
    assert written == ("$response.body#/" + "/".join(map(str, place)) if place else "$response.body")


@pytest.mark.parametrize(
    ("schema", "output", "use"),
    [
        (PET, "$response.body#/pet", "$steps.s.outputs.pet"),  # one member that is not there is no word of the whole
        (PET, "$response.body#/pet", "$steps.s.outputs.pet.none"),
        (PET, "$response.body#/name", "$steps.s.outputs.pet.id"),
        (PETS, "$response.body#/0/id", "$steps.s.outputs.pet"),
        ({"type": "object", "properties": {"pet": TEXT}}, "$response.body#/pet", "''"),
        ({"type": "object", "additionalProperties": TEXT}, "$response.body#/pet", "$steps.s.outputs.pet.id"),
        (TEXT, "$response.body#/pet", "$steps.s.outputs.pet.id"),  # who reads members took the text for an object
        (True, "$response.body#/pet", "''"),
        (TEXT, "$response.body", "''"),
        (TEXT, "$response.body#/other", "''"),
    ],
)
def test_any_other_output_is_read_as_it_is_written(schema: JSON, output: str, use: str) -> None:
    compiled = compile_text(text(output, use), files=files(schema))
    assert compiled.program is not None
    assert "reading-OUT-07" not in [one.code for one in compiled.diagnostics]


def test_strictly_an_output_is_read_as_it_is_written() -> None:
    program = program_of(text("$response.body#/pet"), files=files(TEXT), strict=True)
    assert place_of(program.workflow.steps[0]) == ("pet",)


@pytest.mark.parametrize(
    ("schema", "output", "use", "steps"),
    [
        ({"properties": {"pet": PET}}, "$response.body", "$steps.s.outputs.pet.id", ("pet", "id")),
        ({"properties": {"pet": PETS}}, "$response.body", "$steps.s.outputs.pet.id", ("pet", "id")),
        ({"properties": {"pet": PETS}}, "$response.body", "'$steps.s.outputs.pet[0].id'", ("pet", 0, "id")),
        ({"type": "object"}, "$response.body", "'$steps.s.outputs.pet[0].id'", ("pet", 0, "id")),
        (
            {"properties": {"a": {"properties": {"pet": PET}}}},
            "$response.body#/a",
            "$steps.s.outputs.pet.id",
            ("pet", "id"),
        ),
        (PET, "$response.body#/id", "$steps.s.outputs.pet.id", ()),
    ],
)
def test_what_stands_behind_an_output_is_looked_for_in_the_member_of_its_name(
    schema: JSON, output: str, use: str, steps: Path
) -> None:
    compiled = compile_text(text(output, use), files=files(schema))
    assert compiled.program is not None
    assert steps_of(compiled.program) == steps
    told = [one for one in compiled.diagnostics if "is read as what stands at" in one.message]
    assert [one.code for one in told] == ["reading-P2"]


@pytest.mark.parametrize(
    ("schema", "output", "use", "steps"),
    [
        (PET, "$response.body", "$steps.s.outputs.pet.id", ("id",)),
        ({"properties": {"id": TEXT, "pet": PET}}, "$response.body", "$steps.s.outputs.pet.id", ("id",)),
        ({"properties": {"pet": PET}}, "$response.body", "$steps.s.outputs.pet.none", ("none",)),
        ({"properties": {"pet": PET}}, "$response.body", "'$steps.s.outputs.pet[0]'", (0,)),
        ({"type": "object", "additionalProperties": False}, "$response.body", "'$steps.s.outputs.pet[0]'", (0,)),
        (PETS, "$response.body", "'$steps.s.outputs.pet[0].id'", (0, "id")),
        (PET, "$response.body#/id", "$steps.s.outputs.pet.name", ("name",)),
        ({}, "$response.body", "$steps.s.outputs.pet.id", ("id",)),
    ],
)
def test_any_other_navigation_is_read_as_it_is_written(schema: JSON, output: str, use: str, steps: Path) -> None:
    compiled = compile_text(text(output, use), files=files(schema))
    assert compiled.program is not None
    assert steps_of(compiled.program) == steps
    assert not [one for one in compiled.diagnostics if "is read as what stands at" in one.message]


def test_values_inside_of_others_are_read_so_too() -> None:
    use = "{a: ['$steps.s.outputs.pet.id', 'x {$steps.s.outputs.pet.name}'], b: 1}"
    compiled = compile_text(text("$response.body", use), files=files({"properties": {"pet": PET}}))
    assert compiled.program is not None
    call = compiled.program.workflow.steps[1].call
    assert isinstance(call, OperationCall)
    found = [mention.expression for mention in compiled.program.workflow.mentions if mention.step_id == "t"]
    assert [one.navigation for one in found if isinstance(one, StepOutput)] == [("pet", "id"), ("pet", "name")]


def test_what_is_written_behind_an_output_is_found_anywhere() -> None:
    workflow: JSON = {"steps": [{"a": ["$steps.s.outputs.pet.id", "{$steps.s.outputs.pet[0].x}"]}, 5, None]}
    uses = Uses(workflow)
    assert sorted(uses.of("s", "pet")) == ["[", "id"]
    assert uses.of("s", "pe") == ()
    assert uses.of("t", "pet") == ()
