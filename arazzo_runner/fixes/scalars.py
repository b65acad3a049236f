"""A string of the document as its text writes it, and how a part of it is replaced there.

What changes in the value is found in the text by its characters that are no white space (`document.spelling`); the rest
of the scalar stays as it is written, escapes and folds included. Where the new value can't be written so, the scalar is
written anew in quotes; a block then can't be mended.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from arazzo_runner.document.spelling import SPACE, characters
from arazzo_runner.fixes.styles import double, fits_single, is_plain, single, written

_HEADER = re.compile(r"[|>](?P<first>[1-9+-]?)(?P<second>[1-9+-]?)")


@dataclass(frozen=True)
class Scalar:
    """A scalar from `start` to `end` of a text, which writes `value`, without a tag or an anchor.

    `flow` tells that it stands in brackets or braces, `key` that it is the key of a member.
    """

    text: str
    start: int
    end: int
    value: str
    flow: bool = False
    key: bool = False

    @cached_property
    def style(self) -> str:
        """The first character of a quoted scalar or of a block; empty for a plain one."""
        first = self.text[self.start : self.start + 1]
        return first if first and first in "'\"|>" else ""

    @cached_property
    def _letters(self) -> tuple[list[int], list[int], list[int]] | None:
        """The offsets in the value of what is no white space, and where each is written; None where that is unsure."""
        found = list(characters(self.text, self.start, self.end))
        offsets = [offset for offset, letter in enumerate(self.value) if letter not in SPACE]
        if [letter for _, _, letter in found] != [self.value[offset] for offset in offsets]:
            return None
        return offsets, [first for first, _, _ in found], [last for _, last, _ in found]

    def spliced(self, start: int, end: int, text: str) -> tuple[int, int, str] | None:
        """Return the edit that puts `text` in the place of a part of the value: from, to, what; None if it can't be."""
        value = self.value[:start] + text + self.value[end:]
        if value == self.value or not 0 <= start <= end <= len(self.value):
            return None
        if self.style in ("|", ">"):
            return self._spliced_in_block(start, end, text, value)
        edit = self._in_place(start, end, text) if self._fits(value, text) else None
        return edit or (self.start, self.end, written(value, self.style, flow=self.flow, key=self.key))

    def rewritten(self, value: str) -> tuple[int, int, str]:
        """Return the edit that writes another value."""
        style = self.style if self.style in ("'", '"') else ""
        return self.start, self.end, written(value, style, flow=self.flow, key=self.key)

    def _fits(self, value: str, text: str) -> bool:
        match self.style:
            case '"':
                return True
            case "'":
                return fits_single(text)
            case _:
                return is_plain(" ".join(value.split()), flow=self.flow, key=self.key) and fits_single(text)

    def _spliced_in_block(self, start: int, end: int, text: str, value: str) -> tuple[int, int, str] | None:
        if value == self.value.rstrip("\n"):
            return self._without_line_end()
        return self._in_place(start, end, text) if value.strip() and fits_single(text) else None

    def _without_line_end(self) -> tuple[int, int, str] | None:
        """Leave out the line breaks at the end of a block by its header: ``|`` becomes ``|-``."""
        header = _HEADER.match(self.text, self.start)
        if header is None:
            return None
        indentation = "".join(sign for sign in header.groups() if sign.isdigit())
        return header.start(), header.end(), f"{header[0][0]}{indentation}-"

    def _in_place(self, start: int, end: int, text: str) -> tuple[int, int, str] | None:
        """Return the edit of nothing but what changes."""
        if self._letters is None:
            return None
        start, end, text = _trimmed(self.value, start, end, text)
        start, end, text = self._widened(start, end, text)
        before, behind = self._begin(start), self._end(end)
        if before is None or behind is None:
            return None
        return min(before, behind), behind, self._spelled(text)

    def _spelled(self, text: str) -> str:
        return double(text) if self.style == '"' else single(text) if self.style == "'" else text

    def _widened(self, start: int, end: int, text: str) -> tuple[int, int, str]:
        """Move both ends to where a character that is no white space begins or ends; those alone have a known place."""
        value = self.value
        while 0 < start < len(value) and value[start] in SPACE and value[start - 1] in SPACE:
            start, text = start - 1, value[start - 1] + text
        while 0 < end < len(value) and value[end] in SPACE and value[end - 1] in SPACE:
            end, text = end + 1, text + value[end]
        return start, end, text

    def _begin(self, offset: int) -> int | None:
        """Return where the text begins that writes the value from an offset on."""
        assert self._letters is not None
        offsets, firsts, lasts = self._letters
        at = bisect_left(offsets, offset)
        if at < len(offsets) and offsets[at] == offset:
            return firsts[at]
        return lasts[at - 1] if at and offsets[at - 1] == offset - 1 else None

    def _end(self, offset: int) -> int | None:
        """Return where the text ends that writes the value up to an offset."""
        assert self._letters is not None
        offsets, firsts, lasts = self._letters
        at = bisect_left(offsets, offset)
        if at and offsets[at - 1] == offset - 1:
            return lasts[at - 1]
        return firsts[at] if at < len(offsets) and offsets[at] == offset else None


def _trimmed(value: str, start: int, end: int, text: str) -> tuple[int, int, str]:
    """Leave out what the old and the new part have in common at both ends."""
    while start < end and text and value[start] == text[0]:
        start, text = start + 1, text[1:]
    while start < end and text and value[end - 1] == text[-1]:
        end, text = end - 1, text[:-1]
    return start, end, text
