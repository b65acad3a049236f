"""A workflow that creates, reads, changes, deletes and reads again, by the real command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.invocation import Command
from tests.mock.state.pets import description, operations

FLOW = """
arazzo: 1.0.1
info: {title: F, version: '1'}
sourceDescriptions: [{name: pets, url: pets.json, type: openapi}]
workflows:
- workflowId: life
  steps:
  - stepId: create
    operationId: create
    requestBody: {payload: {name: Rex, age: 3}}
    successCriteria: [{condition: $statusCode == 201}]
    outputs: {id: $response.body#/id}
  - stepId: read
    operationId: read
    parameters: &pet [{name: petId, in: path, value: $steps.create.outputs.id}]
    outputs: {pet: $response.body}
  - stepId: change
    operationId: patch
    parameters: *pet
    requestBody: {contentType: application/json, payload: {age: 4}}
  - stepId: again
    operationId: read
    parameters: *pet
    outputs: {pet: $response.body}
  - stepId: listed
    operationId: list
    outputs: {pets: $response.body}
  - stepId: delete
    operationId: delete
    parameters: *pet
  - stepId: gone
    operationId: read
    parameters: *pet
    successCriteria: [{condition: LAST}]
  outputs:
    id: $steps.create.outputs.id
    before: $steps.read.outputs.pet
    after: $steps.again.outputs.pet
    listed: $steps.listed.outputs.pets
"""


def written(folder: Path, last: str = "$statusCode == 404") -> str:
    (folder / "pets.json").write_text(description(operations()), "utf-8")
    path = folder / "flow.yml"
    path.write_text(FLOW.replace("[{condition: LAST}]", f"[{{condition: '{last}'}}]" if last else "[]"), "utf-8")
    return str(path)


def outputs(arazzo: Command, document: str, *flags: str) -> tuple[dict[str, Any], dict[str, Any]]:
    ended = arazzo("run", document, "--mock", "--json", *flags)
    report = json.loads(ended.out)
    return report, report["outputs"]


def test_a_life_is_told_as_it_was(arazzo: Command, tmp_path: Path) -> None:
    report, told = outputs(arazzo, written(tmp_path))
    assert report["status"] == "succeeded"
    before = told["before"]
    assert (before["id"], before["name"], before["age"]) == (told["id"], "Rex", 3)
    assert told["after"] == {**before, "age": 4}
    assert told["listed"] == [told["after"]]
    assert report["warnings"] == []


def test_two_runs_with_one_seed_are_the_same(arazzo: Command, tmp_path: Path) -> None:
    document = written(tmp_path)
    assert outputs(arazzo, document)[1] == outputs(arazzo, document)[1]
    assert outputs(arazzo, document)[1] != outputs(arazzo, document, "--seed", "9")[1]


def test_without_state_each_request_is_answered_by_itself(arazzo: Command, tmp_path: Path) -> None:
    _, told = outputs(arazzo, written(tmp_path), "--stateless")
    assert told["before"]["name"] != "Rex"
    assert told["after"] == told["before"]


@pytest.mark.parametrize(
    ("last", "code", "words"),
    [
        ("", 1, "/pets/{id} was deleted by DELETE of step 'delete'"),
        ("$statusCode == 200", 0, "was deleted by DELETE of step 'delete', and the step wants an answer all the same"),
    ],
)
def test_what_was_deleted_is_told_where_the_workflow_wants_it(
    arazzo: Command, tmp_path: Path, last: str, code: int, words: str
) -> None:
    document = written(tmp_path, last)
    ended = arazzo("run", document, "--mock")
    assert ended.code == code
    id = outputs(arazzo, document, "--stateless")[1]["id"]
    said = " ".join((ended.out + ended.err).split())
    assert words.replace("{id}", str(id)) in said


def test_all_edges_are_walked_each_run_with_nothing_remembered(arazzo: Command, tmp_path: Path) -> None:
    ended = arazzo("run", written(tmp_path), "--mock", "--scenario", "all")
    assert ended.code == 0, ended.out + ended.err
    assert ended.out == arazzo("run", written(tmp_path), "--mock", "--scenario", "all").out


def test_the_flag_is_for_a_mock(arazzo: Command, tmp_path: Path) -> None:
    ended = arazzo("run", written(tmp_path), "--stateless")
    assert ended.code == 2
    assert "--stateless is for --mock" in ended.err
