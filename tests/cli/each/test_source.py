import io
import sys
from contextlib import closing
from pathlib import Path

import pytest

from arazzo_runner.cli.each.source import Source
from arazzo_runner.errors import UsageError

ARRAY, LINES, TABLE = b'[{"a": 1}]', b'{"a": 1}\n', b"a\n1\n"


@pytest.mark.parametrize(
    ("name", "content", "format", "columns"),
    [
        ("rows.csv", TABLE, None, ("a",)),
        ("rows.TSV", TABLE, None, ("a",)),
        ("rows.json", ARRAY, None, None),
        ("rows.jsonl", LINES, None, None),
        ("rows.ndjson", LINES, None, None),
        ("rows", ARRAY, None, None),
        ("rows", b"\n " + LINES, None, None),
        ("rows", TABLE, None, ("a",)),
        ("rows.json", TABLE, "csv", ("a",)),
        ("rows.csv", ARRAY, "json", None),
    ],
)
def test_the_format_is_that_of_the_flag_or_the_name_or_the_content(
    tmp_path: Path, name: str, content: bytes, format: str | None, columns: tuple[str, ...] | None
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    source = Source(str(path), format)
    assert source.can_repeat
    with closing(source.open()) as opened:
        assert opened.columns == columns
        assert [str(each.content["a"]) for each in opened.records] == ["1"]


def test_standard_input_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(LINES))
    monkeypatch.setattr(sys, "stdin", stream)
    source = Source("-")
    assert not source.can_repeat
    with closing(source.open()) as opened:
        assert opened.name == "standard input"
        assert len(list(opened.records)) == 1
    assert not stream.buffer.closed


def test_a_standard_input_that_is_closed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UsageError, match="standard input is closed"):
        Source("-").open()


def test_a_file_that_is_not_there_is_told_with_the_one_that_was_meant(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_bytes(TABLE)
    with pytest.raises(UsageError, match=r"can't be read: No such file[\s\S]*did you mean '.*rows.csv'"):
        Source(str(tmp_path / "row.csv")).open()
    with pytest.raises(UsageError, match="no file can have that name"):
        Source("a\0b").open()
    assert not Source("a\0b").can_repeat
