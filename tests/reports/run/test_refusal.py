from __future__ import annotations

import io

import pytest

from arazzo_runner.diagnostics import error, warning
from arazzo_runner.engine.events import RunEnded, RunStarted, Warned
from arazzo_runner.engine.outcomes import Clock
from arazzo_runner.errors import ArazzoError, CannotContinue, DocumentError, InputsError, UsageError
from arazzo_runner.reports.page import Look
from arazzo_runner.reports.run import FORMATS
from arazzo_runner.reports.run.refusal import Refusal, fault_of, refusal_tape, refuse

FAULTS = DocumentError((warning("w", "doubtful"), error("c", "wrong", None, "mend it")))


@pytest.mark.parametrize(
    ("exception", "kind", "reason"),
    [
        (FAULTS, "document", "the document can't run: 1 error, 1 warning"),
        (UsageError("no such file", "name one"), "usage", "no such file\nname one"),
        (InputsError("a number is missing"), "inputs", "a number is missing"),
        (CannotContinue("the disk is full"), "cannot-continue", "the disk is full"),
        (ArazzoError("else"), "other", "else"),
    ],
)
def test_why_a_run_did_not_begin(exception: ArazzoError, kind: str, reason: str) -> None:
    fault = fault_of(exception)
    assert (fault.kind, fault.reason) == (kind, reason)


def test_findings_are_told_errors_first() -> None:
    assert [found.code for found in fault_of(FAULTS).diagnostics] == ["c", "w"]


def test_the_events_that_stand_for_it() -> None:
    started, *warned, ended = (stamped.event for stamped in refusal_tape(fault_of(FAULTS), "w", Clock(1, 2)))
    assert started == RunStarted("", "w", ())
    assert [event.diagnostic.code for event in warned if isinstance(event, Warned)] == ["c", "w"]
    assert isinstance(ended, RunEnded)
    assert ended.result.reason == "the document can't run: 1 error, 1 warning"


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"live"}))
@pytest.mark.parametrize("exception", [FAULTS, UsageError("no such file", "name one")])
def test_every_format_tells_of_it(name: str, exception: ArazzoError) -> None:
    stream = io.StringIO()
    reporter = FORMATS[name](stream, Look())
    refuse(reporter, exception, "flow", Clock(5, 6))
    reporter.close()
    told = stream.getvalue().replace("&#x27;", "'").replace("&#39;", "'")
    assert fault_of(exception).message in told
    assert "flow" in told
    for found in fault_of(exception).diagnostics if name != "har" else ():
        assert found.message in told


def test_a_fault_without_a_hint_is_one_line() -> None:
    assert Refusal("k", "m").reason == "m"
