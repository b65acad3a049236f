import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from arazzo_runner.cli.audience import Audience, assemble
from arazzo_runner.diagnostics import Span, warning
from arazzo_runner.engine.events import RunEnded, RunStarted, Stamped
from arazzo_runner.engine.outcomes import Clock
from arazzo_runner.engine.result import RunResult, Status
from arazzo_runner.errors import UsageError
from arazzo_runner.reports.page import Verbosity
from arazzo_runner.reports.run.live import LiveReporter
from arazzo_runner.reports.run.text import TextReporter
from tests.reports.screen import Screen

STARTED = Stamped(RunStarted("run", "flow", ("a",)), Clock())
DOUBT = warning("some-code", "something looks wrong", Span("file:///d.yml", 2, 3, 2, 6, "d.yml"))
ENDED = Stamped(RunEnded(RunResult(Status.SUCCEEDED, "flow", {"out": 5}, warnings=(DOUBT,))), Clock())


BRIEF = "d.yml:2:3: warning[some-code]: something looks wrong\n"


@pytest.mark.parametrize(
    ("reports", "out", "kind", "told"),
    [
        (["junit=a.xml"], True, LiveReporter, "flow"),
        (["junit"], True, LiveReporter, "flow"),
        (["ndjson"], True, TextReporter, BRIEF),
        (["text=-"], True, TextReporter, BRIEF),
        (["ndjson"], False, LiveReporter, "flow"),
    ],
)
def test_a_report_that_grows_on_the_terminal_is_not_painted_over(
    monkeypatch: pytest.MonkeyPatch, reports: list[str], out: bool, kind: type[Any], told: str
) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(sys, "stdout", Terminal() if out else io.StringIO())
    audience = assemble(None, False, False, {"NO_COLOR": "1"}, reports=reports)
    assert type(audience.person) is kind
    audience.on(STARTED)
    audience.on(ENDED)
    audience.close()
    assert told in stream.getvalue()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("screen", "verbosity", "as_json", "alone", "kind", "told"),
    [
        (True, None, False, False, LiveReporter, "flow"),
        (True, None, True, False, LiveReporter, "flow"),
        (True, None, False, True, LiveReporter, "flow"),
        (True, Verbosity.QUIET, False, False, TextReporter, ""),
        (True, Verbosity.VERBOSE, False, False, LiveReporter, "flow"),
        (False, None, False, False, TextReporter, "flow: 1 step"),
        (False, None, True, False, TextReporter, BRIEF),
        (False, None, False, True, TextReporter, BRIEF),
        (False, Verbosity.VERBOSE, True, False, TextReporter, "flow: 1 step"),
        (False, Verbosity.QUIET, True, False, TextReporter, ""),
        (False, Verbosity.QUIET, False, False, TextReporter, ""),
    ],
)
def test_who_is_told_and_how(
    monkeypatch: pytest.MonkeyPatch,
    screen: bool,
    verbosity: Verbosity | None,
    as_json: bool,
    alone: bool,
    kind: type[Any],
    told: str,
) -> None:
    stream = Terminal() if screen else io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    audience = assemble(verbosity, as_json, alone, {})
    assert isinstance(audience.person, kind)
    assert (audience.program is not None) is as_json
    audience.on(STARTED)
    audience.on(ENDED)
    audience.close()
    assert told in stream.getvalue()
    assert bool(stream.getvalue()) is bool(told)
    assert (stream.getvalue() == BRIEF) is (told == BRIEF)


class Recorder:
    """A reporter that notes what it was told."""

    def __init__(self, name: str, told: list[str]) -> None:
        self._name, self._told = name, told

    def on(self, stamped: Stamped) -> None:
        self._told.append(f"{self._name}: {type(stamped.event).__name__}")

    def close(self) -> None:
        self._told.append(f"{self._name}: closed")


def test_the_report_of_the_person_is_closed_before_the_result_is_written() -> None:
    told: list[str] = []
    audience = Audience(Recorder("person", told), Recorder("program", told))
    audience.on(STARTED)
    audience.on(ENDED)
    assert told[2:] == ["person: RunEnded", "person: closed", "program: RunEnded"]
    told.clear()
    audience.close()
    assert told == ["person: closed", "program: closed"]


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals are a thing of POSIX")
@pytest.mark.parametrize("flags", [["--json"], ["--output", "token"], []])
def test_on_one_terminal_the_result_stays_whole(project: Path, reference: str, flags: list[str]) -> None:
    import pty

    inputs = ["-i", "accessToken=any", "-i", "hub=chat", "-i", "message=hello"]
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "arazzo_runner", "run", reference, "--mock", *inputs, *flags],
        cwd=project,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "80", "LINES": "25", "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    screen = Screen(read_all(ours).decode())
    assert process.wait() == 0
    assert screen.cursor
    lines = [line.rstrip() for line in screen.lines]
    assert "  ✓ broadcast      202 Accepted (0 ms)" in lines
    end = next(
        index for index, line in enumerate(lines) if line.startswith("✓ generate-token-then-broadcast succeeded")
    )
    result = "\n".join(lines[end + 1 :])
    match flags:
        case ["--json"]:
            assert json.loads(result)["outputs"]["broadcastStatus"] == 202
        case ["--output", _]:
            assert len(result.split()) == 1
        case _:
            assert result == "token: [redacted]\nbroadcastStatus: 202\n"


def read_all(terminal: int) -> bytes:
    """Read until the last process that writes to the terminal has gone; Linux says so with an error."""
    parts = []
    try:
        while part := os.read(terminal, 65536):
            parts.append(part)
    except OSError:
        pass
    os.close(terminal)
    return b"".join(parts)


def test_the_result_is_written_even_where_the_person_can_not_be_told() -> None:
    class Broken(Recorder):
        def close(self) -> None:
            raise OSError(28, "No space left on device")

    told: list[str] = []
    audience = Audience(Broken("person", told), Recorder("program", told))
    with pytest.raises(OSError, match="No space left"):
        audience.close()
    assert told == ["program: closed"]


def test_outputs_are_for_standard_output_alone(capsys: pytest.CaptureFixture[str]) -> None:
    audience = assemble(None, False, False, {})
    audience.on(STARTED)
    assert audience.started
    assert audience.shown is None
    audience.on(ENDED)
    audience.close()
    assert audience.shown is not None
    assert audience.shown.outputs == {"out": 5}
    out, err = capsys.readouterr()
    assert out == ""
    assert "flow succeeded" in err
    assert "out" not in err.replace("outputs", "")


def test_a_program_is_told_of_a_run_that_did_not_begin(capsys: pytest.CaptureFixture[str]) -> None:
    audience = assemble(None, True, False, {})
    audience.workflow = "flow"
    audience.refuse(UsageError("no", "yes"))
    audience.close()
    told = json.loads(capsys.readouterr().out)
    assert (told["status"], told["workflow"], told["error"]["hint"]) == ("refused", "flow", "yes")


def test_a_run_that_was_broken_off_is_one_object_too(capsys: pytest.CaptureFixture[str]) -> None:
    audience = assemble(None, True, False, {})
    audience.on(STARTED)
    audience.refuse(UsageError("later"))
    audience.close()
    audience.close()
    assert json.loads(capsys.readouterr().out)["status"] == "stopped"
