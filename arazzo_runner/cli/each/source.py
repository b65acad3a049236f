"""The rows that `--each` names: a file or standard input, in one of three formats."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO, Final

from arazzo_runner.cli.each.csv_rows import CsvRows
from arazzo_runner.cli.each.json_rows import array_records, ndjson_records
from arazzo_runner.cli.each.records import Lines, Record
from arazzo_runner.cli.files import STDIN, meant
from arazzo_runner.errors import UsageError

CSV, JSON, NDJSON = "csv", "json", "ndjson"
ENDINGS: Final[Mapping[str, str]] = {
    ".csv": CSV,
    ".tsv": CSV,
    ".json": JSON,
    ".ndjson": NDJSON,
    ".jsonl": NDJSON,
}
_BY_FIRST: Final[Mapping[str, str]] = {"[": JSON, "{": NDJSON}


@dataclass(frozen=True, slots=True)
class Opened:
    """Rows that are being read. `columns` are those of CSV, None for JSON."""

    name: str
    records: Iterator[Record]
    columns: tuple[str, ...] | None
    close: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from: a path, or ``-`` for standard input. `format` is None where it is to be found out.

    `can_repeat` tells that it can be read twice, with the same rows: a plain file, and no pipe.
    """

    where: str
    format: str | None = None

    @property
    def name(self) -> str:
        """What messages call it."""
        return "standard input" if self.where == STDIN else self.where

    @property
    def can_repeat(self) -> bool:
        """Whether it can be read a second time."""
        try:
            return self.where != STDIN and S_ISREG(Path(self.where).stat().st_mode)
        except (OSError, ValueError):
            return False

    def open(self) -> Opened:
        """Begin to read the rows.

        Raises:
            UsageError: there is no such file, or no row can be read from it.
        """
        stream = self._stream()
        close = _keep if self.where == STDIN else stream.close
        try:
            return self._opened(Lines(stream, self.name), close)
        except BaseException:
            close()
            raise

    def _stream(self) -> BinaryIO:
        if self.where == STDIN:
            if sys.stdin is None:
                raise UsageError("--each: standard input is closed")
            return sys.stdin.buffer
        try:
            return Path(self.where).open("rb")
        except (OSError, ValueError) as fault:
            reason = fault.strerror if isinstance(fault, OSError) else "no file can have that name"
            raise UsageError(f"--each: '{self.where}' can't be read: {reason}", meant(self.where)) from None

    def _opened(self, lines: Lines, close: Callable[[], None]) -> Opened:
        match self.format or ENDINGS.get(Path(self.where).suffix.lower()) or _sniffed(lines):
            case "json":
                return Opened(self.name, array_records(lines), None, close)
            case "ndjson":
                return Opened(self.name, ndjson_records(lines), None, close)
            case _:
                rows = CsvRows(lines)
                return Opened(self.name, rows.records(), rows.columns, close)


def _sniffed(lines: Lines) -> str:
    return _BY_FIRST.get(lines.begins_with(), CSV)


def _keep() -> None:
    """Close nothing: standard input is the process's."""
