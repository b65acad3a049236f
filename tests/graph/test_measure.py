import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.graph.measure import broken, columns, fitted


@pytest.mark.parametrize(("text", "width"), [("", 0), ("abc", 3), ("日本", 4), ("e\u0301", 1)])
def test_columns(text: str, width: int) -> None:
    assert columns(text) == width


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("a  b\nc", 9, "a b c"), ("日本語", 5, "日本…"), ("a bc", 3, "a…")],
)
def test_fitted(text: str, most: int, shown: str) -> None:
    assert fitted(text, most) == shown


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ()),
        ("one two", ("one two",)),
        ("one two three", ("one two", "three")),
        ("one two three four five", ("one two", "three f…")),
        ("abcdefghijkl", ("abcdefg", "hijkl")),
        ("a bcdefghijkl", ("a bcdef", "ghijkl")),
    ],
)
def test_broken(text: str, lines: tuple[str, ...]) -> None:
    assert broken(text, 8, 2) == lines


@given(st.text(), st.integers(2, 20))
def test_lines_fit_and_lose_nothing_before_the_last(text: str, most: int) -> None:
    lines = broken(text, most, 3)
    assert len(lines) <= 3
    assert all(columns(line) <= most for line in lines)
    whole = "".join(text.split())
    assert whole.startswith("".join("".join(lines[:-1]).split()))
