import io

import pytest

from arazzo_runner.diagnostics import error
from arazzo_runner.engine.outcomes import Clock
from arazzo_runner.errors import DocumentError
from arazzo_runner.reports.page import Look, Verbosity
from arazzo_runner.reports.run import FORMATS
from arazzo_runner.reports.run.html import HtmlReporter
from arazzo_runner.reports.run.refusal import refuse
from tests.reports.run.html.rendered import parsed, text_of, written
from tests.reports.run.tape import RUNS
from tests.reports.tape import BROKEN_OFF, SUCCESS


@pytest.mark.parametrize("name", RUNS)
def test_every_run_is_one_page(name: str) -> None:
    page = written(RUNS[name])
    assert page.startswith("<!DOCTYPE html>\n<html")
    assert page.count("<!DOCTYPE") == 1
    assert page.endswith("</html>\n")


def test_nothing_is_written_before_the_end_or_for_no_run() -> None:
    stream = io.StringIO()
    reporter = HtmlReporter(stream)
    for stamped in SUCCESS[:-1]:
        reporter.on(stamped)
    assert stream.getvalue() == ""
    reporter.on(SUCCESS[-1])
    assert stream.getvalue() == written(SUCCESS)
    assert written(()) == ""


def test_a_run_that_was_broken_off_says_so() -> None:
    assert "The run was broken off before its end." in written(BROKEN_OFF)


def test_it_is_one_of_the_formats() -> None:
    made = FORMATS["html"](io.StringIO(), Look(verbosity=Verbosity.NORMAL))
    assert isinstance(made, HtmlReporter)


def test_a_run_that_did_not_begin_is_a_page_too() -> None:
    stream = io.StringIO()
    reporter = HtmlReporter(stream)
    refuse(reporter, DocumentError((error("syntax-yaml", "no YAML"),)), None, Clock(1e9, 1.0))
    reporter.close()
    shown = text_of(parsed(stream.getvalue()))
    for part in (
        "No workflow",
        "Stopped",
        "the document can't run",
        "Findings1 finding",
        "No step began.",
        "Error syntax-yaml no YAML",
    ):
        assert part in shown
