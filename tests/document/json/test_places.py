import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.document.json.places import JsonPlaces, depth_exceeded, key_text, members, repeated_keys
from arazzo_runner.document.page import Page
from arazzo_runner.values import Path

TEXT = """\
{
  "arazzo": "1.0.1",
  "empty": {}, "none": [ ],
  "steps": [
    {"stepId": "a", "text": "x: {\\"}"},
    [1, -2.5e3 , true,null]
  ],
  "\\ud83d\\ude00😀": 1, "after": "here",
  "a\\/b": {"\\u0061": 2}
}
"""

PLACES: list[tuple[Path, bool, tuple[int, int, int, int]]] = [
    ((), False, (1, 1, 10, 2)),
    (("arazzo",), False, (2, 13, 2, 20)),
    (("arazzo",), True, (2, 3, 2, 11)),
    (("empty",), False, (3, 12, 3, 14)),
    (("none",), False, (3, 24, 3, 27)),
    (("none",), True, (3, 16, 3, 22)),
    (("steps",), False, (4, 12, 7, 4)),
    (("steps", 0), False, (5, 5, 5, 39)),
    (("steps", 0, "text"), False, (5, 29, 5, 38)),
    (("steps", 0, "text"), True, (5, 21, 5, 27)),
    (("steps", 1, 1), False, (6, 9, 6, 15)),
    (("steps", 1, 3), False, (6, 23, 6, 27)),
    (("😀😀",), False, (8, 20, 8, 21)),
    (("after",), False, (8, 32, 8, 38)),
    (("after",), True, (8, 23, 8, 30)),
    (("a/b", "a"), False, (9, 22, 9, 23)),
    (("steps", 1, 9), True, (6, 5, 6, 28)),
    (("arazzo", "deeper"), False, (2, 13, 2, 20)),
    (("nowhere",), True, (1, 1, 10, 2)),
]


@pytest.mark.parametrize(("path", "key", "place"), PLACES)
def test_each_node_has_its_place(path: Path, key: bool, place: tuple[int, int, int, int]) -> None:
    span = JsonPlaces(Page(TEXT, "file:///w/doc.json", "doc.json")).span(path, key=key)
    assert (span.line, span.column, span.end_line, span.end_column) == place
    assert span.text == TEXT.split("\n")[place[0] - 1]


def test_of_a_repeated_key_the_last_one_counts_as_in_the_data() -> None:
    assert JsonPlaces(Page('{"a": 1, "a": 2}', "u", "n")).span(("a",)).column == 15


@pytest.mark.parametrize("text", ["", "x", "{", '{"a"', '{"a": [', "[1,", '{"a":}', '"open', "}", "]]"])
def test_broken_texts_have_places_too(text: str) -> None:
    span = JsonPlaces(Page(text, "u", "n")).span(("a", 0))
    assert span.line == 1


@pytest.mark.parametrize(
    ("written", "key"),
    [('"a"', "a"), ('"\\u0061"', "a"), ('"\\ud83d\\ude00"', "😀"), ('"a\\nb"', "a\nb"), ('"\\x"', "\\x"), ('""', "")],
)
def test_keys_are_read_with_their_escapes(written: str, key: str) -> None:
    assert key_text(written) == key


def test_repeated_keys_are_found_in_their_own_object_only() -> None:
    text = '{"a": {"a": 1, "b": [{"b": 1}]}, "b": "a", "\\u0061": 2, "a": 3}'
    found = [(key, first.start, again.start) for key, first, again in repeated_keys(text)]
    assert found == [("a", 1, 43), ("a", 1, 56)]


@pytest.mark.parametrize(
    ("text", "limit", "offset"), [("[[[]]]", 2, 2), ("[[[]]]", 3, 0), ('["[[", {}]', 1, 7), ("", 1, 0)]
)
def test_the_first_bracket_beyond_a_depth(text: str, limit: int, offset: int) -> None:
    assert depth_exceeded(text, limit) == offset


DATA: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


def paths(data: Any, here: Path = ()) -> list[Path]:
    below = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [here, *(path for key, value in below for path in paths(value, (*here, key)))]


@given(DATA, st.sampled_from([None, 1]), st.booleans())
def test_what_stands_at_a_place_is_the_value(data: Any, indent: int | None, ascii: bool) -> None:
    text = json.dumps(data, indent=indent, ensure_ascii=ascii)
    places = JsonPlaces(Page(text, "u", "n"))
    lines = text.split("\n")
    for path in paths(data):
        span = places.span(path)
        start = sum(len(line) + 1 for line in lines[: span.line - 1]) + span.column - 1
        end = sum(len(line) + 1 for line in lines[: span.end_line - 1]) + span.end_column - 1
        value = data
        for token in path:
            value = value[token]
        assert json.loads(text[start:end]) == value


@given(DATA)
def test_members_are_those_of_the_data(data: Any) -> None:
    found = [key for key, _ in members(json.dumps(data), 0)]
    assert found == (list(data) if isinstance(data, dict) else list(range(len(data))) if isinstance(data, list) else [])
