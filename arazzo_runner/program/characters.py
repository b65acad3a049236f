"""Where a character of a string stands in the text of its document.

A scalar of YAML is seldom written as its value is: quotes have escapes, plain and quoted text is folded, blocks are
indented. All of that changes white space only, but for escapes in quotes. So the characters of the value that are no
white space are those of the text, in the same order, and the n-th of them is found by counting. Where the two do not
agree (an alias of an alias, a tag that changes the value), the place is the whole scalar.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from arazzo_runner.diagnostics import Span
from arazzo_runner.document.model import Description
from arazzo_runner.expressions.pointer import navigate
from arazzo_runner.values import JSON, Nothing, Path, Value

_SPACE = " \t\r\n"
_BREAK = re.compile(r"\r\n|\r|\n")
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")
_DOUBLE = re.compile(
    r"\\u([Dd][89ABab][0-9A-Fa-f]{2})\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})"
    r"|\\x([0-9A-Fa-f]{2})|\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})|\\(.)|(.)",
    re.DOTALL,
)
_SINGLE = re.compile(r"'(')|([^'])", re.DOTALL)
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


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
            written = list(_characters(self._text, start, end)) if value else []
            offsets = [offset for offset, letter in enumerate(value) if letter not in _SPACE]
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


def _characters(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield each character that a scalar writes and that is no white space, with where it is written."""
    found = _PROPERTIES.match(text, start, end)
    start = found.end() if found else start
    match text[start : start + 1]:
        case '"':
            return _escaped(text, start + 1, end - 1)
        case "'":
            return _quoted(text, start + 1, end - 1)
        case "|" | ">":
            header = _BREAK.search(text, start, end)
            return _plain(text, header.end() if header else end, end)
        case _:
            return _plain(text, start, end)


def _plain(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    return ((at, at + 1, text[at]) for at in range(start, end) if text[at] not in _SPACE)


def _quoted(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for found in _SINGLE.finditer(text, start, end):
        letter = found[1] or found[2]
        if letter not in _SPACE:
            yield found.start(), found.end(), letter


def _escaped(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for found in _DOUBLE.finditer(text, start, end):
        letter = _unescaped(found)
        if letter not in _SPACE:
            yield found.start(), found.end(), letter


def _unescaped(found: re.Match[str]) -> str:
    high, low, *codes, escaped, plain = found.groups()
    if high is not None:
        return chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00)
    code = next((code for code in codes if code is not None), None)
    if code is not None:
        return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else "\ufffd"
    return plain if plain is not None else _ESCAPES.get(escaped, escaped)
