"""A text as it reads without its escapes, with the way back to the places in the original.

Percent-encoding, JSON's backslashes and HTML's references each have many spellings of one character, and programs mix
them: so they are read, not listed. All kinds are read at once, and the result is read again for what was escaped twice.
"""

from __future__ import annotations

import html
import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

MAX_UNESCAPED: Final = 4 * 1024 * 1024
"""Characters of a text whose escapes are read."""

NESTED: Final = 2
"""So often a text is read again."""

_CODES: Final = (
    r"[0-9A-Fa-f]{2}",
    r'(?:u[0-9A-Fa-f]{4}|["\\/bfnrt])',
    r"(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});",
)
_RUN: Final = re.compile(
    # It begins with a set of characters, which makes it quick to find.
    r"[%\\&](?:"
    + "|".join(rf"(?<={mark}){code}(?:{mark}{code})*+" for mark, code in zip(("%", r"\\", "&"), _CODES, strict=True))
    + ")"
)
_BEGIN: Final = re.compile(r"[%\\&]")


class View:
    """A text with its escapes read once. `text` is what it reads; `changed` tells whether it is another."""

    __slots__ = ("_ends", "_original", "_places", "_starts", "changed", "text")

    def __init__(self, original: str) -> None:
        self._original = original
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._places: list[tuple[int, int]] = []
        self.text = _RUN.sub(_meant, original)
        self.changed = self.text != original

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original that a span of `text` stands for; a run of escapes counts whole."""
        if not self._places:
            self._measure()
        at = bisect_right(self._starts, start) - 1
        if at >= 0:
            inside = start < self._ends[at]
            start = self._places[at][0] if inside else self._places[at][1] + start - self._ends[at]
        at = bisect_left(self._starts, end) - 1
        if at >= 0:
            end = self._places[at][1] + max(0, end - self._ends[at])
        return start, end

    def _measure(self) -> None:
        """Note where the runs stand in both texts; only a text that holds a secret needs it."""
        size = done = 0
        for run in _RUN.finditer(self._original):
            size += run.start() - done
            self._starts.append(size)
            size += len(_read(run.group()))
            self._ends.append(size)
            self._places.append(run.span())
            done = run.end()


def views(text: str) -> Iterator[View]:
    """Yield the text with its escapes read, then that read again, while there are any; nothing for one too long."""
    for _ in range(NESTED):
        if len(text) > MAX_UNESCAPED or _BEGIN.search(text) is None:
            return
        view = View(text)
        if not view.changed:
            return
        yield view
        text = view.text


def unescaped(text: str) -> str:
    """Return the text with its escapes read once."""
    return View(text).text


def _meant(run: re.Match[str]) -> str:
    return _read(run.group())


@lru_cache(maxsize=4096)
def _few(run: str) -> str:
    return _of_kind(run)


def _read(run: str) -> str:
    """Return what a run of escapes means; short ones come again and again."""
    return _few(run) if len(run) <= 32 else _of_kind(run)


def _of_kind(run: str) -> str:
    match run[0]:
        case "%":
            return unquote(run, errors="replace")
        case "\\":
            return str(json.loads(f'"{run}"'))
        case _:
            return html.unescape(run)
