"""Where a character of a string stands in the text of its document.

A scalar of YAML is seldom written as its value is: quotes have escapes, plain and quoted text is folded, blocks are
indented. All of that changes white space only, but for escapes in quotes. So the characters of the value that are no
white space are those of the text, in the same order, and the n-th of them is found by counting. Where the two do not
agree (an alias of an alias, a tag that changes the value), the place is the whole scalar.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import cast

from arazzo_runner.diagnostics import Span
from arazzo_runner.document.model import Description
from arazzo_runner.document.spelling import SPACE, characters
from arazzo_runner.expressions.pointer import navigate
from arazzo_runner.values import JSON, Nothing, Path, Value

_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class _Written:
    """The characters of a string that are no white space: their offsets in it, and where each is written."""

    at: Path
    offsets: list[int]
    firsts: list[int]
    lasts: list[int]


class Characters:
    """Finds the characters of a document's strings; made once a document, for it remembers where lines begin."""

    __slots__ = ("_description", "_starts", "_text", "_written")

    def __init__(self, description: Description) -> None:
        self._description = description
        self._text = description.source.text
        self._starts: list[int] = []
        self._written: _Written | None = None  # of the string that was asked for last: it may have many findings

    def span(self, at: Path, offset: int = 0, length: int | None = None) -> Span:
        """Return the span of `length` characters from `offset` of the string at a path, as far as its line goes.

        `length` None means up to the end. Where there is no string at the path, the span is that of the node.
        """
        value = self.string(at)
        whole = self._description.span(at)
        written = self._characters_of(at, whole, value)
        if not written.firsts:
            return whole
        offset = max(0, min(offset, len(value)))
        return self._stretch(whole, written, offset, len(value) if length is None else offset + length)

    def string(self, at: Path) -> str:
        """Return the string at a path; empty where there is none."""
        node = self.node(at)
        return node if isinstance(node, str) else ""

    def node(self, at: Path) -> JSON | Nothing:
        """Return what the document has at a path."""
        return cast("JSON | Nothing", navigate(cast(Value, self._description.source.data), at))

    def _characters_of(self, at: Path, whole: Span, value: str) -> _Written:
        """Return where the characters of a string are written; nothing where that is unsure."""
        if self._written is None or self._written.at != at:
            start, end = self._index(whole.line, whole.column), self._index(whole.end_line, whole.end_column)
            written = list(characters(self._text, start, end)) if value else []
            offsets = [offset for offset, letter in enumerate(value) if letter not in SPACE]
            if [letter for _, _, letter in written] != [value[offset] for offset in offsets]:
                written, offsets = [], []
            self._written = _Written(at, offsets, [first for first, _, _ in written], [last for _, last, _ in written])
        return self._written

    def _stretch(self, whole: Span, written: _Written, offset: int, end: int) -> Span:
        before, behind = bisect_left(written.offsets, offset), bisect_left(written.offsets, end)
        if before < len(written.offsets) and written.offsets[before] == offset:
            first = written.firsts[before]
        else:  # white space, or the end: behind the character in front of it
            first = written.lasts[before - 1] if before else written.firsts[0]
        line = self._line(first)
        behind = min(behind, bisect_right(written.lasts, self._line_end(line)))
        last = max(written.lasts[behind - 1] if behind > before else first, first + 1)
        return Span(
            uri=whole.uri,
            line=line + 1,
            column=first - self._starts[line] + 1,
            end_line=line + 1,
            end_column=last - self._starts[line] + 1,
            name=whole.name,
            text=whole.text if line + 1 == whole.line else self._line_text(line),
        )

    def _index(self, line: int, column: int) -> int:
        if not self._starts:
            self._starts = [0, *(found.end() for found in _BREAK.finditer(self._text))]
        return self._starts[min(line, len(self._starts)) - 1] + column - 1

    def _line(self, index: int) -> int:
        return bisect_right(self._starts, index) - 1

    def _line_text(self, line: int) -> str:
        return self._text[self._starts[line] : self._line_end(line)].rstrip("\r\n")

    def _line_end(self, line: int) -> int:
        return self._starts[line + 1] if line + 1 < len(self._starts) else len(self._text)
