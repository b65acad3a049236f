"""Scenarios by the real command."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from arazzo_runner.cli.scenarios import is_all
from tests.cli.invocation import Command
from tests.mock.scenarios.shop import WORKFLOWS, written_shop

REFERENCE = "specs/arazzo/microsoft-azure-web-pubsub-token-then-broadcast-workflow.yml"


@pytest.fixture
def document(tmp_path: Path) -> str:
    return written_shop(tmp_path)


@pytest.fixture
def schema(project: Path) -> object:
    return json.loads((project / "arazzo_runner/reports/edges/coverage.schema.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("scenario", "code", "statuses", "actions"),
    [
        ("order=failure", 1, None, None),
        ("order=409", 1, [409], ["give-up"]),
        ("order.give-up", 1, [409], ["give-up"]),
        ("order*1=429", 0, [429, 201], None),
        ("order*2=429,order=409", 1, [429, 429, 409], ["give-up"]),
        ("order.skip", 0, [201], ["skip"]),
        ("tell/mail.fallback", 0, [201], None),
        ("order=success", 0, [201], None),
    ],
)
def test_a_scenario_chooses_the_way(
    arazzo: Command, document: str, scenario: str, code: int, statuses: list[int] | None, actions: list[str] | None
) -> None:
    ended = arazzo("run", document, "-w", "w", "--mock", "--json", "--scenario", scenario)
    assert ended.code == code, ended.err
    step = next(step for step in json.loads(ended.out)["steps"] if step["id"] == "order")
    if statuses is not None:
        assert [attempt["statusCode"] for attempt in step["attempts"]] == statuses
    if actions is not None:
        assert [step["action"]] == actions


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        ("refused", "refused", "the connection was refused"),
        ("timeout", "timeout", "no answer within 30 seconds"),
        ("reset", "reset", "the connection was reset"),
    ],
)
def test_a_fault_is_a_request_without_an_answer(
    arazzo: Command, document: str, fault: str, kind: str, words: str
) -> None:
    ended = arazzo("run", document, "-w", "w", "--mock", "--json", "--scenario", f"order={fault}")
    assert ended.code == 1
    failure = json.loads(ended.out)["steps"][0]["attempts"][0]["failure"]
    assert failure["kind"] == kind
    assert words in failure["message"]


@pytest.mark.parametrize("fault", ["broken-json", "wrong-content-type"])
def test_a_damaged_answer_comes_with_its_status(arazzo: Command, tmp_path: Path, fault: str) -> None:
    document = written_shop(tmp_path, WORKFLOWS.replace("state == 'paid'", "state == 'x'"))
    ended = arazzo("run", document, "-w", "w", "--mock", "--json", "--scenario", f"order={fault}")
    attempt = json.loads(ended.out)["steps"][0]["attempts"][0]
    assert attempt["statusCode"] == 201
    assert "output 'id' of step 'order' found nothing" in ended.out


def test_a_slow_answer_passes_the_timeout_of_its_step(arazzo: Command, tmp_path: Path) -> None:
    timed = WORKFLOWS.replace("    operationId: order\n", "    operationId: order\n    timeout: 2000\n")
    document = written_shop(tmp_path, timed)
    text = Path(document).read_text("utf-8").replace("arazzo: 1.0.1", "arazzo: 1.1.0")
    Path(document).write_text(text, "utf-8")
    ended = arazzo("run", document, "-w", "w", "--mock", "--json", "--scenario", "order=slow")
    assert ended.code == 1, ended.err
    result = json.loads(ended.out)
    assert result["elapsed"] == 2.0
    assert result["steps"][0]["attempts"][0]["failure"]["kind"] == "timeout"


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--scenario", "order=failure"], ["this run has none", "add --mock"]),
        (["--mock", "--scenario", "ordr=failure"], ["no step 'ordr'", "did you mean 'order'?"]),
        (["--mock", "--scenario", "order.skp"], ["no action 'skp'", "did you mean 'skip'?"]),
        (["--mock", "--scenario", "order=nothing"], ["no outcome 'nothing'", "success, failure, refused"]),
        (["--mock", "--scenario", "all", "--scenario", "order=409"], ["leave the others out"]),
        (["--mock", "--scenario", "all,order=409"], ["goes with no other scenario", "leave the others out"]),
        (["--mock", "--scenario", "all", "--output", "x"], ["makes many runs"]),
        (["--scenario", "all"], ["add --mock"]),
    ],
)
def test_a_wrong_scenario_is_refused_and_nothing_runs(
    arazzo: Command, document: str, flags: list[str], words: list[str]
) -> None:
    ended = arazzo("run", document, "-w", "w", *flags)
    assert (ended.code, ended.out) == (2, "")
    for word in words:
        assert word in ended.err
    assert "order" not in ended.err.partition("error")[0]


def test_what_cannot_be_had_is_a_warning_with_both_places(arazzo: Command, document: str) -> None:
    again = Path(document).read_text("utf-8").replace("state == 'paid'", "state == 'lost'")
    Path(document).write_text(again, "utf-8")
    ended = arazzo("run", document, "-w", "w", "--mock", "--scenario", "wait.never")
    assert ended.code == 0
    told = " ".join(ended.err.split())
    assert "what the scenario wants of it can't be had: the criterion '$response.body#/state == 'lost''" in told
    assert "shop.arazzo.yaml:23:7" in told
    assert "openapi.yaml:22:48" in told


def test_a_wish_for_a_step_that_is_not_come_to_is_told(arazzo: Command, document: str) -> None:
    ended = arazzo("run", document, "-w", "w", "--mock", "--scenario", "order=409,wait=404")
    assert ended.code == 1
    assert "--scenario wait=404: step 'wait' sent no request, so it changed nothing" in ended.err


def test_all_walks_the_edges_and_ends_well(arazzo: Command, document: str) -> None:
    ended = arazzo("run", document, "-w", "w", "--mock", "--scenario", "all")
    assert ended.code == 0, ended.err
    assert "w: 16 of 18 edges taken in " in ended.out
    lines = [line for line in ended.out.splitlines() if "shop.arazzo.yaml:" in line and line.startswith("  ")]
    assert sum("not taken" in line for line in lines) == 2
    assert sum(" run" in line for line in lines) >= 16


def test_all_is_written_as_json_too(arazzo: Command, document: str, schema: object) -> None:
    ended = arazzo("run", document, "-w", "w", "--mock", "--scenario", "all", "--json")
    written = json.loads(ended.out)
    jsonschema.validate(written, schema)
    assert (ended.code, written["status"], written["summary"]["taken"]) == (0, "succeeded", 16)
    assert {edge["type"] for edge in written["edges"]} == {"default", "end", "goto", "retry"}


def test_a_walk_that_is_refused_is_told_in_the_same_form(arazzo: Command, document: str, schema: object) -> None:
    ended = arazzo("run", document, "-w", "v", "--mock", "--scenario", "all", "--json")
    written = json.loads(ended.out)
    jsonschema.validate(written, schema)
    assert (ended.code, written["status"], written["error"]["kind"]) == (2, "refused", "usage")


def test_the_reference_workflow_shows_both_failures(arazzo: Command) -> None:
    inputs = ["-i", "accessToken=hidden-token", "-i", "hub=chat", "-i", "message=hi"]
    ended = arazzo("run", REFERENCE, "--mock", *inputs, "--scenario", "all")
    assert ended.code == 0
    assert "4 of 4 edges taken in 3 runs" in ended.out
    assert "generateToken failure  the workflow fails" in ended.out
    assert "broadcast failure      the workflow fails" in ended.out


REQUEST = """
workflows:
- workflowId: w
  inputs: {type: object, properties: {n: {type: integer, default: 5}}}
  steps:
  - {stepId: s, operationId: counted, parameters: [{name: n, in: query, value: $inputs.n}]}
"""
COUNTED = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://shop.example'}]
paths:
  /counted:
    get:
      operationId: counted
      parameters: [{name: n, in: query, schema: {type: integer, maximum: 9}}]
      responses: {'200': {description: ok}}
"""


@pytest.mark.parametrize(
    ("flags", "code", "told"),
    [
        ([], 1, True),
        (["--check-level", "warn"], 0, True),
        (["--check", "none"], 0, False),
        (["--check", "responses"], 0, False),
        (["-i", "n=7"], 0, False),
    ],
)
def test_a_mocked_request_that_breaks_the_contract_fails_its_step(
    arazzo: Command, tmp_path: Path, flags: list[str], code: int, told: bool
) -> None:
    document = written_shop(tmp_path, REQUEST, COUNTED)
    given = flags if "-i" in flags else [*flags, "-i", "n=12"]
    ended = arazzo("run", document, "--mock", "--json", *given)
    assert ended.code == code, ended.err
    codes = [warning["code"] for warning in json.loads(ended.out)["warnings"]]
    assert ("contract-request-parameter" in codes) is told


@pytest.mark.parametrize(("wishes", "found"), [(["all"], True), ([" all "], True), (["a=all"], False), ([], False)])
def test_all_is_a_word_of_its_own(wishes: list[str], found: bool) -> None:
    assert is_all(wishes) is found
