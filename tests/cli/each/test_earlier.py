from pathlib import Path

import pytest

from arazzo_runner.cli.each.earlier import Earlier, read_earlier
from arazzo_runner.errors import UsageError
from arazzo_runner.reports.each.line import RowLine


def line(row: int, status: str = "succeeded") -> bytes:
    return RowLine(row, row + 1, f"{row:016x}", status).text.encode()


def read(folder: Path, content: bytes) -> Earlier:
    path = folder / "results.ndjson"
    path.write_bytes(content)
    return read_earlier(str(path))


def test_rows_are_done_whatever_came_of_them_but_not_those_that_did_not_end(tmp_path: Path) -> None:
    statuses = ["succeeded", "failed", "stopped", "refused", "interrupted"]
    content = b"".join(line(row, status) for row, status in enumerate(statuses, 1))
    found = read(tmp_path, content)
    assert sorted(found.done) == [1, 2, 3]
    assert found.counts == {"succeeded": 1, "failed": 1, "stopped": 1}
    assert (found.end, found.size, found.cut_lines) == (len(content), len(content), 0)


def test_a_row_that_was_done_in_the_end_is_done_once(tmp_path: Path) -> None:
    found = read(tmp_path, line(1, "interrupted") + line(1) + line(1))
    assert found.counts == {"succeeded": 1}


@pytest.mark.parametrize("cut", [line(2)[:-1], line(2)[:30], line(2)[:2]])
def test_a_line_that_was_cut_is_begun_anew(tmp_path: Path, cut: bytes) -> None:
    found = read(tmp_path, line(1) + cut)
    assert sorted(found.done) == [1]
    assert (found.cut_lines, found.end) == (1, len(line(1)))
    more = read(tmp_path, line(1) + line(2)[:30] + b"\n" + line(3) + b"\n")
    assert sorted(more.done) == [1, 3]
    assert more.cut_lines == 1


@pytest.mark.parametrize(
    "content", [b"a,b\n1,2\n", b"{}\n", b"[1]\n", b'{"row": "1", "fingerprint": "", "status": "failed"}\n', b"\xff\n"]
)
def test_what_holds_no_results_is_refused_with_its_place(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UsageError, match=r"results.ndjson:2: this is no result of a row"):
        read(tmp_path, line(1) + content)


def test_an_empty_file_may_have_been_emptied_by_the_shell(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"is empty[\s\S]*the shell"):
        read(tmp_path, b"")
    with pytest.raises(UsageError, match="can't be read"):
        read_earlier(str(tmp_path / "none"))
    with pytest.raises(UsageError, match="no file can have that name"):
        read_earlier("a\0")


def test_another_row_under_a_number_is_refused() -> None:
    earlier = Earlier({3: "abc"})
    assert earlier.check(3, "abc", "rows:4")
    assert not earlier.check(4, "abc", "rows:5")
    with pytest.raises(UsageError, match=r"row 3 \(rows:4\) is another one"):
        earlier.check(3, "abd", "rows:4")
