"""Values cut down for reports: enough to see why a criterion held or not.

Arrays and objects keep their shape and the names of their members, so that what is secret by its name can still be
hidden. A text is never cut inside a word, since half a secret is a secret too.
"""

from __future__ import annotations

import re

from arazzo_runner.values import Nothing, Value

MAX_MEMBERS = 20
"""Members or elements that are kept at each level."""

MAX_DEPTH = 6
"""Levels that are kept."""

MAX_TEXT = 1_000
"""Characters of a text that are kept."""

CUT = "..."
"""Stands where something was left out."""

_WORD_AT_THE_END = re.compile(r"[^\s\"'<>{}\[\](),;|&=:]*\Z")


def excerpt(value: Value | Nothing, depth: int = MAX_DEPTH) -> Value | Nothing:
    """Return the value, or a smaller one that shows its beginning."""
    match value:
        case str():
            return _text(value)
        case bytes() if len(value) > MAX_TEXT:
            return f"{len(value)} bytes"
        case list():
            return _elements(value, depth)
        case dict():
            return _members(value, depth)
        case _:
            return value


def _text(value: str) -> str:
    if len(value) <= MAX_TEXT:
        return value
    begin = value[:MAX_TEXT]
    torn = _WORD_AT_THE_END.search(begin) if _WORD_AT_THE_END.match(value[MAX_TEXT]) else None
    return (begin[: torn.start()] if torn else begin) + CUT


def _elements(value: list[Value], depth: int) -> Value:
    if depth == 0:
        return CUT
    kept = [_inner(element, depth) for element in value[:MAX_MEMBERS]]
    return [*kept, CUT] if len(value) > MAX_MEMBERS else kept


def _members(value: dict[str, Value], depth: int) -> Value:
    if depth == 0:
        return CUT
    names = list(value)
    kept = {name: _inner(value[name], depth) for name in names[:MAX_MEMBERS]}
    return {**kept, CUT: CUT} if len(names) > MAX_MEMBERS else kept


def _inner(value: Value, depth: int) -> Value:
    found = excerpt(value, depth - 1)
    assert not isinstance(found, Nothing)
    return found
