from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.invocation import Command


@pytest.fixture
def journal(arazzo: Command, reference: str, tmp_path: Path) -> str:
    path = str(tmp_path / "run.ndjson")
    assert arazzo("run", reference, "--mock", "-i", "hub=chat", "--journal", path).code == 0
    return path


@pytest.mark.parametrize(
    ("arguments", "value"),
    [
        (["$inputs.hub"], "chat"),
        (["$statusCode", "--at", "generateToken"], 200),
        (["$statusCode", "--at", "broadcast"], 202),
        (["$response.body", "--at", "generateToken"], {"token": "[redacted]"}),
        (["$response.body | $.token", "--at", "generateToken"], "[redacted]"),
        (["$steps.generateToken.outputs.token", "--at", "broadcast", "--before"], "[redacted]"),
        (["to {$inputs.hub}"], "to chat"),
    ],
)
def test_the_value_goes_to_standard_output(arazzo: Command, journal: str, arguments: list[str], value: object) -> None:
    ended = arazzo("eval", "--journal", journal, *arguments)
    assert ended.code == 0, ended.err
    assert json.loads(ended.out) == value


def test_a_condition_is_judged_and_its_exit_code_says_it_too(arazzo: Command, journal: str) -> None:
    ended = arazzo("eval", "$statusCode == 200 || $inputs.hub == 'x'", "--journal", journal, "--at", "broadcast")
    assert (ended.code, ended.out) == (1, "false\n")
    assert '$statusCode was 202\n    $inputs.hub was "chat"' in ended.err
    ended = arazzo("eval", "$statusCode == 200", "--journal", journal, "--at", "generateToken", "--quiet")
    assert ended == (0, "true\n", "")


def test_what_has_no_value_says_why(arazzo: Command, journal: str) -> None:
    ended = arazzo("eval", "$inputs.hup", "--journal", journal)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == "no value: no input 'hup' was given\n  did you mean 'hub'?\n"


def test_what_can_not_be_read_is_shown_with_a_caret(arazzo: Command, journal: str) -> None:
    ended = arazzo("eval", "$response.bod", "--journal", journal)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines()[:3] == ["  $response.bod", "            ^", "  error: '$response' has no part 'bod'"]


def test_secrets_are_shown_if_asked_for_and_the_file_of_secrets_is_there(arazzo: Command, journal: str) -> None:
    given = ("eval", "$steps.generateToken.outputs.token", "--journal", journal, "--show-secrets")
    clear = json.loads(arazzo(*given).out)
    assert len(clear) > 20
    assert clear not in arazzo(*given[:-1]).out
    Path(f"{journal}.secrets").unlink()
    assert json.loads(arazzo(*given).out) == "[redacted]"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["$url"], "--journal is missing"),
        (["$url", "--journal", "nowhere.ndjson"], "nowhere.ndjson can't be read"),
        (["$url", "--journal", "README.md"], "README.md is no journal of a run"),
    ],
)
def test_without_a_journal_there_is_nothing_to_ask(arazzo: Command, arguments: list[str], said: str) -> None:
    ended = arazzo("eval", *arguments)
    assert ended.code == 2
    assert said in ended.err


def test_a_step_that_did_not_run_is_refused(arazzo: Command, journal: str) -> None:
    ended = arazzo("eval", "$url", "--journal", journal, "--at", "brodcast")
    assert ended.code == 2
    assert "step 'brodcast' did not begin in that run\n  did you mean 'broadcast'?" in ended.err
