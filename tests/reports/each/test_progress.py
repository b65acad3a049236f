from io import StringIO

from arazzo_runner.reports.each.line import RowLine
from arazzo_runner.reports.each.progress import EVERY, Progress
from arazzo_runner.reports.each.tally import Tally


def tally(*statuses: str) -> Tally:
    made = Tally("rows")
    for row, status in enumerate(statuses, 1):
        made.add(RowLine(row, row, "0" * 16, status))
    return made


def test_the_line_tells_the_rate_and_the_time_left() -> None:
    now, stream = [0.0], StringIO()
    progress = Progress(stream, 100, 40, lambda: now[0])
    now[0] = 2.0
    progress.show(tally("succeeded", "failed", "succeeded", "succeeded"), 6)
    assert stream.getvalue().endswith("4 of 40 rows, 1 not succeeded, 6 running, 2 a second, 18.0 s left")
    assert progress.seconds == 2.0


def test_rows_without_a_known_number_have_no_time_left() -> None:
    now, stream = [0.0], StringIO()
    progress = Progress(stream, 100, None, lambda: now[0])
    now[0] = 0.5
    progress.show(tally("succeeded"), 0)
    assert stream.getvalue().endswith("1 rows, 0 running, 2 a second")


def test_it_is_drawn_now_and_then_and_at_once_after_it_was_wiped() -> None:
    now, stream = [0.0], StringIO()
    progress = Progress(stream, 40, None, lambda: now[0])
    progress.show(tally(), 0)
    progress.show(tally(), 0)
    assert stream.getvalue().count("rows") == 1
    now[0] = EVERY
    progress.show(tally(), 0)
    progress.wipe()
    progress.wipe()
    progress.show(tally(), 0)
    assert stream.getvalue().count("rows") == 3
    assert stream.getvalue().count("\r\x1b[K") == 4


def test_without_a_terminal_nothing_is_drawn() -> None:
    progress = Progress(None, 40, 3)
    progress.show(tally("failed"), 1)
    progress.wipe()
    assert progress.seconds >= 0
