import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.reports.run.html.limits import MAX_CONTENT
from arazzo_runner.reports.run.html.markup import NOTHING, Markup, clipped, element, lines, row, text
from tests.reports.run.html.rendered import fragment

HOSTILE = [
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'",
    "&lt;",
    "<!--",
    "]]>",
    "\0",
    "\u202e",
    "\ud800",
]
anything = st.text(st.characters()) | st.sampled_from(HOSTILE)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (element("p"), "<p></p>"),
        (element("p", "a < b & c"), "<p>a &lt; b &amp; c</p>"),
        (element("p", element("b", "x"), None, [" y", [element("i")]]), "<p><b>x</b> y<i></i></p>"),
        (element("input", type="search", hidden=True, class_="a", aria_label="A", id=None, open=False), '<input type="search" hidden class="a" aria-label="A">'),
        (element("a", href='x" onclick="y'), '<a href="x&quot; onclick=&quot;y"></a>'),
        (element("pre", tabindex=0), '<pre tabindex="0"></pre>'),
        (row("a", element("b"), None), "a<b></b>"),
        (row(), NOTHING),
        (text("a\nb\t\x1b\u202e"), "a\\nb\\t\\x1b\\u202e"),
        (lines("a\r\nb\t\x1b\ud800"), "a\nb\t\\x1b\\ud800"),
    ],
)  # fmt: skip
def test_what_is_made(made: Markup, expected: str) -> None:
    assert made == expected


@given(anything)
def test_text_is_one_text_whatever_it_holds(value: str) -> None:
    parsed = fragment(element("p", value) + element("pre", Markup("x"), lines(value)))
    assert [each.tag for each in parsed.iter()] == ["DOCUMENT_FRAGMENT", "p", "pre"]


@given(anything)
def test_an_attribute_is_one_attribute_whatever_it_holds(value: str) -> None:
    parsed = fragment(element("p", title=value))
    assert [list(each.attrib) for each in parsed] == [["title"]]


@given(st.text())
def test_what_is_shown_has_no_character_that_acts(value: str) -> None:
    assert all(each.isprintable() or each in "\n\t" or ord(each) > 0x7F for each in lines(value))
    assert not set(lines(value)) & set(map(chr, (0, 0x1B, 0x202E, 0x2066, 0xFEFF, 0xD800)))


def test_a_long_text_is_clipped_in_its_middle() -> None:
    assert clipped("a" * 10 + "b" * 10, 10) == "aaaaa \u2026 bbbbb"
    assert clipped("short") == "short"


def test_no_text_is_longer_than_any_place_has_room_for() -> None:
    assert len(element("p", "x" * 1_000_000, title="x" * 1_000_000)) < 2 * MAX_CONTENT + 100
