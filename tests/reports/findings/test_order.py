import pytest

from arazzo_runner.diagnostics import Diagnostic, Severity, Span, error, warning
from arazzo_runner.reports.findings.order import counted, file_of, ordered, tally


def at(name: str, line: int, column: int = 1) -> Span:
    return Span(f"file:///{name}", line, column, line, column + 1, name)


NOTE = Diagnostic("note", Severity.NOTE, "n", at("a.yml", 1))
LATE, EARLY = error("late", "m", at("b.yml", 10)), error("early", "m", at("b.yml", 9, 8))
OTHER, DOUBT = error("other", "m", at("a.yml", 99)), warning("doubt", "m", at("a.yml", 1))
NOWHERE = error("nowhere", "m")
UNNAMED = error("unnamed", "m", Span("https://x.test/a", 1, 1, 1, 2))


def test_errors_first_then_by_file_then_by_place() -> None:
    assert ordered([NOTE, LATE, DOUBT, EARLY, NOWHERE, OTHER]) == [NOWHERE, OTHER, EARLY, LATE, DOUBT, NOTE]


def test_what_breaks_a_text_comes_before_what_follows_from_it() -> None:
    broken, doubtful = error("syntax-yaml", "m", at("b.yml", 50)), warning("syntax-tag", "m", at("b.yml", 60))
    assert ordered([doubtful, EARLY, broken, OTHER]) == [OTHER, broken, EARLY, doubtful]


@pytest.mark.parametrize(
    ("found", "line"),
    [
        ([], "no findings"),
        ([OTHER], "1 error in 1 file"),
        ([LATE, EARLY, DOUBT], "2 errors, 1 warning in 2 files"),
        ([NOTE, NOTE], "2 notes in 1 file"),
        ([NOWHERE], "1 error"),
        ([UNNAMED] * 1200, "1,200 errors in 1 file"),
    ],
)
def test_tally(found: list[Diagnostic], line: str) -> None:
    assert tally(found) == line


def test_where_nothing_is_found_the_files_are_those_that_were_judged() -> None:
    assert tally([], 1) == "no findings in 1 file"
    assert tally([], 3) == "no findings in 3 files"
    assert tally([OTHER], 3) == "1 error in 1 file"


def test_a_file_without_a_name_is_its_uri() -> None:
    assert [file_of(UNNAMED), file_of(NOWHERE), file_of(NOTE)] == ["https://x.test/a", "", "a.yml"]


def test_counted() -> None:
    assert [counted(0, "step"), counted(1, "step"), counted(2000, "step")] == ["0 steps", "1 step", "2,000 steps"]
