import pytest

from arazzo_runner.reports.each.line import RowLine
from arazzo_runner.reports.each.tally import MAX_LISTED, Tally, duration


def line(row: int, status: str, reason: str = "") -> RowLine:
    return RowLine(row, row + 1, "0" * 16, status, reason=reason)


def test_rows_that_did_not_succeed_are_listed_with_their_place_and_reason() -> None:
    tally = Tally("rows.csv")
    for each in (line(1, "succeeded"), line(2, "failed", "step a\nmore"), line(3, "refused", "no"), line(4, "stopped")):
        tally.add(each)
    assert list(tally.lines()) == [
        "row 2 (rows.csv:3): failed: step a",
        "row 3 (rows.csv:4): refused: no",
        "row 4 (rows.csv:5): stopped",
    ]
    assert tally.summary(2.0) == "4 rows: 1 succeeded, 1 failed, 1 stopped, 1 refused in 2.0 s (1.5 a second)"
    assert not tally.succeeded


def test_the_list_is_bounded() -> None:
    tally = Tally("rows")
    for row in range(1, MAX_LISTED + 2_001):
        tally.add(line(row, "failed"))
    lines = list(tally.lines())
    assert len(lines) == MAX_LISTED + 1
    assert lines[-1] == "and 2,000 more; the results name them all"


def test_earlier_rows_count() -> None:
    tally = Tally("rows", {"succeeded": 5, "failed": 1})
    tally.add(line(7, "succeeded"))
    assert not tally.succeeded
    assert tally.summary(0) == "1 row: 1 succeeded; done earlier: 5 succeeded, 1 failed"
    assert Tally("rows", {"succeeded": 5}).succeeded
    assert Tally("rows").summary(1) == "0 rows"


def test_rows_that_are_done_and_not_written_are_known() -> None:
    tally = Tally("rows")
    tally.add(line(1, "succeeded"), saved=False)
    tally.add(line(2, "refused"), saved=False)
    assert tally.unsaved == [1]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.04, "0.0 s"), (59.94, "59.9 s"), (60, "1 min 0 s"), (3599, "59 min 59 s"), (7500, "2 h 5 min")],
)
def test_times_as_a_person_says_them(seconds: float, text: str) -> None:
    assert duration(seconds) == text
