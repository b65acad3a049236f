"""What is written is read back as CommonMark with tables, as GitHub does: nothing of a foreign text may act."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from arazzo_runner.reports.escape import visible
from arazzo_runner.reports.markdown import MAX_CODE, MAX_LINE, Sheet, code, fenced, folded, row
from tests.reports.run.tape import HOSTILE

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
SIGNS = st.text(st.sampled_from("<>&|`*_~[]()#@!\\\"'$ \n\r\t-+=.:/ab1\u202e") | st.characters(), max_size=60)


def entities(text: str) -> str:
    return re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), text)


@pytest.mark.parametrize("text", ["", "plain", HOSTILE, "@everyone", "a|b", "`" * 9, "x" * 1000])
def test_code(text: str) -> None:
    assert (code(text) == "") == (not text)
    assert len(re.sub(r"&#\d+;", "e", code(text))) <= MAX_CODE + len("<code></code> … ")


@given(SIGNS)
def test_no_text_leaves_its_cell(text: str) -> None:
    page = row(["a", "b"]) + row(["---", "---"]) + row([code(text), "end"])
    html = READER.render(page)
    assert html.count("<td>") == 2
    assert "<td>end</td>" in html
    inside = html.partition("<tbody>")[2].partition("<td>")[2].partition("</td>")[0]
    assert set(re.findall(r"</?[a-zA-Z][^>]*>", inside)) <= {"<code>", "</code>"}
    assert "@" not in page
    assert len(text) > MAX_CODE or entities(code(text)) == (f"<code>{visible(text)}</code>" if text else "")


@given(st.lists(SIGNS, max_size=5))
def test_no_text_leaves_its_fence(lines: list[str]) -> None:
    tokens = READER.parse(fenced(lines) + "\nend\n")
    assert [token.type for token in tokens] == ["fence", "paragraph_open", "inline", "paragraph_close"]
    assert tokens[0].content.rstrip("\n") == "\n".join(map(visible, lines)).rstrip("\n")


def test_a_long_line_is_cut() -> None:
    assert len(fenced(["x" * 10_000])) < MAX_LINE + 30


def test_what_is_folded() -> None:
    html = READER.render(folded(code("<b>"), fenced(["a"])))
    assert html.startswith("<details><summary><code>&#60;b&#62;</code></summary>")
    assert html.rstrip().endswith("</details>")
    assert "<pre>" in html


def test_a_sheet_takes_what_fits_and_counts_the_rest() -> None:
    sheet = Sheet(10)
    assert [sheet.add(piece) for piece in ("12345", "ääää", "67", "ä", "x", "y")] == [
        True,
        False,
        True,
        True,
        True,
        False,
    ]
    assert (sheet.text, sheet.left_out, sheet.room) == ("1234567äx", 2, 0)
