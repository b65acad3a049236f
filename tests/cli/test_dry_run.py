from __future__ import annotations

import json
import shlex
from pathlib import Path

import jsonschema
import pytest

from arazzo_runner.cli.dry_run import format_named
from arazzo_runner.errors import UsageError
from tests.cli.invocation import Command
from tests.cli.loopback import Loopback
from tests.preview.documents import written

SECRET = "sesame-open-the-door"
INPUTS = ("-i", f"accessToken={SECRET}", "-i", "hub=chat_1", "-i", "message=it's")
SCHEMA = "arazzo_runner/reports/requests/requests.schema.json"


def test_the_requests_are_shown_and_nothing_is_sent(arazzo: Command, pubsub: Loopback, reference: str) -> None:
    ended = arazzo("run", reference, "--server", pubsub.url, "--dry-run", *INPUTS)
    assert ended.code == 0
    assert ended.out == (
        "generate-token-then-broadcast: 2 steps, nothing was sent\n"
        "\n"
        "  ▸ generateToken\n"
        f"    POST {pubsub.url}/api/hubs/chat_1/:generateToken?api-version=2024-01-01&minutesToExpire=60\n"
        "    Authorization: [redacted]\n"
        "    Accept: application/json\n"
        "\n"
        "  ▸ broadcast\n"
        f"    POST {pubsub.url}/api/hubs/chat_1/:send?api-version=2024-01-01\n"
        "    Authorization: [redacted]\n"
        "    Accept: application/json\n"
        "    Content-Type: text/plain\n"
        "\n"
        "    it's\n"
    )
    assert "warning[reading-P1]" in ended.err
    assert SECRET not in ended.out + ended.err
    assert pubsub.asked == []


def test_what_is_shown_is_what_is_sent(arazzo: Command, pubsub: Loopback, reference: str) -> None:
    flags = ("run", reference, "--server", pubsub.url, *INPUTS)
    shown = json.loads(arazzo(*flags, "--dry-run", "--json", "--show-secrets").out)
    assert arazzo(*flags).code == 0
    requests = [step["request"] for step in shown["steps"]]
    assert [f"{one['method']} {one['url'].removeprefix(pubsub.url)}" for one in requests] == [
        asked.line for asked in pubsub.asked
    ]
    for one, asked in zip(requests, pubsub.asked, strict=True):
        assert (one["body"]["text"].encode() if one["body"] else b"") == asked.body
        for header in one["headers"]:
            assert asked.headers[header["name"]] == header["value"]


def test_missing_inputs_are_placeholders(arazzo: Command, reference: str) -> None:
    ended = arazzo("run", reference, "--dry-run", "-i", "hub=chat", "--server", "http://localhost")
    assert ended.code == 0
    assert "    Authorization: Bearer {$inputs.accessToken}\n" in ended.out
    assert ended.out.endswith("    {$inputs.message}\n\nMissing inputs: accessToken, message\n")
    assert "inputs are missing, a placeholder stands for each: accessToken, message" in ended.err
    assert "-i accessToken=... -i message=..." in ended.err


def test_names_of_missing_inputs_are_quoted_for_the_shell(arazzo: Command, tmp_path: Path) -> None:
    (tmp_path / "api.yml").write_text("openapi: 3.1.0\npaths: {/x: {get: {operationId: x}}}\n")
    (tmp_path / "flow.yml").write_text("""
arazzo: 1.0.1
info: {title: T, version: '1'}
sourceDescriptions: [{name: api, url: api.yml, type: openapi}]
workflows:
- workflowId: w
  inputs: {type: object, required: [two words], properties: {two words: {}}}
  steps: [{stepId: s, operationId: x}]
""")
    ended = arazzo("run", str(tmp_path / "flow.yml"), "--dry-run", "--server", "http://localhost")
    assert "give them: -i 'two words=...'" in ended.err


def test_commands_of_curl(arazzo: Command, reference: str) -> None:
    ended = arazzo("run", reference, "--dry-run", "--format", "curl", "--server", "http://localhost", *INPUTS, "-q")
    assert (ended.code, ended.err) == (0, "")
    comment, first, *_ = ended.out.split("\n", 1)
    assert comment == "# generateToken"
    words = shlex.split(first.replace(" \\\n  ", " "), comments=True)
    assert words.count("curl") == 2
    assert words[-2:] == ["--data-binary", "it's"]
    assert "Authorization: [redacted]" in words


def test_for_a_program(arazzo: Command, reference: str, project: Path) -> None:
    schema = json.loads((project / SCHEMA).read_text("utf-8"))
    for flags in (("--json",), ("--format", "json")):
        ended = arazzo("run", reference, "--dry-run", "--server", "http://localhost", *flags)
        found = json.loads(ended.out)
        jsonschema.validate(found, schema)
        assert found["missing"] == ["accessToken", "hub", "message"]


def test_a_document_with_errors_is_refused_as_by_a_run(arazzo: Command, tmp_path: Path, project: Path) -> None:
    path = written(tmp_path)
    path.write_text(path.read_text("utf-8").replace("operationId: login", "operationId: logon", 1), "utf-8")
    flags = ("run", str(path), "-w", "shop", "-i", "user=a", "-i", "count=1")
    ran, dry = arazzo(*flags), arazzo(*flags, "--dry-run")
    assert (dry.code, dry.out, dry.err) == (ran.code, "", ran.err)
    assert ran.code == 2
    told = arazzo(*flags, "--dry-run", "--json")
    found = json.loads(told.out)
    jsonschema.validate(found, json.loads((project / SCHEMA).read_text("utf-8")))
    assert found["diagnostics"] == json.loads(arazzo(*flags, "--json").out)["diagnostics"] != []


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (("--format", "curl"), "--format is for --dry-run"),
        (("--dry-run", "--format", "crul"), "did you mean 'curl'?"),
        (("--dry-run", "--format", "curl", "--json"), "contradict each other"),
        (("--dry-run", "--output", "token"), "--dry-run has no outputs"),
        (("--dry-run", "-i", "nobody=1"), "has no input 'nobody'"),
    ],
)
def test_what_contradicts_itself_is_refused(arazzo: Command, reference: str, flags: tuple[str, ...], told: str) -> None:
    ended = arazzo("run", reference, "--server", "http://localhost", *flags)
    assert ended.code == 2
    assert told in ended.err


def test_an_input_that_does_not_fit_is_refused(arazzo: Command, tmp_path: Path) -> None:
    ended = arazzo("run", str(written(tmp_path)), "-w", "shop", "--dry-run", "-i", 'count:="x"')
    assert ended.code == 2
    assert "input 'count' must be an integer" in ended.err


def test_the_first_form_is_the_default() -> None:
    assert [format_named(None, False), format_named(None, True), format_named("curl", False)] == [
        "text",
        "json",
        "curl",
    ]
    with pytest.raises(UsageError):
        format_named("x", False)
