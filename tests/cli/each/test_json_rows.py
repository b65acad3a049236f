import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.cli.each import json_rows
from arazzo_runner.cli.each.json_rows import array_records, ndjson_records
from arazzo_runner.errors import UsageError
from tests.cli.each.rows_of import lines

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(st.characters(codec="utf-8"), max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
ROWS = st.lists(st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=3), VALUES, max_size=3), max_size=6)


@given(ROWS, st.sampled_from([None, 1]), st.booleans())
def test_an_array_is_read_row_by_row(rows: list[Any], indent: int | None, ascii: bool) -> None:
    content = json.dumps(rows, indent=indent, ensure_ascii=ascii).encode("utf-8", "surrogatepass")
    assert [dict(each.content) for each in array_records(lines(content))] == rows


@given(ROWS)
def test_an_array_is_read_in_pieces_of_any_size(rows: list[Any]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_rows, "CHUNK", 3)
        content = json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass")
        assert [dict(each.content) for each in array_records(lines(content))] == rows


@given(ROWS)
def test_a_row_a_line(rows: list[Any]) -> None:
    content = "\n\n".join(json.dumps(each) for each in rows).encode()
    found = list(ndjson_records(lines(content)))
    assert [dict(each.content) for each in found] == rows
    assert [each.line for each in found] == list(range(1, 2 * len(rows), 2))


@given(st.binary(max_size=40))
def test_any_bytes_are_rows_or_a_complaint(content: bytes) -> None:
    for read in (array_records, ndjson_records):
        with suppress(UsageError):
            assert all(each.line >= 1 for each in read(lines(content)))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"[1]", "it is an array, and a row is one object"),
        (b"7", "it is an integer"),
        (b"{", "it is no JSON"),
        (b'{"a": 1e999}', "out of range"),
        (b'{"a": "\xff"}', "it is not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_a_bad_line_is_told_and_the_next_one_read(line: bytes, problem: str) -> None:
    first, second = ndjson_records(lines(line + b'\n{"a": 2}\n'))
    assert problem in first.problem
    assert (second.line, second.content) == (2, {"a": 2})


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"[]", []),
        (b' [ {"a": 1} , 12 ] \n', [(1, {"a": 1}), (1, {})]),
        (b'[\n{"a":\n1},\n{"b": 2}]', [(2, {"a": 1}), (4, {"b": 2})]),
    ],
)
def test_an_array_tells_where_its_rows_begin(content: bytes, rows: list[Any]) -> None:
    assert [(each.line, dict(each.content)) for each in array_records(lines(content))] == rows


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "rows:1: an array of objects begins with '['"),
        (b'{"a": 1}', "rows:1: an array of objects"),
        (b'[{"a": 1}\n{"b": 2}]', "rows:2: a ',' or the end of the array is missing"),
        (b'[{"a": 1},\n{"b": ]', "rows:2: this is no JSON"),
        (b'[{"a": 1}', "a ',' or the end"),
        (b"[{}] x", "rows:1: something stands behind the end"),
        (b'[{"a": "\xff"}]', "this is not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_what_makes_the_rest_of_an_array_unreadable_is_told(content: bytes, complaint: str) -> None:
    with pytest.raises(UsageError) as caught:
        list(array_records(lines(content)))
    assert complaint in caught.value.message


def test_rows_that_are_too_large_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_rows, "MAX_ROW", 100)
    content = b'{"a": "' + b"x" * 200_000 + b'"}'
    for read, text in ((ndjson_records, content), (array_records, b"[" + content + b"]")):
        with pytest.raises(UsageError, match="100 bytes"):
            list(read(lines(text)))
