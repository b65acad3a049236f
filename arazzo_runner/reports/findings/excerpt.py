"""The line of a document that a finding is about, with the place underlined."""

from __future__ import annotations

from typing import NamedTuple

from arazzo_runner.diagnostics import Span
from arazzo_runner.reports.escape import visible_character
from arazzo_runner.reports.layout import columns

TAB = "    "


class Excerpt(NamedTuple):
    """A stretch of a source line as shown, the column where the mark begins (from 0), and how long the mark is."""

    text: str
    start: int
    length: int


def excerpt(span: Span, room: int, cut: str) -> Excerpt:
    """Return what is shown of the span's line in at most `room` columns; `cut` stands where the line goes on.

    Tabs are four columns, wide characters two, and what can't be seen is written out, so that the mark stands under
    what it means. Of a span over several lines the first is shown, marked to its end.
    """
    text = span.text
    first, last = _marked(span)
    room = max(room, 4 * columns(cut) + 8)
    before = _last_fitting(text[:first], room // 3)
    if len(before) < first:
        # What leads to the place is cut, unless the whole line has room.
        before = text[:first] if _fits(text, room) else before
    head = cut if len(before) < first else ""
    lead = head + "".join(map(_cell, before))
    marked = _first_fitting(text[first:last], room - columns(lead) - columns(cut))
    after = text[last:] if len(marked) == last - first else ""
    left = room - columns(lead) - _width(marked)
    tail = after if _fits(after, left) else _first_fitting(after, left - columns(cut))
    ending = cut if first + len(marked) + len(tail) < len(text) else ""
    body = lead + "".join(map(_cell, marked + tail)) + ending
    return Excerpt(body, columns(lead), max(1, _width(marked)))


def _marked(span: Span) -> tuple[int, int]:
    """Return where the marked stretch of the span's line begins and ends, as indexes into it."""
    length = len(span.text.rstrip())
    first = min(max(span.column - 1, 0), len(span.text))
    last = span.end_column - 1 if span.end_line == span.line else length
    return first, max(first, min(last, len(span.text)))


def _cell(character: str) -> str:
    return TAB if character == "\t" else visible_character(character)


def _width(text: str) -> int:
    return sum(columns(_cell(character)) for character in text)


def _fits(text: str, room: int) -> bool:
    """Tell whether the text takes at most `room` columns; a line of megabytes is not looked through."""
    return len(text) <= 4 * room and _width(text) <= room


def _first_fitting(text: str, room: int) -> str:
    taken = 0
    for index, character in enumerate(text[: 4 * max(room, 0)]):
        taken += columns(_cell(character))
        if taken > room:
            return text[:index]
    return text[: 4 * max(room, 0)]


def _last_fitting(text: str, room: int) -> str:
    return _first_fitting(text[-4 * room :][::-1], room)[::-1]
