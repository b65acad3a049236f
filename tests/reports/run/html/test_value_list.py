import pytest

from arazzo_runner.reports.run.html.limits import MAX_CONTENT, MAX_LISTED
from arazzo_runner.reports.run.html.value_list import block, more, value_list, value_markup
from arazzo_runner.values import Nothing, Value
from tests.reports.run.html.rendered import fragment, told


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("x", '<code>"x"</code>'),
        (202, "<code>202</code>"),
        (None, "<code>null</code>"),
        ({"a": [1]}, '<code>{"a": [1]}</code>'),
        (b"\0\1", '<span class="quiet">2 bytes</span>'),
        (Nothing("why"), '<span class="quiet">no value: why</span>'),
        (Nothing(""), '<span class="quiet">no value</span>'),
    ],
)
def test_a_value_is_shown_as_what_it_is(value: Value | Nothing, expected: str) -> None:
    assert value_markup(value) == expected


def test_a_long_value_stands_in_a_block_a_longer_one_is_folded_and_a_very_long_one_is_clipped() -> None:
    assert told(value_markup(["x" * 700])).startswith("array, 708 characters[")
    assert value_markup({"a": "b" * 200}).startswith('<pre tabindex="0">{\n  ')
    assert len(value_markup("x" * 1_000_000)) < MAX_CONTENT + 200


def test_values_have_their_names() -> None:
    shown = value_list({"a": 1, "<b>": "two"})
    assert [each.text for each in fragment(shown).iter("dt")] == ["a", "<b>"]
    assert told(shown) == 'a1<b>"two"'


def test_very_many_values_are_cut() -> None:
    assert told(value_list({str(n): n for n in range(MAX_LISTED + 3)})).endswith("3 more values left out.")


def test_what_is_left_out_is_counted() -> None:
    assert more(0, "try") is None
    assert told(more(1, "try", "tries")) == "1 more try left out."
    assert told(more(1200, "try", "tries")) == "1,200 more tries left out."


def test_a_block_can_be_scrolled_by_the_keyboard() -> None:
    assert block("a\n<b>") == '<pre tabindex="0">a\n&lt;b&gt;</pre>'
