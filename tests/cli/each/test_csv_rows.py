import csv
from contextlib import suppress
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.cli.each import csv_rows
from arazzo_runner.cli.each.csv_rows import CsvRows
from arazzo_runner.errors import UsageError
from tests.cli.each.rows_of import lines


def read(content: bytes) -> list[tuple[int, dict[str, object], str]]:
    return [(each.line, dict(each.content), each.problem) for each in CsvRows(lines(content)).records()]


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=6)


@given(st.lists(st.tuples(CELL, CELL.filter(bool)), max_size=8), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_what_a_writer_of_csv_writes_is_read_back(rows: list[tuple[str, str]], ending: str, quoted: bool) -> None:
    text = StringIO()
    writer = csv.writer(text, lineterminator=ending, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
    writer.writerows([("a", "b"), *rows])
    found = read(text.getvalue().encode())
    assert [(each["a"], each["b"]) for _, each, _ in found] == rows


@given(st.binary(max_size=60))
def test_any_bytes_are_rows_or_a_complaint(content: bytes) -> None:
    with suppress(UsageError):
        assert all(each.line > 1 for each in CsvRows(lines(content)).records())


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"a,b\n1,2\n", [(2, {"a": "1", "b": "2"}, "")]),
        (b"\xef\xbb\xbfa,b\r\n1,2", [(2, {"a": "1", "b": "2"}, "")]),
        (b"a;b\n1,5;2\n", [(2, {"a": "1,5", "b": "2"}, "")]),
        (b"a\tb\n1\t2\n", [(2, {"a": "1", "b": "2"}, "")]),
        (b"\n a , b \n\n1,2\n\n", [(4, {"a": "1", "b": "2"}, "")]),
        (b'a,b\n"x\ny","say ""hi"""\n3,4\n', [(2, {"a": "x\ny", "b": 'say "hi"'}, ""), (4, {"a": "3", "b": "4"}, "")]),
        (b'a,b\n5" pipe,\n', [(2, {"a": '5" pipe', "b": ""}, "")]),
        (b'a\n""\n', [(2, {"a": ""}, "")]),
        (b"a,b\n", []),
    ],
)
def test_rows_are_read_with_the_line_that_they_begin_on(
    content: bytes, rows: list[tuple[int, dict[str, object], str]]
) -> None:
    assert read(content) == rows


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (b"1", "it has 1 field, and the first row names 2 columns"),
        (b"1,2,3", "it has 3 fields, and the first row names 2 columns"),
        (b'"1"x,2', "text stands behind the closing quote of a field"),
        (b"1,\xff", "column 'b' is not UTF-8"),
    ],
)
def test_a_bad_row_is_told_and_the_next_one_read(row: bytes, problem: str) -> None:
    assert read(b"a,b\n" + row + b"\n3,4\n") == [(2, {}, problem), (3, {"a": "3", "b": "4"}, "")]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "'rows' is empty"),
        (b"\n\n", "'rows' is empty"),
        (b"a,b,a\n", "rows:1: columns 1 and 3 are both named 'a'"),
        (b"a,,b\n", "rows:1: column 2 has no name"),
        (b"\xff,b\n", "rows:1: this is no row of UTF-8 text"),
        (b'a,b\n1,2\n"3,4\n5,6\n', "rows:3: a quote is opened in this row and never closed"),
        (b'"a', "rows:1: a quote is opened"),
    ],
)
def test_what_makes_the_rest_unreadable_is_told_with_its_place(content: bytes, complaint: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(content)
    assert complaint in caught.value.message


def test_a_row_of_ten_megabytes_is_one() -> None:
    ((_, content, _),) = read(b'a,b\n1,"' + (b"x" * 999 + b"\n") * 10_000 + b'"\n')
    assert len(str(content["b"])) == 10_000_000


@pytest.mark.parametrize("row", [b"1," + b"x" * 300, b'1,"' + b"x\n" * 200, b"1," + b"x" * 97])
def test_a_row_that_is_too_large_is_told(row: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_rows, "MAX_ROW", 98)
    with pytest.raises(UsageError, match="rows:2: the row is larger than 98 bytes"):
        read(b"a,b\n" + row + b"\n")
