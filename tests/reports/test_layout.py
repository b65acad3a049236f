import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.reports.escape import visible
from arazzo_runner.reports.layout import chop, columns, cut, fit, pad, shorten, wrap, wrap_lines


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("abc", 3), ("日本", 4), ("e\u0301", 1), ("ﾊﾝ", 2), ("👍", 2), ("\u200d", 0)]
)
def test_columns(text: str, width: int) -> None:
    assert columns(text) == width


def test_pad_counts_columns_and_takes_nothing_away() -> None:
    assert pad("日本", 6) == "日本  "
    assert pad("longer", 3) == "longer"


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("short", 5, "short"),
        ("longer", 5, "long…"),
        ("日本語", 5, "日本…"),
        ("日本語", 6, "日本語"),
        ("a\nb", 4, "a\\nb"),
        ("a\nbc", 4, "a\\n…"),
        ("e\u0301" * 5, 5, "e\u0301e\u0301e\u0301…"),
    ],
)
def test_cut(text: str, width: int, shown: str) -> None:
    assert cut(text, width, "…") == shown


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("one two three four", ["one two", "three four"]),
        ("see https://example.com/a/long/path now", ["see", "https://example.com/a/long/path", "now"]),
        ("日本 語語 語語", ["日本 語語", "語語"]),
        ("a\nb", ["a\\nb"]),
    ],
)
def test_wrap(text: str, lines: list[str]) -> None:
    assert wrap(text, 11) == lines


@given(st.text(), st.integers(1, 40))
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert " ".join(lines).replace(" ", "") == " ".join(wrap(text, 10**9)).replace(" ", "")
    assert all(columns(line) <= width or " " not in line for line in lines)


@given(st.text(st.characters(exclude_characters="\t")), st.integers(2, 40))
def test_chopping_loses_nothing_and_keeps_the_width(text: str, width: int) -> None:
    pieces = chop(text, width)
    assert "".join(pieces) == visible(text)
    assert all(columns(piece) <= width for piece in pieces)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", [""]),
        ("one two three", ["one two ", "three"]),
        ("one two  three", ["one two  ", "three"]),
        ("one abcdefghijkl", ["one abcdef", "ghijkl"]),
        ("abcdefghijklmno", ["abcdefghij", "klmno"]),
        ("日本語 日本語", ["日本語 ", "日本語"]),
    ],
)
def test_foreign_text_is_broken_behind_a_space_where_one_is_near(text: str, pieces: list[str]) -> None:
    assert chop(text, 10) == pieces


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("one two three", ["one two", "three"]),
        ("one:\n  - two three four\n    five six\n", ["one:", "  - two", "    three", "    four", "    five six", ""]),
        ("a\r\nb\x1b", ["a\\r", "b\\x1b"]),
        ("          deep", ["      deep"]),
    ],
)
def test_a_text_of_several_lines_keeps_them(text: str, lines: list[str]) -> None:
    assert wrap_lines(text, 12) == lines


@given(st.text(st.sampled_from("ab- \n日")), st.integers(8, 40))
def test_wrapping_several_lines_loses_nothing_and_keeps_the_width(text: str, width: int) -> None:
    lines = wrap_lines(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert all(columns(line) <= width or " " not in line.lstrip(" -") for line in lines)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("0123456789", "0123456789"), ("0123456789a", "01234 … 6789a"), ("0123 56789 abc", "0123 … abc")],
)
def test_the_middle_of_a_long_text_is_left_out(text: str, shown: str) -> None:
    assert shorten(text, 10, "…") == shown


def test_a_tab_in_foreign_text_is_four_columns() -> None:
    assert chop("\ta", 80) == ["    a"]


def test_fit_never_splits_a_wide_character() -> None:
    assert fit("日本", 3) == "日"
