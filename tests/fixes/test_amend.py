"""Fixes are applied together where they can be, and never so that the text says something else."""

from __future__ import annotations

import json
from dataclasses import replace

import yaml
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.diagnostics import Edit, Splice
from arazzo_runner.document import Source
from arazzo_runner.fixes.amend import amend
from arazzo_runner.values import JSON, Path
from tests.fixes.documents import fixes, source


def test_of_two_that_overlap_the_first_wins() -> None:
    document = source("v: abcdef\n")
    found = fixes(document, Splice(("v",), 0, 4, "X"), Splice(("v",), 2, 6, "Y"))
    done = amend(document, found)
    assert (done.text, done.applied, done.dropped) == ("v: Xef\n", (found[0],), ())


def test_what_would_say_something_else_is_dropped_and_the_rest_applied() -> None:
    document = source("a: one\nb: two\nc: three\n")
    found = fixes(document, *(Splice((name,), 0, 3, "x") for name in "abc"))
    broken = replace(found[1], edits=tuple(Edit(edit.span, "{[") for edit in found[1].edits))
    other = replace(found[2], edits=tuple(Edit(edit.span, "y") for edit in found[2].edits))
    done = amend(document, (found[0], broken, other))
    assert (done.text, done.applied, done.dropped) == ("a: x\nb: two\nc: three\n", (found[0],), (broken, other))


def test_nothing_to_apply_leaves_the_text() -> None:
    document = source("a: 1\r\n")
    assert amend(document, ()).text == "a: 1\r\n"


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
WORDS = st.sampled_from(["a", " ", "$inputs.t", "'", '"', "\\", ":", " #", "{", "}", ",", "\n", "é", "-", "[", "1"])
VALUES = st.one_of(TEXTS, st.lists(WORDS, max_size=8).map("".join))
DATA = st.recursive(VALUES | st.none() | st.booleans() | st.integers(-9, 9), lambda inner: st.lists(inner, max_size=3)
                    | st.dictionaries(st.sampled_from("abcd"), inner, max_size=3), max_leaves=6)  # fmt: skip


def written(data: object, how: int) -> str:
    """Write data in one of several styles."""
    match how:
        case 0:
            return json.dumps(data, indent=1)
        case 1:
            return yaml.safe_dump(data, default_flow_style=True, allow_unicode=True, width=10)
        case 2 | 3 | 4:
            style = {2: "'", 3: "|", 4: ">"}[how]
            return yaml.safe_dump(data, default_style=style, allow_unicode=True, width=12)
        case _:
            return yaml.safe_dump(data, allow_unicode=True, width=12, line_break="\r\n")


def strings(data: JSON, at: Path = ()) -> list[tuple[Path, str]]:
    """Return the strings of data with their paths."""
    match data:
        case str():
            return [(at, data)]
        case dict():
            return [found for key, member in data.items() for found in strings(member, (*at, key))]
        case list():
            return [found for index, item in enumerate(data) for found in strings(item, (*at, index))]
    return []


def replaced(data: JSON, at: Path, value: str) -> JSON:
    """Return data with another string at a path."""
    match data:
        case dict() if at:
            return {key: replaced(member, at[1:], value) if key == at[0] else member for key, member in data.items()}
        case list() if at:
            return [replaced(item, at[1:], value) if index == at[0] else item for index, item in enumerate(data)]
    return value


@given(st.dictionaries(st.sampled_from("abcd"), DATA, min_size=1, max_size=4), st.integers(0, 5), st.data())
def test_whatever_string_is_replaced_the_data_is_as_expected_and_the_rest_of_the_text_stays(
    data: dict[str, JSON], how: int, draw: st.DataObject
) -> None:
    document = source(written(data, how))
    found = strings(document.data)
    if not found or any(one.code.startswith("syntax") for one in document.diagnostics):
        return
    at, value = draw.draw(st.sampled_from(found))
    start = draw.draw(st.integers(0, len(value)))
    end = draw.draw(st.integers(start, len(value)))
    text = draw.draw(VALUES)
    ready = fixes(document, Splice(at, start, end, text))
    done = amend(document, ready)
    again = source(done.text)
    wanted = value[:start] + text + value[end:]
    assert again.data == (replaced(document.data, at, wanted) if done.applied else document.data)
    if how not in (3, 4):  # what a block can't hold is left as it is
        assert done.applied or wanted == value
    assert_rest_stays(document, at, done.text)


def assert_rest_stays(document: Source, at: Path, text: str) -> None:
    """What stands before and behind the scalar is the same."""
    span = document.span(at)
    lines = document.text.replace("\r\n", "\n").split("\n")
    before = sum(len(line) + 1 for line in lines[: span.line - 1]) + span.column - 1
    behind = sum(len(line) + 1 for line in lines[: span.end_line - 1]) + span.end_column - 1
    old, new = "\n".join(lines), text.replace("\r\n", "\n")
    assert new.startswith(old[:before])
    assert new.endswith(old[behind:])
