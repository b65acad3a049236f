"""Where the nodes of a JSON text stand: the text itself, scanned on demand.

Nothing is kept while the text is decoded. The first question about an object or array scans it once and remembers
where its members stand; what lies deeper is skipped over until somebody asks for it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from arazzo_runner.diagnostics import Span
from arazzo_runner.document.page import Page
from arazzo_runner.values import Path

STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"'
TOKEN = re.compile(STRING + r'|[{}\[\]:,]|[^\s{}\[\]:,"]+|"', re.DOTALL)
"""A token of JSON text: a string, a sign, a number or word, or a quote that is never closed."""
_BRACKET = re.compile(STRING + r"|[{}\[\]]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a value stands in the text, and the key in front of it (both -1 for an array item)."""

    start: int
    end: int
    key_start: int = -1
    key_end: int = -1


class JsonPlaces:
    """The `Places` of a JSON text."""

    __slots__ = ("_members", "_page", "_root")

    def __init__(self, page: Page) -> None:
        self._page = page
        self._root: Stretch | None = None
        self._members: dict[int, dict[str | int, Stretch]] = {}

    def span(self, path: Path, *, key: bool = False) -> Span:
        """Return the span of the node at `path`, or of its key; of the nearest node above where there is none."""
        if self._root is None:
            self._root = _whole(self._page.text)
        stretch = self._root
        for token in path:
            below = self._table(stretch.start).get(token)
            if below is None:
                key = False
                break
            stretch = below
        if key and stretch.key_start >= 0:
            return self._page.span(stretch.key_start, stretch.key_end)
        return self._page.span(stretch.start, stretch.end)

    def _table(self, start: int) -> dict[str | int, Stretch]:
        table = self._members.get(start)
        if table is None:
            table = self._members[start] = dict(members(self._page.text, start))
        return table


def members(text: str, start: int) -> Iterator[tuple[str | int, Stretch]]:
    """Yield the members of the object or array that begins at `start`; nothing where something else begins there."""
    if text[start : start + 1] not in ("{", "["):
        return
    is_object, index, at = text[start] == "{", 0, start + 1
    key: re.Match[str] | None = None
    while (token := TOKEN.search(text, at)) is not None:
        at = token.end()
        sign = token[0]
        if sign in ("}", "]"):
            return
        if sign in (",", ":"):
            continue
        if is_object and key is None:
            key = token
            continue
        at = _end(text, token)
        if key is not None:
            yield key_text(key[0]), Stretch(token.start(), at, key.start(), key.end())
            key = None
        else:
            yield index, Stretch(token.start(), at)
            index += 1


def key_text(written: str) -> str:
    """Return the key that a JSON string writes."""
    try:
        return cast(str, json.loads(written, strict=False)) if "\\" in written else written[1:-1]
    except ValueError:
        return written[1:-1]


def repeated_keys(text: str) -> Iterator[tuple[str, Stretch, Stretch]]:
    """Yield each key that stands a second time in its object: the key, where it stands first, where again."""
    seen: list[dict[str, re.Match[str]]] = []
    last: re.Match[str] | None = None
    for token in TOKEN.finditer(text):
        sign = token[0]
        if sign in ("{", "["):
            seen.append({})
        elif sign in ("}", "]"):
            if seen:
                seen.pop()
        elif sign == ":" and last is not None and seen:
            key = key_text(last[0])
            first = seen[-1].setdefault(key, last)
            if first is not last:
                yield key, Stretch(first.start(), first.end()), Stretch(last.start(), last.end())
        last = token


def _whole(text: str) -> Stretch:
    first = TOKEN.search(text)
    return Stretch(first.start(), _end(text, first)) if first else Stretch(0, 0)


def depth_exceeded(text: str, limit: int) -> int:
    """Return the offset of the first bracket that opens deeper than the limit, or 0."""
    depth = 0
    for bracket in _BRACKET.finditer(text):
        if bracket[0] in ("{", "["):
            depth += 1
            if depth > limit:
                return bracket.start()
        elif bracket[0] in ("}", "]"):
            depth -= 1
    return 0


def _end(text: str, first: re.Match[str]) -> int:
    """Return where the value that begins with this token ends."""
    if first[0] not in ("{", "["):
        return first.end()
    depth = 0
    for bracket in _BRACKET.finditer(text, first.start()):
        if bracket[0] in ("{", "["):
            depth += 1
        elif bracket[0] in ("}", "]"):
            depth -= 1
            if depth == 0:
                return bracket.end()
    return len(text)
