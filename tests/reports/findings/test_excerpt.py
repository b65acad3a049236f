import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.diagnostics import Span
from arazzo_runner.reports.findings.excerpt import excerpt
from arazzo_runner.reports.layout import columns, fit


def _drawn(text: str, column: int, end: int, room: int = 72, lines: int = 1) -> tuple[str, str]:
    part = excerpt(Span("u", 1, column, lines, end, text=text), room, "…")
    return part.text, " " * part.start + "^" * part.length


@pytest.mark.parametrize(
    ("text", "column", "end", "shown", "mark"),
    [
        ("a: b", 4, 5, "a: b", "   ^"),
        ("  key: value", 3, 6, "  key: value", "  ^^^"),
        ("\tkey: v", 2, 5, "    key: v", "    ^^^"),
        ("キー: 値段", 5, 7, "キー: 値段", "      ^^^^"),
        ("e\u0301: x", 5, 6, "e\u0301: x", "   ^"),
        ("a\x1b: x", 5, 6, "a\\x1b: x", "       ^"),
        ("a: \u202e", 4, 5, "a: \\u202e", "   ^^^^^^"),
        # A place with no width, at the line's end and beyond it, still has a mark.
        ("abc", 2, 2, "abc", " ^"),
        ("abc", 4, 4, "abc", "   ^"),
        ("abc", 40, 41, "abc", "   ^"),
        ("abc", 0, -3, "abc", "^"),
    ],
)
def test_the_mark_stands_under_the_place(text: str, column: int, end: int, shown: str, mark: str) -> None:
    assert _drawn(text, column, end) == (shown, mark)


def test_of_several_lines_the_first_is_marked_to_its_end() -> None:
    assert _drawn("key: |  ", 6, 2, lines=4) == ("key: |  ", "     ^")


def test_a_long_line_is_cut_around_the_place() -> None:
    text, mark = _drawn("a" * 300 + "WRONG" + "b" * 300, 301, 306, room=40)
    assert text == "…aaaaaaaaaaaaaWRONGbbbbbbbbbbbbbbbbbbbb…"
    assert mark == "              ^^^^^"
    assert columns(text) == 40


def test_a_long_place_is_cut_at_its_end() -> None:
    assert _drawn("k: " + "v" * 100, 4, 104, room=20) == ("k: vvvvvvvvvvvvvvvv…", "   ^^^^^^^^^^^^^^^^")


def test_a_line_that_just_fits_is_whole() -> None:
    text = "x" * 30 + "HERE" + "y" * 6
    assert _drawn(text, 31, 35, room=40) == (text, " " * 30 + "^^^^")


@given(st.text(st.characters(), max_size=200), st.integers(0, 210), st.integers(-1, 60), st.integers(20, 80))
def test_it_stays_in_its_room_and_marks_what_it_means(text: str, column: int, length: int, room: int) -> None:
    part = excerpt(Span("u", 1, column, 1, column + length, text=text), room, "…")
    assert columns(part.text) <= room
    assert part.length >= 1
    assert part.start <= room
    place = text[max(column - 1, 0) : max(column - 1, 0) + max(length, 0)]
    if place.isascii() and place.isprintable() and part.length == len(place) > 0:
        marked = part.text.removeprefix(fit(part.text, part.start))
        assert marked.lstrip("\u0301").startswith(place) or not text[: column - 1].isascii()


def test_a_line_of_megabytes_takes_no_time() -> None:
    line = "x" * 20_000_000
    assert _drawn(line, 10_000_000, 10_000_005, room=40)[1].strip() == "^^^^^"
