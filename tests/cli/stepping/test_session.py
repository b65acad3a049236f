"""The real command with `--step`: commands that are piped in, and a person at a terminal."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests import canaries
from tests.cli.invocation import Command
from tests.cli.loopback import Answer, Asked, Loopback
from tests.cli.terminal import converse

GIVEN = ("-i", "hub=chat", "-i", "message=hello", "-i", "accessToken=planted-access-token")


def commands(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


@pytest.mark.shows_secrets
def test_commands_may_be_piped_in(arazzo: Command, reference: str, pubsub: Loopback) -> None:
    lines = commands("until broadcast", "print $response.body#/token", 'set hub = "other"', "continue")
    ended = arazzo("run", reference, "--server", pubsub.url, *GIVEN, "--step", "--output", "token", stdin=lines)
    assert ended.code == 0, ended.err
    assert [asked.line.partition("?")[0] for asked in pubsub.asked] == [
        "POST /api/hubs/chat/:generateToken", "POST /api/hubs/other/:send",
    ]  # fmt: skip
    assert ended.out == f"{canaries.TOKEN}\n"
    assert 'broadcast> print $response.body#/token\n  (the answer to generateToken)\n  "[redacted]"\n' in ended.err
    assert "run-changed" in ended.err
    assert "minted" not in ended.err
    assert "planted-access-token" not in ended.err


def test_secrets_are_shown_if_asked_for(arazzo: Command, reference: str, pubsub: Loopback) -> None:
    ended = arazzo(
        "run",
        reference,
        "--server",
        pubsub.url,
        *GIVEN,
        "--step",
        "--show-secrets",
        stdin=b"p $inputs.accessToken\nq\n",
    )
    assert '"planted-access-token"' in ended.err


def test_a_run_that_is_stopped_ends_as_an_interrupted_one(arazzo: Command, reference: str, pubsub: Loopback) -> None:
    ended = arazzo("run", reference, "--server", pubsub.url, *GIVEN, "--step", "--json", stdin=b"n\nstop\n")
    assert ended.code == 130
    result = json.loads(ended.out)
    assert (result["status"], result["limit"]) == ("stopped", None)
    assert result["reason"] == "it was stopped at step 'broadcast'"
    assert [step["status"] for step in result["steps"]] == ["succeeded"]
    assert len(pubsub.asked) == 1


def test_a_skipped_step_is_told_of(arazzo: Command, reference: str, pubsub: Loopback) -> None:
    ended = arazzo(
        "run", reference, "--server", pubsub.url, *GIVEN, "--step", "--json", stdin=b'skip {"token": "mine"}\nc\n'
    )
    assert ended.code == 0
    assert [step["status"] for step in json.loads(ended.out)["steps"]] == ["skipped", "succeeded"]
    assert "generateToken  skipped" in ended.err
    assert "skip ..." in ended.err


def test_a_failed_step_is_tried_again(arazzo: Command, reference: str) -> None:
    asked: list[str] = []

    def answer(request: Asked) -> Answer:
        asked.append(request.line)
        return Answer(503 if len(asked) == 1 else 200, b'{"token": "a-token-of-some-length"}')

    with Loopback(answer) as server:
        ended = arazzo(
            "run", reference, "--server", server.url, *GIVEN, "--step", stdin=b"n\nretry\nuntil broadcast\nstop\n"
        )
    assert len(asked) == 2
    assert "generateToken has failed" in ended.err
    assert "generateToken (failed)> retry" in ended.err
    assert "is to begin (try 2)" in ended.err


def test_it_works_with_a_mock(arazzo: Command, reference: str) -> None:
    ended = arazzo("run", reference, "--mock", "--step", stdin=b"c\n")
    assert ended.code == 0, ended.err
    assert "generateToken> c\n" in ended.err


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--quiet"], "--step and --quiet contradict each other"),
        (["--dry-run"], "--step and --dry-run contradict each other"),
        (["--mock", "--scenario", "all"], "--step and --scenario all contradict each other"),
        (["--inputs", "-"], "--step reads its commands from standard input, which is named for something else"),
        (["-i", "message@=-"], "--step reads its commands from standard input, which is named for something else"),
    ],
)
def test_what_does_not_go_together_is_refused(arazzo: Command, reference: str, flags: list[str], said: str) -> None:
    ended = arazzo("run", reference, "--step", *flags, stdin=b"c\n")
    assert ended.code == 2
    assert said in ended.err


def test_without_anybody_to_ask_nothing_is_sent(arazzo: Command, reference: str, pubsub: Loopback) -> None:
    ended = arazzo("run", reference, "--server", pubsub.url, *GIVEN, "--step")
    assert ended.code == 2
    assert "--step wants a person at a terminal, or commands on standard input" in ended.err
    assert pubsub.asked == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal to test with")
@pytest.mark.parametrize(
    ("answers", "code", "sent", "shown"),
    [
        pytest.param([("generateToken> ", "wh\t\r"), ("generateToken> ", "c\r")], 0, 2, "POST /api/hubs/{hub}/:send", id="the tab key completes"),
        pytest.param([("generateToken> ", "n\r"), ("broadcast> ", "\x04")], 130, 1, "there are no more commands", id="Ctrl-D"),
        pytest.param([("generateToken> ", "n\r"), ("broadcast> ", "\x03")], 130, 1, "Ctrl-C was pressed", id="Ctrl-C"),
        pytest.param([("generateToken> ", "p $inputs.hub\r"), ("generateToken> ", "\x1b[A\r"), ("generateToken> ", "c\r")], 0, 2, '"chat"', id="the arrow fetches a line back"),
    ],
)  # fmt: skip
def test_a_person_at_a_terminal(
    project: Path, reference: str, pubsub: Loopback, answers: list[tuple[str, str]], code: int, sent: int, shown: str
) -> None:
    ended, told = converse(project, ["run", reference, "--server", pubsub.url, *GIVEN, "--step"], answers)
    assert ended == code, told
    assert len(pubsub.asked) == sent
    assert shown in told
    assert "Traceback" not in told
    assert "\x1b[?25l" not in told, "no live display fights with the prompt"


def test_a_journal_has_what_was_decided_and_a_replay_decides_it_again(
    arazzo: Command, reference: str, pubsub: Loopback, tmp_path: Path
) -> None:
    journal = tmp_path / "run.ndjson"
    lines = commands(
        'set $inputs.accessToken = "hunter2-hunter2"', 'skip {"token": "given-token-1234"}', 'set hub = "other"', "continue"
    )  # fmt: skip
    ended = arazzo("run", reference, "--server", pubsub.url, *GIVEN, "--step", "--journal", str(journal), stdin=lines)
    assert ended.code == 0, ended.err
    assert [asked.headers["Authorization"] for asked in pubsub.asked] == ["Bearer hunter2-hunter2"]
    written = journal.read_text() + ended.err + ended.out
    assert [secret for secret in ("hunter2-hunter2", "given-token-1234", "planted-access") if secret in written] == []
    again = arazzo("replay", str(journal), "--output", "token")
    assert (again.code, again.out) == (0, "given-token-1234\n"), again.err
    (tmp_path / "run.ndjson.secrets").unlink()
    assert arazzo("replay", str(journal)).code == 0, "without the secrets it is the same run"
    assert len(pubsub.asked) == 1


def test_a_run_that_was_stopped_is_replayed_to_where_it_was_stopped(
    arazzo: Command, reference: str, tmp_path: Path
) -> None:
    journal = str(tmp_path / "run.ndjson")
    assert arazzo("run", reference, "--mock", "--step", "--journal", journal, stdin=b"n\nstop\n").code == 130
    again = arazzo("replay", journal, "--json")
    assert again.code == 130, again.err
    assert json.loads(again.out)["reason"] == "it was stopped at step 'broadcast'"


def test_a_run_that_was_stopped_can_be_gone_on_with(
    arazzo: Command, reference: str, pubsub: Loopback, tmp_path: Path
) -> None:
    journal = str(tmp_path / "run.ndjson")
    flags = ("run", reference, "--server", pubsub.url, *GIVEN, "--step", "--journal", journal)
    assert arazzo(*flags, stdin=b'n\nset hub = "other"\nstop\n').code == 130
    assert arazzo("resume", journal).code == 0
    assert [asked.line.partition("?")[0] for asked in pubsub.asked] == [
        "POST /api/hubs/chat/:generateToken", "POST /api/hubs/other/:send",
    ]  # fmt: skip
