import io

from arazzo_runner.cli.patience import AFTER, Patience


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def told(stream: io.StringIO, *seconds: float) -> str:
    times = iter([0.0, *seconds])
    patience = Patience(stream, 30, lambda: next(times))
    for number, _ in enumerate(seconds, 1):
        patience.at(number, len(seconds), f"a-rather-long-name-{number}.yml")
    patience.done()
    return stream.getvalue()


def test_nothing_is_said_of_what_is_quick() -> None:
    assert told(Terminal(), 0.1, AFTER - 0.01) == ""


def test_what_takes_long_is_told_on_one_line_and_wiped() -> None:
    written = told(Terminal(), 0.1, AFTER, 5.0)
    assert written.count("\r\x1b[K") == 3
    assert "1 of 3" not in written
    assert "3 of 3: a-rather-" in written
    assert written.endswith("\r\x1b[K")
    assert "\n" not in written


def test_only_on_a_terminal() -> None:
    assert told(io.StringIO(), 5.0) == ""
