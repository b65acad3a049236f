"""What is written is judged by the schema of Jenkins's xUnit plugin (``junit-10.xsd``, beside the test of findings)."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from arazzo_runner.diagnostics import error
from arazzo_runner.engine.events import RunEnded, RunStarted, StepEnded, StepStarted, WorkflowStarted
from arazzo_runner.engine.outcomes import Clock
from arazzo_runner.engine.result import Attempt, RunResult, Status, StepResult
from arazzo_runner.errors import DocumentError
from arazzo_runner.reports.page import Look
from arazzo_runner.reports.run import FORMATS
from arazzo_runner.reports.run.junit import NOT_REACHED, TAKEN_AS_DONE, THE_RUN, TIME_OVER
from arazzo_runner.reports.run.refusal import refuse
from tests.reports.run.snapshots import KEPT, snapshot, written
from tests.reports.run.tape import CHECKOUT, HOSTILE, RUNS
from tests.reports.tape import Tape, tape

SCHEMA = etree.XMLSchema(etree.parse(str(Path(__file__).parents[1] / "findings" / "junit-10.xsd")))


def read(text: str) -> etree._Element:
    root = etree.fromstring(text.encode("ascii"))
    SCHEMA.assertValid(root)
    return root


def told(events: Tape) -> etree._Element:
    stream = io.StringIO()
    reporter = FORMATS["junit"](stream, Look())
    for stamped in events:
        reporter.on(stamped)
    reporter.close()
    return read(stream.getvalue())


@pytest.mark.parametrize("name", RUNS)
def test_the_schema_describes_every_tape(name: str) -> None:
    read(written("junit", name))


@pytest.mark.parametrize("name", KEPT)
def test_the_snapshot(name: str) -> None:
    assert written("junit", name) == snapshot("junit", name)


@pytest.mark.parametrize(
    ("name", "suites", "ends"),
    [
        ("success", ["token-then-broadcast"], []),
        ("retried", ["token-then-broadcast"], [("broadcast", "failure", "criterion")]),
        ("nested", ["order", "prices", "order/buy/login"], [("report", "failure", "step"), ("never", "skipped", "")]),
        (
            "stopped",
            ["poll"],
            [
                ("ask", "failure", "criterion"),
                ("ask (2)", "failure", "criterion"),
                ("pass me by", "skipped", ""),
                ("fin\\x1b[31mish", "skipped", ""),
                (THE_RUN, "error", "max_steps"),
            ],
        ),
        ("broken off", ["token-then-broadcast"], [("broadcast", "error", "stopped"), (THE_RUN, "error", "stopped")]),
    ],
)
def test_what_did_not_pass(name: str, suites: list[str], ends: list[tuple[str, str, str]]) -> None:
    root = read(written("junit", name))
    assert [suite.get("name") for suite in root] == suites
    found = [
        (case.get("name"), child.tag, child.get("type") or "")
        for case in root.iter("testcase")
        for child in case
        if child.tag != "system-out"
    ]
    assert found == ends


def test_skipped_steps_say_why() -> None:
    root = read(written("junit", "checkout"))
    assert root.xpath("//testcase[@name='audit']/skipped/@message") == [TAKEN_AS_DONE]
    assert root.xpath("//testcase[@name='ship']/skipped/@message") == [NOT_REACHED]


def test_a_step_inside_one_whose_time_was_over() -> None:
    ended = StepResult("a", "w", ("a",), Status.SUCCEEDED, (Attempt(1),))
    root = told(
        tape(
            [
                (0, RunStarted("r", "w", ("a",))),
                (0, StepStarted(("a",), 1, "workflow v")),
                (0, StepStarted(("a", "b"), 1, "GET /b")),
                (1, StepEnded(("a",), Status.SUCCEEDED)),
                (1, RunEnded(RunResult(Status.SUCCEEDED, "w", steps=(ended,)))),
            ]
        )
    )
    assert root.xpath("//testcase[@name='b']/skipped/@message") == [TIME_OVER]
    assert (root.get("failures"), root.get("errors")) == ("0", "0")


def test_a_run_that_failed_for_no_step() -> None:
    result = RunResult(Status.FAILED, "w", reason="it depends on workflow 'v', which failed\nhelp")
    root = told(tape([(0, RunStarted("r", "w", ())), (0, RunEnded(result))]))
    assert root.xpath("//testcase/@name") == [THE_RUN]
    assert root.xpath("//failure/@message") == ["it depends on workflow 'v', which failed"]
    assert root.xpath("string(//failure)") == result.reason


def test_a_run_that_did_not_begin() -> None:
    stream = io.StringIO()
    reporter = FORMATS["junit"](stream, Look())
    refuse(reporter, DocumentError((error("c", "wrong", None, "mend it"),)), "w", Clock(5))
    reporter.close()
    root = read(stream.getvalue())
    assert root.xpath("//error/@message") == ["the document can't run: 1 error"]
    assert root.xpath("string(//testsuite/system-out)") == "error[c]: wrong\nhelp: mend it"


@pytest.mark.parametrize("length", range(1, len(CHECKOUT) + 1))
def test_a_run_that_was_broken_off_anywhere(length: int) -> None:
    root = told(CHECKOUT[:length])
    assert (root.xpath("//testcase[@name='(run)']/error") != []) == (length < len(CHECKOUT))


def test_workflows_that_call_each_other_without_end_have_short_names() -> None:
    paths = [tuple(f"step-{level}" for level in range(1, depth)) for depth in range(2, 60)]
    root = told(
        tape(
            [
                (0, RunStarted("r", "w", ())),
                *(
                    (0, each)
                    for path in paths
                    for each in (StepStarted(path, 1, "workflow w"), WorkflowStarted("w", path))
                ),
            ]
        )
    )
    assert max(len(suite.get("name") or "") for suite in root) < 120
    assert len(root) == len(paths)


@given(st.text(), st.text())
def test_any_text_is_sound_xml(name: str, reason: str) -> None:
    failed = StepResult(name, name, (name,), Status.FAILED, (Attempt(1, problem=reason),), reason=reason)
    root = told(
        tape(
            [
                (0, RunStarted("r", name, (name, reason))),
                (0, StepStarted((name,), 1, reason)),
                (0, StepEnded((name,), Status.FAILED, reason)),
                (0, RunEnded(RunResult(Status.FAILED, name, steps=(failed,), reason=reason))),
            ]
        )
    )
    assert root.get("failures") == "1"


def test_a_hostile_name_stays_a_name() -> None:
    root = read(written("junit", "checkout"))
    assert root.xpath("//img") == []
    assert any((case.get("name") or "").startswith(HOSTILE[:20]) for case in root.iter("testcase"))
