import json
import shlex
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.cli.invocation import Command

FLOW = """
arazzo: 1.0.1
info: {title: T, version: '1'}
sourceDescriptions: [{name: api, url: api.yml, type: openapi}]
workflows:
- workflowId: w
  inputs: {required: [a, pin], properties: {a: {type: integer}, pin: {type: string, format: password}}}
  steps: [{stepId: s, operationId: x, parameters: [{name: a, in: query, value: $inputs.a}]}]
"""
API = """
openapi: 3.1.0
info: {title: A, version: '1'}
servers: [{url: 'https://nowhere.invalid'}]
security: [{key: []}]
components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
paths: {/x: {get: {operationId: x, parameters: [{name: a, in: query, schema: {type: integer}}], responses: {'200': {description: ok}}}}}
"""


@pytest.fixture
def flow(tmp_path: Path) -> str:
    (tmp_path / "api.yml").write_text(API)
    (tmp_path / "flow.yml").write_text(FLOW)
    return str(tmp_path / "flow.yml")


def last(out: str) -> list[str]:
    """The words of the last line, which is the command that invents the answers."""
    program, *words = shlex.split(out.strip().splitlines()[-1])
    assert program == "arazzo"
    return words


def test_the_reference_workflow_is_ready_and_its_mock_runs_as_printed(arazzo: Command, reference: str) -> None:
    ended = arazzo("doctor", reference)
    assert (ended.code, ended.err) == (0, "")
    assert "  ✓ webPubSubApi  https://example.webpubsub.azure.com" in ended.out
    assert arazzo(*last(ended.out)).code == 0


def test_json_is_as_its_schema_says(arazzo: Command, reference: str, project: Path) -> None:
    schema: Any = json.loads((project / "arazzo_runner/reports/doctor/doctor.schema.json").read_text("utf-8"))
    ended = arazzo("doctor", reference, "--json")
    found = json.loads(ended.out)
    jsonschema.validate(found, schema)
    assert (ended.code, found["ready"]) == (0, True)


def test_what_is_missing_is_no_fault_and_what_is_in_the_way_is(arazzo: Command, flow: str) -> None:
    assert arazzo("doctor", flow).code == 0
    ended = arazzo("doctor", flow, "--source", "api=nowhere.yml")
    assert ended.code == 1
    assert "cannot be read" in ended.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("nowhere.yml",),
        ("FLOW", "--workflow", "nix"),
        ("FLOW", "--source", "nix=a.yml"),
        ("FLOW", "--offline", "--no-cache"),
    ],
)
def test_what_can_not_be_looked_at_is_2(arazzo: Command, flow: str, arguments: tuple[str, ...]) -> None:
    ended = arazzo("doctor", *(flow if each == "FLOW" else each for each in arguments))
    assert (ended.code, ended.out) == (2, "")


@pytest.mark.parametrize(
    ("more", "giver"),
    [
        (("-i", "a=5"), "-i"),
        (("--inputs", "inputs.json"), "--inputs inputs.json"),
        (("--env-file", "vars.env"), "ARAZZO_INPUT_A"),
        (("--config", "arazzo.toml"), "arazzo.toml"),
    ],
)
def test_who_gives_an_input(
    arazzo: Command, flow: str, more: tuple[str, ...], giver: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(flow).parent
    monkeypatch.chdir(folder)
    (folder / "inputs.json").write_text('{"a": 5}')
    (folder / "vars.env").write_text("ARAZZO_INPUT_A=5")
    (folder / "arazzo.toml").write_text("[defaults.inputs]\na = 5\n")
    ended = arazzo("doctor", "flow.yml", *(() if "--config" in more else ("--no-config",)), *more)
    assert ended.code == 0, ended.err
    assert any(line.startswith("    ✓ a ") and f"given by {giver}" in line for line in ended.out.splitlines()), (
        ended.out
    )
    command = next(line for line in ended.out.splitlines() if line.startswith("    arazzo run"))
    assert " ".join(more) in command
    assert arazzo(*last(ended.out)).code == 0


def test_no_secret_is_printed(arazzo: Command, flow: str) -> None:
    ended = arazzo("doctor", flow, "-i", "pin=hunter2", "--auth", "key=hunter3", "--strict")
    assert "hunter" not in ended.out + ended.err
    assert "--auth key=..." in ended.out
    assert "--strict" in ended.out


def test_an_input_that_does_not_fit_is_in_the_way(arazzo: Command, flow: str) -> None:
    ended = arazzo("doctor", flow, "-i", "a=five")
    assert ended.code == 1
    assert "input 'a'" in ended.out


def test_hosts_are_looked_up_when_asked(arazzo: Command, flow: str) -> None:
    ended = arazzo("doctor", flow, "--online")
    assert ended.code == 1
    assert "its host has no address" in ended.out
    assert arazzo("doctor", flow, "--online", "--server", "http://127.0.0.1:1").code == 0


def test_standard_input_is_named_by_a_dash(arazzo: Command, flow: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = arazzo("doctor", "-", "--base-uri", flow, stdin=FLOW.encode())
    assert ended.code == 0
    assert f"arazzo run - --workflow w --base-uri {flow}" in ended.out


@pytest.mark.parametrize(
    ("proxy", "shown"),
    [
        ("http://u:hush@proxy.test:8080", "http://USER:PASSWORD@proxy.test:8080"),
        ("http://hush@proxy.test", "http://USER:PASSWORD@proxy.test"),
        ("http://proxy.test:8080", "http://proxy.test:8080"),
    ],
)
def test_the_password_of_a_proxy_is_never_repeated(arazzo: Command, flow: str, proxy: str, shown: str) -> None:
    for more in ([], ["--json"]):
        out = arazzo("doctor", flow, "--proxy", proxy, *more).out
        assert f"--proxy {shown}" in out
        assert "hush" not in out


def test_an_input_that_is_required_and_not_described_can_be_given_as_printed(arazzo: Command, flow: str) -> None:
    text = Path(flow).read_text()
    Path(flow).write_text(text.replace("required: [a, pin]", "required: [a, pin, more]"))
    assert arazzo(*last(arazzo("doctor", flow).out)).code == 0


@pytest.mark.parametrize("said", [("-i", 'more={"list": [{"password": "hush"}]}'), ("--auth", "hush")])
def test_a_secret_without_a_name_of_its_own_is_never_repeated(
    arazzo: Command, flow: str, said: tuple[str, ...]
) -> None:
    text = Path(flow).read_text()
    Path(flow).write_text(text.replace("properties: {a:", "properties: {more: {type: object}, a:"))
    ended = arazzo("doctor", flow, *said)
    assert "Run it" in ended.out
    assert "hush" not in ended.out + ended.err
