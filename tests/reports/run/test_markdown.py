from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from arazzo_runner.diagnostics import error
from arazzo_runner.engine.events import Event, RunEnded, RunStarted, StepEnded, StepStarted
from arazzo_runner.engine.outcomes import Clock
from arazzo_runner.engine.result import Attempt, RunResult, Status, StepResult
from arazzo_runner.errors import DocumentError
from arazzo_runner.reports.page import Look
from arazzo_runner.reports.run import FORMATS
from arazzo_runner.reports.run.markdown import MAX_COMMENT
from arazzo_runner.reports.run.refusal import refuse
from tests.reports.run.snapshots import KEPT, snapshot, written
from tests.reports.run.tape import BUSY, CHECKOUT, HOSTILE, LOGIN, RUNS
from tests.reports.tape import Tape, tape

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
OUR_TAGS = {"code", "details", "summary", "h3", "p", "pre", "table", "thead", "tbody", "tr", "th", "td", "strong", "em"}


def told(events: Tape) -> str:
    stream = io.StringIO()
    reporter = FORMATS["markdown"](stream, Look(width=100))
    for stamped in events:
        reporter.on(stamped)
    reporter.close()
    return stream.getvalue()


@pytest.mark.parametrize("name", KEPT)
def test_the_snapshot(name: str) -> None:
    assert written("markdown", name) == snapshot("markdown", name)


@pytest.mark.parametrize("name", RUNS)
def test_nothing_but_our_own_markup_comes_out(name: str) -> None:
    text = written("markdown", name)
    html = READER.render(text)
    assert {tag.lower() for tag in re.findall(r"</?([a-zA-Z][\w-]*)[^>]*>", html)} <= OUR_TAGS
    assert html.count("<details>") == html.count("</details>")
    assert html.count("<code>") + html.count('<code class="language-text">') == html.count("</code>")
    outside = re.sub(r"<code[^>]*>.*?</code>", "", html, flags=re.DOTALL)
    assert "@" not in outside
    assert "alert" not in outside


@pytest.mark.parametrize("length", range(1, len(CHECKOUT) + 1))
def test_a_run_that_was_broken_off_anywhere(length: int) -> None:
    html = READER.render(told(CHECKOUT[:length]))
    assert ("stopped</h3>" in html) == (length < len(CHECKOUT))
    assert html.count("<details>") == html.count("</details>")


def test_the_table_has_a_row_a_visit_with_its_mark() -> None:
    html = READER.render(written("markdown", "checkout"))
    rows = re.findall(r"<tr>\n<td>(.*?)</td>", html)
    assert rows == ["✅", "✅", "✅", "⚠️", "⚠️", "⏭️", "❌", "⏭️"]
    assert all(
        row.count("<td") == 6 for row in html.partition("<tbody>")[2].partition("</tbody>")[0].split("</tr>")[:-1]
    )


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("success", "### ✅ <code>token-then-broadcast</code> succeeded\n\n2 steps, 2 requests, 0.43 s\n"),
        ("retried", "### ❌ <code>token-then-broadcast</code> failed\n\n2 steps, 3 requests, 2.75 s\n"),
        ("stopped", "### ⏹️ <code>poll</code> stopped\n"),
        ("broken off", "### ⏹️ <code>token-then-broadcast</code> stopped\n"),
    ],
)
def test_the_headline(name: str, head: str) -> None:
    assert written("markdown", name).startswith(head)


def test_a_failure_shows_criterion_values_and_what_to_do() -> None:
    text = written("markdown", "retried")
    failure = text.partition("**<code>broadcast</code> failed**")[2].partition("\n```\n")[0]
    assert "criterion does not hold: $statusCode == 202\n  $statusCode was 503" in failure
    assert "tries: 2 (503, 503)" in failure
    assert "help: " in failure


def test_a_limit_and_a_transfer_are_told() -> None:
    text = written("markdown", "stopped")
    assert "The limit <code>max&#95;steps</code> was reached." in text
    assert "It handed over to <code>rest</code>." in text


def many(count: int, failing: int) -> Tape:
    """A long run whose steps `failing` and following failed, each with a long name, reason and answer."""
    steps: list[StepResult] = []
    events: list[tuple[float, Event]] = []
    for number in range(count):
        path = (f"{number} {HOSTILE}",)
        status = Status.FAILED if number >= failing else Status.SUCCEEDED
        reason = "no " * 2000 if number >= failing else ""
        tried = Attempt(1, LOGIN, replace(BUSY, headers=(("X", HOSTILE * 50),)), elapsed=1.0)
        steps.append(StepResult(path[0], "w", path, status, (tried,), {}, reason=reason))
        events += [(0.0, StepStarted(path, 1, HOSTILE)), (0.0, StepEnded(path, status, reason))]
    result = RunResult(Status.FAILED, "w", {"o": "x" * 100_000}, tuple(steps), reason="why " * 9000, requests=count)
    ids = tuple(step.step_id for step in steps)
    return tape([(0.0, RunStarted("r", "w", ids)), *events, (0.0, RunEnded(result))])


@pytest.mark.parametrize(("count", "failing"), [(1, 0), (30, 0), (300, 299), (400, 200), (400, 400)])
def test_a_comment_is_never_too_long_and_stays_sound(count: int, failing: int) -> None:
    text = told(many(count, failing))
    assert len(text.encode()) <= MAX_COMMENT
    html = READER.render(text)
    assert html.count("<details>") == html.count("</details>")
    assert ("left out" in text) == (count > 1)
    if failing == 299:
        assert "❌ | <code>299" in text


def test_a_run_that_did_not_begin() -> None:
    stream = io.StringIO()
    reporter = FORMATS["markdown"](stream, Look())
    refuse(reporter, DocumentError((error("c", "wrong", None, "mend it"),)), None, Clock(5))
    reporter.close()
    text = stream.getvalue()
    assert text.startswith("### ⏹️ The run did not begin\n")
    assert "error[c]: wrong\n  help: mend it" in text
    assert "|" not in text
