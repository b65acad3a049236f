import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from arazzo_runner.cli.each.earlier import read_earlier
from arazzo_runner.cli.each.results import Results, opened
from arazzo_runner.errors import UsageError
from arazzo_runner.reports.each.line import RowLine

LINE = RowLine(1, 2, "0" * 16, "succeeded").text


def open_it(where: Path | None, resumed: Path | None = None, before: Callable[[], None] = lambda: None) -> Results:
    earlier = read_earlier(str(resumed)) if resumed else None
    return opened(str(where) if where else None, str(resumed) if resumed else None, earlier, before)


def test_a_line_is_there_once_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "results.ndjson"
    with closing(open_it(path)) as results:
        for count in (1, 2):
            results.write(LINE)
            assert path.read_text("ascii") == LINE * count
        assert results.is_read


def test_results_are_not_mixed_with_something_else(tmp_path: Path) -> None:
    path = tmp_path / "results.ndjson"
    path.write_text("precious\n", "ascii")
    with pytest.raises(UsageError, match="holds something already"):
        open_it(path)
    with pytest.raises(UsageError, match="can't be written"):
        open_it(tmp_path / "none" / "results")
    with pytest.raises(UsageError, match="no file can have that name"):
        opened("a\0", None, None, lambda: None)


def test_what_was_cut_at_the_end_of_the_same_file_is_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "results.ndjson"
    path.write_text(LINE + LINE[:20], "ascii")
    with closing(open_it(path, path)) as results:
        results.write(LINE)
    assert path.read_text("ascii") == LINE * 2


def test_another_file_begins_anew(tmp_path: Path) -> None:
    old, new = tmp_path / "old.ndjson", tmp_path / "new.ndjson"
    old.write_text(LINE, "ascii")
    with closing(open_it(new, old)) as results:
        results.write(LINE)
    assert (old.read_text("ascii"), new.read_text("ascii")) == (LINE, LINE)


def test_standard_output_is_wiped_before_each_line(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    stream = SimpleNamespace(write=written.append, flush=lambda: written.append("flush"), is_gone=False)
    monkeypatch.setattr(sys, "stdout", stream)
    with closing(open_it(None, before=lambda: written.append("wipe"))) as results:
        results.write("line\n")
        assert written == ["wipe", "line\n", "flush"]
        assert results.is_read
        stream.is_gone = True
        assert not results.is_read


def test_what_was_cut_keeps_its_line_where_the_shell_appends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "results.ndjson"
    path.write_text(LINE + LINE[:20], "ascii")
    with path.open("a") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        open_it(None, path).write(LINE)
    assert path.read_text("ascii") == LINE + LINE[:20] + "\n" + LINE
    assert sorted(read_earlier(str(path)).done) == [1]
