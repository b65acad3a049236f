"""Rows of JSON: one object a line (NDJSON), or an array of objects, read as it comes."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Final

from arazzo_runner.cli.conversion import ConversionError, parse_json, with_article
from arazzo_runner.cli.each.records import MAX_ROW, Lines, Record
from arazzo_runner.errors import UsageError
from arazzo_runner.values import kind

CHUNK: Final = 64 * 1024
_SPACE: Final = " \t\r\n"
_OBJECT: Final = "a row is one object: the name of each input and its value"


def ndjson_records(lines: Lines) -> Iterator[Record]:
    """Yield the row of each line that is not empty.

    Raises:
        UsageError: a line is too large.
    """
    while line := lines.next(MAX_ROW):
        if len(line) > MAX_ROW:
            raise UsageError(f"{lines.place()}: the row is larger than {MAX_ROW} bytes (MAX_ROW)")
        if not line.strip():
            continue
        try:
            yield _record(line.decode("utf-8"), lines.number)
        except UnicodeDecodeError:
            yield Record(lines.number, problem="it is not UTF-8")


def _record(text: str, line: int) -> Record:
    try:
        value = parse_json(text)
    except ConversionError as fault:
        return Record(line, problem=str(fault))
    if isinstance(value, dict):
        return Record(line, value)
    return Record(line, problem=f"it is {with_article(kind(value))}, and {_OBJECT}")


def array_records(lines: Lines) -> Iterator[Record]:
    """Yield the rows of an array.

    Raises:
        UsageError: it is no array, or something in it is no JSON; nothing behind it can be read.
    """
    text = _Text(lines)
    text.expect("[", "an array of objects begins with '['")
    if text.peek() == "]":
        text.skip()
    else:
        while True:
            line = text.line
            yield _record(text.value(), line)
            if text.peek() == "]":
                text.skip()
                break
            text.expect(",", "a ',' or the end of the array is missing behind this row")
    if text.peek():
        raise text.fault("something stands behind the end of the array")


class _Text:
    """What was read of a text and not taken yet; `line` is that of the next character but spaces."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._scanner = json.JSONDecoder()
        self._buffer, self._at, self._line = "", 0, 1
        self._ended = False

    @property
    def line(self) -> int:
        self.peek()
        return self._line

    def fault(self, message: str) -> UsageError:
        return UsageError(f"{self._lines.place(self._line)}: {message}", "write an array of objects, or one a line")

    def peek(self) -> str:
        """Return the next character but spaces, without taking it; empty at the end."""
        while True:
            while self._at < len(self._buffer):
                character = self._buffer[self._at]
                if character not in _SPACE:
                    return character
                self._line += character == "\n"
                self._at += 1
            if self._ended:
                return ""
            self._fill(1)

    def skip(self) -> None:
        """Take the next character."""
        self._at += 1

    def expect(self, character: str, complaint: str) -> None:
        """Take a character; raise where there is another."""
        if self.peek() != character:
            raise self.fault(complaint)
        self.skip()

    def value(self) -> str:
        """Take the text of the next value."""
        self.peek()
        while True:
            try:
                _, end = self._scanner.raw_decode(self._buffer, self._at)
                if end < len(self._buffer) or self._ended or self._buffer[end - 1] in '}]"':
                    break
            except json.JSONDecodeError as fault:
                if self._ended:
                    raise self.fault(f"this is no JSON: {fault.msg}") from None
            except RecursionError:
                raise self.fault("this is nested too deeply") from None
            waiting = len(self._buffer) - self._at
            if waiting > MAX_ROW:
                raise self.fault(f"this is no JSON, or a row of more than {MAX_ROW} bytes (MAX_ROW)")
            self._fill(waiting)
        found = self._buffer[self._at : end]
        self._line += found.count("\n")
        self._at = end
        return found

    def _fill(self, wanted: int) -> None:
        """Read so many more characters at least, where there are any, and forget those that were taken."""
        pieces = [self._buffer[self._at :]]
        self._at, more = 0, 0
        while more < max(wanted, 1) and not self._ended:
            chunk = self._lines.next(CHUNK)
            self._ended = not chunk
            try:
                text = self._decoder.decode(chunk, self._ended)
            except UnicodeDecodeError:
                raise UsageError(f"{self._lines.place()}: this is not UTF-8", "save it as UTF-8") from None
            pieces.append(text)
            more += len(text)
        self._buffer = "".join(pieces)
