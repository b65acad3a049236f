import io

import pytest

from arazzo_runner.diagnostics import Diagnostic, Severity, Span, error
from arazzo_runner.reports.findings.github import write_github
from arazzo_runner.reports.findings.judgement import judgement_of
from arazzo_runner.reports.page import Look

LINE = Span("file:///w/a.yml", 3, 5, 3, 9, "a.yml")
LINES = Span("file:///w/a.yml", 3, 5, 7, 1, "a.yml")
PLACE = Span("file:///w/a.yml", 3, 5, 3, 5, "a.yml")
ODD = Span("file:///w/a.yml", 1, 1, 1, 2, "a,b:c%\n.yml")


@pytest.mark.parametrize(
    ("found", "written"),
    [
        (error("c", "m", LINE), "::error file=a.yml,line=3,endLine=3,col=5,endColumn=8,title=c::m\n"),
        (error("c", "m", PLACE), "::error file=a.yml,line=3,endLine=3,col=5,endColumn=5,title=c::m\n"),
        (Diagnostic("c", Severity.WARNING, "m", LINES), "::warning file=a.yml,line=3,endLine=7,title=c::m\n"),
        (Diagnostic("c", Severity.NOTE, "m"), "::notice title=c::m\n"),
        (error("c", "50 %\r\n::error::x", help="h"), "::error title=c::50 %25%0D%0A::error::x%0Ah\n"),
        (
            error("c", "m", ODD),
            "::error file=a%2Cb%3Ac%25%0A.yml,line=1,endLine=1,col=1,endColumn=1,title=c::m\n",
        ),
    ],
)
def test_an_annotation(found: Diagnostic, written: str) -> None:
    stream = io.StringIO()
    write_github(stream, judgement_of([found]), Look())
    assert stream.getvalue() == written


def test_one_line_a_finding_whatever_stands_in_it() -> None:
    stream = io.StringIO()
    write_github(stream, judgement_of([error("c", "a\nb\ud800\u2028c"), error("d", "m")]), Look())
    assert stream.getvalue().count("\n") == 2
    stream.getvalue().encode("utf-8")


def test_nothing_found_is_nothing_written() -> None:
    stream = io.StringIO()
    write_github(stream, judgement_of([]), Look())
    assert stream.getvalue() == ""
