import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.reports.escape import encodable, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text, ümläut, 日本, e\u0301, 👩\u200d💻", "plain text, ümläut, 日本, e\u0301, 👩\u200d💻"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\nb\r\tc", "a\\nb\\r\\tc"),
        ("\x7f\x85\x9b", "\\x7f\\x85\\x9b"),
        ("user\u202etxt.exe", "user\\u202etxt.exe"),
        ("\u2066\u2028\u2029\ufeff", "\\u2066\\u2028\\u2029\\ufeff"),
        ("\U000e0041", "\\U000e0041"),
        ("\ud800", "\\ud800"),
    ],
)
def test_what_acts_on_a_terminal_is_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(st.characters()))
def test_nothing_shown_acts_on_a_terminal(text: str) -> None:
    shown = visible(text)
    acting = {unicodedata.category(each) for each in shown.replace("\u200c", "").replace("\u200d", "")}
    assert not acting & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert visible(shown) == shown


@pytest.mark.parametrize(
    ("encoding", "shown"), [("ascii", "\\xfc \\u2713"), ("latin-1", "ü \\u2713"), ("utf-8", "ü ✓")]
)
def test_what_the_encoding_lacks_is_written_out(encoding: str, shown: str) -> None:
    assert encodable("ü ✓", encoding) == shown
