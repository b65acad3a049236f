import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.document.page import NowhereIn, Page

LINES = st.lists(st.tuples(st.text("ab😀\u2028\x85", max_size=4), st.sampled_from(["\n", "\r\n", "\r"])), max_size=8)


def page(text: str) -> Page:
    return Page(text, "file:///w/doc.yaml", "doc.yaml")


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("", 0, (1, 1)),
        ("ab\ncd", 0, (1, 1)),
        ("ab\ncd", 2, (1, 3)),
        ("ab\ncd", 3, (2, 1)),
        ("ab\r\ncd", 4, (2, 1)),
        ("ab\r\ncd", 2, (1, 3)),
        ("ab\rcd\r\nef\n", 7, (3, 1)),
        ("ab\n", 3, (2, 1)),
        ("😀x", 1, (1, 2)),
        ("a\u2028b\x85c", 4, (1, 5)),
        ("ab\r\ncd", 3, (1, 3)),
        ("ab", 99, (1, 3)),
        ("ab", -5, (1, 1)),
    ],
)
def test_lines_and_columns_count_code_points_from_one(text: str, offset: int, place: tuple[int, int]) -> None:
    span = page(text).span(offset)
    assert (span.line, span.column) == place
    assert (span.end_line, span.end_column) == place


def test_a_span_has_its_name_its_end_and_its_first_line() -> None:
    span = page("one\ntwo words\r\nthree").span(8, 17)
    assert (span.line, span.column, span.end_line, span.end_column) == (2, 5, 3, 3)
    assert (span.uri, span.name, span.text) == ("file:///w/doc.yaml", "doc.yaml", "two words")


def test_the_end_is_never_before_the_start() -> None:
    span = page("abcdef").span(4, 2)
    assert (span.column, span.end_column) == (5, 5)


def test_spans_of_one_line_share_its_text() -> None:
    one = page("x" * 100)
    assert one.span(1).text is one.span(50).text


@given(LINES)
def test_each_offset_has_the_line_that_a_split_gives(parts: list[tuple[str, str]]) -> None:
    text = "".join(line + ending for line, ending in parts)
    one = page(text)
    starts = [0, *(found.end() for found in re.finditer(r"\r\n?|\n", text))]
    for number, start in enumerate(starts):
        span = one.span(start)
        assert (span.line, span.column) == (number + 1, 1)
        line = re.split(r"\r\n?|\n", text)[number]
        assert span.text == line
        end = one.span(start + len(line))
        assert (end.line, end.column) == (number + 1, len(line) + 1)


def test_nowhere_is_the_beginning() -> None:
    span = NowhereIn(page("\n\nx")).span(("a", 1), key=True)
    assert (span.line, span.column) == (1, 1)
