"""Characters of strings found in the text, however the string is written."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.document import Profile, describe, read
from arazzo_runner.program.characters import Characters

URI = "file:///d/a.yaml"


def characters(text: str) -> Characters:
    return Characters(describe(read(text, URI, "a.yaml", Profile.ARAZZO), URI))


# Each text marks with ^ (on the next line, removed before reading) where `bad` of the value is written.
WRITTEN = {
    "plain": ["k: one bad two", "       ^"],
    "single quoted": ["k: 'it''s bad'", "          ^"],
    "double quoted": ['k: "a\\u00e9\\n\\tbad\\"x"', "               ^"],
    "escape in the word itself": ['k: "one \\x62ad"', "        ^"],
    "two surrogates are one character": ['{"k": "\\ud83d\\ude00bad"}', "                   ^"],
    "literal block": ["k: |", "    one two", "      more bad", "           ^"],
    "folded block": ["k: >-", "    one two", "    three bad", "          ^"],
    "block with an indicator": ["k: |2-", "    one", "    bad", "    ^"],
    "plain over lines": ["k: one two", "   three", "   four bad five", "        ^"],
    "single quoted over lines": ["k: 'one", "   ", "   bad'", "   ^"],
    "double quoted over lines": ['k: "one \\', '      two bad"', "          ^"],
    "in a flow": ["k: {a: 1}", "l: [x, bad]", "       ^"],
    "with a tag": ["k: !!str bad", "         ^"],
    "with an anchor": ["k: &here bad", "         ^"],
    "json": ['{"k": "one \\" bad"}', "              ^"],
}


@pytest.mark.parametrize("lines", WRITTEN.values(), ids=WRITTEN)
def test_a_character_is_found_where_it_is_written(lines: list[str]) -> None:
    text, column = "\n".join(lines[:-1]), lines[-1].index("^") + 1
    found = characters(text)
    at: tuple[str | int, ...] = ("l", 1) if "l:" in text.splitlines()[-1][:2] else ("k",)
    span = found.span(at, found.string(at).index("bad"), 3)
    assert (span.line, span.column) == (len(lines) - 1, column)
    assert span.text == lines[-2]
    assert span.end_line == span.line


@pytest.mark.parametrize(
    ("text", "offset", "length", "place"),
    [
        ("k: one two", 0, None, (1, 4, 11)),
        ("k: one two", 4, 3, (1, 8, 11)),
        ("k: one two", 3, 1, (1, 7, 8)),  # white space: behind the character in front of it
        ("k: one two", 7, None, (1, 11, 12)),  # behind the end
        ("k: one two", 99, None, (1, 11, 12)),
        ("k: one\n   two", 0, None, (1, 4, 7)),  # no further than the line
        ("k: 'a ''b'' c'", 2, 3, (1, 7, 12)),
        ("k: |\n  one\n  two\n", 4, None, (3, 3, 6)),
        ("k: x\r\nl: 1\r\n", 0, None, (1, 4, 5)),
    ],
)
def test_a_stretch_ends_with_its_length_or_its_line(
    text: str, offset: int, length: int | None, place: tuple[int, int, int]
) -> None:
    span = characters(text).span(("k",), offset, length)
    assert (span.line, span.column, span.end_column) == place


@pytest.mark.parametrize("at", [("k",), ("missing",), ("l", 5), ("l", "x"), ()])
def test_what_is_no_string_has_the_place_of_its_node(at: tuple[str | int, ...]) -> None:
    found = characters("k: 5\nl: [1]")
    assert found.span(at, 3) == describe(read("k: 5\nl: [1]", URI, "a.yaml", Profile.ARAZZO), URI).span(at)
    assert found.string(at) == ""


def test_an_alias_points_at_what_it_names() -> None:
    found = characters("k: &a one bad\nl: *a")
    assert (found.span(("l",), 4).line, found.span(("l",), 4).column) == (1, 11)


def test_a_value_that_the_text_does_not_show_has_the_whole_scalar() -> None:
    description = describe(read("k: one bad", URI, "a.yaml", Profile.ARAZZO), URI)
    elsewhere = replace(description, source=replace(description.source, text="k: another"))
    assert Characters(elsewhere).span(("k",), 4).column == 4


WORDS = st.text(st.sampled_from("ab'\" \n\\é😀:#|{}\t-"), min_size=1, max_size=30).filter(lambda text: text.strip())
STYLES = st.sampled_from([None, "'", '"', "|", ">"])


@given(WORDS, STYLES, st.data())
def test_any_character_of_any_style_is_found(value: str, style: str | None, data: st.DataObject) -> None:
    text = yaml.dump({"k": {"l": value}}, default_style=style, allow_unicode=data.draw(st.booleans()), width=20)
    found = characters(text)
    if found.string(("k", "l")) != value:
        return  # what the reader of YAML 1.2 makes of it is judged elsewhere
    _assert_found(found, text, value, data)


@given(WORDS, st.data())
def test_any_character_of_a_json_string_is_found(value: str, data: st.DataObject) -> None:
    text = json.dumps({"k": {"l": value}}, ensure_ascii=data.draw(st.booleans()), indent=2)
    _assert_found(characters(text), text, value, data)


def _assert_found(found: Characters, text: str, value: str, data: st.DataObject) -> None:
    offset = data.draw(st.sampled_from([n for n, letter in enumerate(value) if letter not in " \t\n"]))
    span = found.span(("k", "l"), offset, 1)
    written = text.split("\n")[span.line - 1][span.column - 1 : span.end_column - 1]
    assert written == value[offset] or written.startswith("\\") or written == "''"
