"""Where the results of rows go: standard output or a file, each line whole and at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from arazzo_runner.cli.each.earlier import Earlier
from arazzo_runner.errors import UsageError


class Results(Protocol):
    """Takes the lines of the results."""

    @property
    def is_read(self) -> bool:
        """Whether somebody still reads them."""

    def write(self, line: str) -> None:
        """Write a line, so that it is there whatever comes next.

        Raises:
            OSError: it can't be written.
        """

    def close(self) -> None:
        """End it."""


@dataclass(slots=True)
class OutputResults:
    """Lines on standard output; `before` is called before each, to wipe what is shown on the same terminal."""

    before: Callable[[], None]

    @property
    def is_read(self) -> bool:
        """False once the reader has gone."""
        return not getattr(sys.stdout, "is_gone", False)

    def write(self, line: str) -> None:
        """Write a line."""
        self.before()
        sys.stdout.write(line)
        sys.stdout.flush()

    def close(self) -> None:
        """Close nothing: standard output is the process's."""


@dataclass(slots=True)
class FileResults:
    """Lines in a file."""

    stream: BinaryIO

    @property
    def is_read(self) -> bool:
        """True: a file is there to be read later."""
        return True

    def write(self, line: str) -> None:
        """Write a line, past every buffer of this process."""
        content = line.encode("ascii")
        while content:
            content = content[self.stream.write(content) :]

    def close(self) -> None:
        """Close the file."""
        self.stream.close()


def opened(where: str | None, resumed: str | None, earlier: Earlier | None, before: Callable[[], None]) -> Results:
    """Return where results go: to a file, or to standard output where none is named.

    A file that holds results already is gone on with, where it is the one that is resumed; what was cut at its end is
    taken away.

    Raises:
        UsageError: the file can't be written, or holds something that would be mixed with the results.
    """
    if where is None:
        if resumed is not None and earlier is not None and earlier.end < earlier.size and _is_output(resumed):
            sys.stdout.write("\n")  # what was cut keeps a line of its own
        return OutputResults(before)
    try:
        path = Path(where).expanduser()
        is_same = resumed is not None and earlier is not None and _is_same(path, Path(resumed))
        if not is_same and path.is_file() and path.stat().st_size:
            hint = f"go on with it (--resume {where} --results {where}), or name another file"
            raise UsageError(f"--results: '{where}' holds something already", hint)
        stream = path.open("ab", buffering=0)
        if is_same and earlier is not None and earlier.end < earlier.size:
            stream.truncate(earlier.end)
        return FileResults(stream)
    except (OSError, ValueError, RuntimeError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else "no file can have that name"
        raise UsageError(f"--results: '{where}' can't be written: {reason}") from None


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False


def _is_output(path: str) -> bool:
    """Tell whether standard output goes to this file (`>> results.ndjson`)."""
    try:
        return os.path.samestat(Path(path).stat(), os.fstat(sys.stdout.fileno()))
    except (OSError, ValueError):
        return False
