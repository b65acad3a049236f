import io
import json
import sys
from typing import Any

import pytest

from arazzo_runner.cli.audience import assemble
from arazzo_runner.engine.events import RunEnded, RunStarted, Stamped
from arazzo_runner.engine.outcomes import Clock
from arazzo_runner.engine.result import RunResult, Status
from arazzo_runner.errors import UsageError
from arazzo_runner.reports.page import Verbosity
from arazzo_runner.reports.run.live import LiveReporter
from arazzo_runner.reports.run.text import TextReporter

STARTED = Stamped(RunStarted("run", "flow", ("a",)), Clock())
ENDED = Stamped(RunEnded(RunResult(Status.SUCCEEDED, "flow", {"out": 5})), Clock())


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("screen", "verbosity", "as_json", "alone", "kind", "told"),
    [
        (True, None, False, False, LiveReporter, True),
        (True, None, True, False, LiveReporter, True),
        (True, None, False, True, LiveReporter, True),
        (True, Verbosity.QUIET, False, False, TextReporter, False),
        (True, Verbosity.VERBOSE, False, False, LiveReporter, True),
        (False, None, False, False, TextReporter, True),
        (False, None, True, False, TextReporter, False),
        (False, None, False, True, TextReporter, False),
        (False, Verbosity.VERBOSE, True, False, TextReporter, True),
        (False, Verbosity.QUIET, False, False, TextReporter, False),
    ],
)
def test_who_is_told_and_how(
    monkeypatch: pytest.MonkeyPatch,
    screen: bool,
    verbosity: Verbosity | None,
    as_json: bool,
    alone: bool,
    kind: type[Any],
    told: bool,
) -> None:
    stream = Screen() if screen else io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    audience = assemble(verbosity, as_json, alone, {})
    assert isinstance(audience.person, kind)
    assert (audience.program is not None) is as_json
    audience.on(STARTED)
    audience.on(ENDED)
    audience.close()
    assert bool(stream.getvalue()) is told


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
