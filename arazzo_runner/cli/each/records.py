"""A row as it stands in its file, and the lines that it is read from.

Files are read as they come, so that a file of any length takes no more memory than its longest row. A row that can't be
read is told of in its place, and the next one is read; what makes the rest of the file unreadable is a `UsageError`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from arazzo_runner.errors import UsageError
from arazzo_runner.values import Value

MAX_ROW: Final = 64 * 1024 * 1024
"""The most bytes of one row."""

_MARKS: Final = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"\x1f\x8b": "compressed", b"PK": "an archive"}
_BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Record:
    """A row: the line on which it begins, and its values by name (texts in CSV). `problem` says why it has none."""

    line: int
    content: Mapping[str, Value] = field(default_factory=dict, repr=False)
    problem: str = ""


class Lines:
    """The lines of a file or of a pipe, each with its line break, counted from 1. `name` is what messages call it."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self.name = name
        self.number = 0
        self._stream = stream
        self._again: list[bytes] = []
        self._is_new = True

    def next(self, most: int = MAX_ROW) -> bytes:
        """Return the next line (what is there of it, where it has more than `most` bytes); empty at the end.

        Raises:
            UsageError: it can't be read.
        """
        if self._again:
            found = self._again.pop(0)
        else:
            try:
                found = self._stream.readline(most + 1)
            except OSError as fault:
                raise UsageError(f"--each: '{self.name}' can't be read any further: {fault.strerror}") from None
            if self._is_new:
                self._is_new, found = False, self._unmarked(found)
        self.number += self._counts(found)
        return found

    def begins_with(self) -> str:
        """Return the first character that is no space, without taking it; empty where there is none."""
        taken: list[bytes] = []
        first = ""
        while not first and (line := self.next()):
            taken.append(line)
            first = line.strip()[:1].decode("latin-1")
        self._again = taken + self._again
        self.number -= sum(self._counts(line) for line in taken)
        return first

    def place(self, line: int | None = None) -> str:
        """Return a place of the file as messages write it."""
        return f"--each {self.name}:{self.number if line is None else line}"

    @staticmethod
    def _counts(line: bytes) -> int:
        return 1 if line else 0

    def _unmarked(self, line: bytes) -> bytes:
        for mark, what in _MARKS.items():
            if line.startswith(mark):
                raise UsageError(f"--each: '{self.name}' is {what}, and rows are read as UTF-8", "save it as UTF-8")
        return line.removeprefix(_BOM)
