import io

import pytest

from arazzo_runner.reports.page import ASCII, UNICODE, Ink, Line, Look, Page, marks_for, plain_text

LINE: Line = (Ink.BAD.of("wrong\x1b[2J"), " and ", Ink.PLAIN.of("plain"), Ink.FAINT.of(""), "  ")


def _written(look: Look, *lines: Line, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    Page(stream, look).write(lines)
    return raw.getvalue().decode(encoding)


def test_without_colour_there_is_no_escape_sequence() -> None:
    assert _written(Look(), LINE, ()) == "wrong\\x1b[2J and plain\n\n"


def test_with_colour_only_our_own_sequences_are_written() -> None:
    assert _written(Look(colour=True), LINE) == "\x1b[1;31mwrong\\x1b[2J\x1b[0m and plain\n"


def test_what_the_encoding_lacks_never_stops_the_report() -> None:
    assert _written(Look(), ("日本 ✓",), encoding="ascii") == "\\u65e5\\u672c \\u2713\n"


def test_each_write_reaches_the_stream_at_once() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(io.BufferedWriter(raw))
    Page(stream, Look()).write([("now",)])
    assert raw.getvalue().splitlines() == [b"now"]
    stream.close()


@pytest.mark.parametrize(
    ("encoding", "marks"), [("utf-8", UNICODE), ("ascii", ASCII), ("cp1252", ASCII), ("latin-1", ASCII)]
)
def test_marks_are_those_that_the_encoding_has(encoding: str, marks: object) -> None:
    assert marks_for(encoding) is marks
    assert Look().fitting(io.TextIOWrapper(io.BytesIO(), encoding)).marks is marks


def test_a_stream_in_memory_has_all_marks() -> None:
    assert Look(marks=ASCII).fitting(io.StringIO()).marks is UNICODE


def test_the_text_of_a_line() -> None:
    assert plain_text(LINE) == "wrong\\x1b[2J and plain  "
