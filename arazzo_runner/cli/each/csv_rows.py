"""Rows of a CSV file (RFC 4180), read line by line.

The first row names the columns. Fields are parted by commas; where the first line has none, by semicolons or tabs, as
some programs write them. A quote that stands inside of a field that does not begin with one is a quote like any other
character. Empty lines are no rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from arazzo_runner.cli.each.records import MAX_ROW, Lines, Record
from arazzo_runner.cli.files import cut
from arazzo_runner.errors import UsageError

_DELIMITERS: Final = (",", ";", "\t")
_FORM: Final = "the first row names the columns, each by the name of an input"


@dataclass(slots=True)
class _Fields:
    """The fields of one row, taken line by line until none is open. `stray` tells of text behind a closing quote."""

    delimiter: str
    cells: list[str] = field(default_factory=list)
    pieces: list[str] | None = None
    stray: bool = False

    def feed(self, text: str, ending: str) -> bool:
        """Take a line without its ending, and tell whether the row is complete."""
        at = 0
        while True:
            if self.pieces is None and text.startswith('"', at):
                self.pieces, at = [], at + 1
            if self.pieces is None:
                at = self._plain(text, at)
            else:
                at = self._quoted(text, at, ending)
                if self.pieces is not None:
                    return False
            if at >= len(text):
                return True
            at += 1

    def _plain(self, text: str, at: int) -> int:
        end = text.find(self.delimiter, at)
        end = len(text) if end < 0 else end
        self.cells.append(text[at:end])
        return end

    def _quoted(self, text: str, at: int, ending: str) -> int:
        """Take what belongs to the open field; return where its delimiter stands."""
        assert self.pieces is not None, "a field is open"
        while (quote := text.find('"', at)) >= 0:
            self.pieces.append(text[at:quote])
            if not text.startswith('""', quote):
                break
            self.pieces.append('"')
            at = quote + 2
        else:
            self.pieces.append(text[at:] + ending)
            return len(text)
        self.cells.append("".join(self.pieces))
        self.pieces = None
        end = text.find(self.delimiter, quote + 1)
        end = len(text) if end < 0 else end
        self.stray |= end != quote + 1
        return end


class CsvRows:
    """The rows of a CSV file; `columns` are their names.

    Raises:
        UsageError: there is no row that names the columns, or it names one twice.
    """

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._delimiter = ","
        self._begun = 0
        header = self._next(first=True)
        if header is None:
            raise UsageError(f"--each: '{lines.name}' is empty", _FORM)
        self.columns = self._named(header)

    def records(self) -> Iterator[Record]:
        """Yield the rows.

        Raises:
            UsageError: a quote is not closed, or a row is too large; nothing behind it can be read.
        """
        while (fields := self._next()) is not None:
            problem = self._problem(fields)
            content = {} if problem else dict(zip(self.columns, fields.cells, strict=True))
            yield Record(self._begun, content, problem)

    def _next(self, first: bool = False) -> _Fields | None:
        """Return the fields of the next row that is not empty; None at the end."""
        fields: _Fields | None = None
        size = 0
        while line := self._lines.next(MAX_ROW - size):
            size += len(line)
            text = line.decode("utf-8", "surrogateescape")
            bare = text.rstrip("\r\n")
            if fields is None:
                if not bare:
                    size = 0
                    continue
                if first:
                    self._delimiter = next((each for each in _DELIMITERS if each in bare), ",")
                fields, self._begun = _Fields(self._delimiter), self._lines.number
            if size > MAX_ROW:
                quote = "; is a quote not closed?" if fields.pieces is not None else ""
                raise UsageError(f"{self._place()}: the row is larger than {MAX_ROW} bytes (MAX_ROW){quote}")
            if fields.pieces is None and '"' not in bare:
                fields.cells = bare.split(self._delimiter)
                return fields
            if fields.feed(bare, text[len(bare) :]):
                return fields
        if fields is not None:
            raise UsageError(f"{self._place()}: a quote is opened in this row and never closed", 'write "" for a quote')
        return None

    def _place(self) -> str:
        return self._lines.place(self._begun)

    def _named(self, fields: _Fields) -> tuple[str, ...]:
        names = tuple(cell.strip() for cell in fields.cells)
        if fields.stray or any(_is_broken(name) or "\0" in name for name in names):
            raise UsageError(f"{self._place()}: this is no row of UTF-8 text that names columns", _FORM)
        for number, name in enumerate(names, 1):
            if not name:
                raise UsageError(f"{self._place()}: column {number} has no name", _FORM)
            if name in names[: number - 1]:
                message = f"columns {names.index(name) + 1} and {number} are both named '{cut(name)}'"
                raise UsageError(f"{self._place()}: {message}", "rename one, or leave it out")
        return names

    def _problem(self, fields: _Fields) -> str:
        found, wanted = len(fields.cells), len(self.columns)
        if fields.stray:
            return "text stands behind the closing quote of a field"
        if found != wanted:
            return f"it has {_counted(found)}, and the first row names {_counted(wanted, 'column')}"
        return _unreadable(self.columns, fields.cells)


def _unreadable(columns: Sequence[str], cells: Sequence[str]) -> str:
    broken = next((name for name, cell in zip(columns, cells, strict=True) if _is_broken(cell)), None)
    return "" if broken is None else f"column '{cut(broken)}' is not UTF-8"


def _is_broken(text: str) -> bool:
    """Tell whether bytes that are no UTF-8 were read as this text."""
    if text.isascii():
        return False
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _counted(number: int, what: str = "field") -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
