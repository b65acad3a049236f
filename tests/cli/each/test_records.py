from io import BytesIO, RawIOBase
from typing import Any, cast

import pytest

from arazzo_runner.cli.each.records import Lines
from arazzo_runner.errors import UsageError
from tests.cli.each.rows_of import lines


def test_lines_are_counted_and_looked_at_without_being_taken() -> None:
    found = lines(b"\xef\xbb\xbf\n  \n {x\ny")
    assert found.begins_with() == "{"
    assert found.number == 0
    assert [found.next() for _ in range(5)] == [b"\n", b"  \n", b" {x\n", b"y", b""]
    assert found.number == 4
    assert found.place() == "--each rows:4"
    assert lines(b"  \n").begins_with() == ""


@pytest.mark.parametrize("start", ["a,b".encode("utf-16"), b"\x1f\x8bxx", b"PK\x03\x04"])
def test_what_is_no_utf_8_is_told_by_what_it_is(start: bytes) -> None:
    with pytest.raises(UsageError, match="'rows' is"):
        lines(start).next()


class Failing(RawIOBase):
    def readline(self, size: Any = -1, /) -> bytes:
        raise OSError(5, "Input/output error")


def test_a_file_that_fails_midway_is_told() -> None:
    with pytest.raises(UsageError, match="can't be read any further: Input/output error"):
        Lines(cast(BytesIO, Failing()), "rows").next()
