"""A text as it reads without its escapes, with the way back to the places in the original.

Percent-encoding, JSON's backslashes and HTML's references each have many spellings of one character, and programs mix
them: so they are read, not listed.
"""

from __future__ import annotations

import html
import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias
from urllib.parse import unquote

MAX_UNESCAPED: Final = 1024 * 1024
"""Characters of a text whose escapes are read."""

Read: TypeAlias = Callable[[str], str]
_ESCAPES: Final[tuple[tuple[str, re.Pattern[str], Read], ...]] = (
    ("%", re.compile(r"(?:%[0-9A-Fa-f]{2})+"), lambda run: unquote(run, errors="replace")),
    ("\\", re.compile(r'(?:\\(?:u[0-9A-Fa-f]{4}|["\\/bfnrt]))+'), lambda run: str(json.loads(f'"{run}"'))),
    ("&", re.compile(r"(?:&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});)+"), html.unescape),
)


class View:
    """A text with its escapes of one kind read. `text` is what it reads."""

    __slots__ = ("_ends", "_places", "_starts", "text")

    def __init__(self, original: str, pattern: re.Pattern[str], read: Read) -> None:
        pieces: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._places: list[tuple[int, int]] = []
        size = done = 0
        for run in pattern.finditer(original):
            plain, meant = original[done : run.start()], read(run.group())
            pieces += (plain, meant)
            size += len(plain)
            self._starts.append(size)
            size += len(meant)
            self._ends.append(size)
            self._places.append(run.span())
            done = run.end()
        self.text = "".join((*pieces, original[done:]))

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original that a span of `text` stands for; a run of escapes counts whole."""
        at = bisect_right(self._starts, start) - 1
        if at >= 0:
            inside = start < self._ends[at]
            start = self._places[at][0] if inside else self._places[at][1] + start - self._ends[at]
        at = bisect_left(self._starts, end) - 1
        if at >= 0:
            end = self._places[at][1] + max(0, end - self._ends[at])
        return start, end


def views(text: str) -> Iterator[View]:
    """Yield the text as it reads without each kind of escapes that it has; nothing for a text that is too long."""
    if len(text) > MAX_UNESCAPED:
        return
    for marker, pattern, read in _ESCAPES:
        if marker in text and pattern.search(text):
            yield View(text, pattern, read)
