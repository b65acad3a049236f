from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from arazzo_runner._version import VERSION
from benchmarks.row import BYTES, Contest, Row
from benchmarks.table import BEGIN, END, line, machine, table, write
from benchmarks.timing import Result

ROW = Row("fast", "doing it", "doing less", 2.0, lambda size: nullcontext(Contest(int, int)))
MET, MISSED = Result(ROW, (0.003,), (0.002,)), Result(ROW, (0.005,), (0.002,))
DAY = date(2026, 3, 4)


def test_a_result_in_one_line() -> None:
    assert line(MET) == "fast                  1.50 x  (goal 2 x: met)  3.0 ms against 2.0 ms"
    assert "MISSED" in line(MISSED)


def test_bytes_are_told_as_such() -> None:
    weighed = Result(replace(ROW, unit=BYTES), (3 * 2**20,), (2 * 2**20,))
    assert line(weighed).endswith("1.50 x  (goal 2 x: met)  3.0 MiB against 2.0 MiB")


def test_what_missed_its_goal_stands_out_in_the_table() -> None:
    rows = table([MET, MISSED]).splitlines()
    assert rows[2] == "| doing it | doing less | 1.50 x | 2 x | 3.0 ms / 2.0 ms |"
    assert "**2.50 x**" in rows[3]


def test_the_page_keeps_what_stands_around_the_table(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", "utf-8")
    for _ in range(2):
        write([MET], DAY, page)
        text = page.read_text("utf-8")
        assert text.startswith(f"before\n{BEGIN}\n\nTaken on 2026-03-04 with version {VERSION}, ")
        assert text.endswith(f"\n\n{END}\nafter\n")
        assert "old" not in text
        assert text.count("| doing it |") == 1


@pytest.mark.parametrize("text", ["", BEGIN, END, f"{BEGIN}{BEGIN}{END}"])
def test_a_page_without_the_marks_is_an_error(tmp_path: Path, text: str) -> None:
    page = tmp_path / "performance.md"
    page.write_text(text, "utf-8")
    with pytest.raises(ValueError, match="needs one line"):
        write([MET], DAY, page)


def test_the_machine_is_told_with_the_versions() -> None:
    assert "pyyaml" in machine(DAY)
