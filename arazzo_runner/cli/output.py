"""Where a command writes, and how it looks there.

Standard output carries the result alone, so that it can be piped; everything that is said to a person goes to
standard error. Colour is used on a terminal, not where `NO_COLOR` is set or `TERM` is ``dumb``; `FORCE_COLOR` asks for
it elsewhere too. What is piped is UTF-8 on every system. A reader that went away (`arazzo ... | head`) is no fault: the
command does its work to the end and exits with its own code; what nobody reads is dropped. A standard output that was
closed before the command began, or a disk that is full, is one: the result is lost.
"""

from __future__ import annotations

import errno
import io
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TextIO, cast

from arazzo_runner.reports.page import Look, Page, Verbosity

MIN_WIDTH = 40
PIPED_WIDTH = 100
"""The columns of a report that no terminal shows."""


class Outlet(io.TextIOBase):
    """A text stream that goes on when its reader has gone."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.is_gone = False
        """Whether the reader has gone, so that what is written is dropped."""

    def write(self, text: str, /) -> int:
        """Write the text; drop it where nobody reads."""
        try:
            return self._stream.write(text)
        except OSError as fault:
            self._drop(fault)
            return len(text)

    def write_bytes(self, content: bytes) -> None:
        """Write bytes as they are; drop them where nobody reads."""
        self.flush()
        try:
            self._stream.buffer.write(content)
        except OSError as fault:
            self._drop(fault)
        self.flush()

    def flush(self) -> None:
        """Flush the stream; drop what nobody reads."""
        try:
            self._stream.flush()
        except OSError as fault:
            self._drop(fault)

    def _drop(self, fault: OSError) -> None:
        """Go on without a reader; any other fault of the stream is raised."""
        # Windows calls a pipe without a reader an invalid argument.
        if not (isinstance(fault, BrokenPipeError) or (os.name == "nt" and fault.errno == errno.EINVAL)):
            raise fault
        self.is_gone = True
        self.silence()

    def silence(self) -> None:
        """Send what still comes, and what the buffer holds, to nowhere: the interpreter flushes it once more."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)

    def isatty(self) -> bool:
        """Tell whether the stream is a terminal."""
        return self._stream.isatty()

    def fileno(self) -> int:
        """Return the descriptor of the stream."""
        return self._stream.fileno()

    def writable(self) -> bool:
        """Return True."""
        return True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    # What io.TextIOBase has of its own and would hide from __getattr__.
    @property
    def encoding(self) -> str:  # type: ignore[override]  # a property serves every reader of the attribute
        """The encoding of the stream."""
        return getattr(self._stream, "encoding", None) or "utf-8"

    @property
    def errors(self) -> str | None:  # type: ignore[override]  # as above
        """What the stream does with what it can't encode."""
        return getattr(self._stream, "errors", None)


@contextmanager
def outlets() -> Iterator[None]:
    """Put outlets in the place of standard output and standard error while the command runs."""
    before = sys.stdout, sys.stderr
    made = [Outlet(_ready(before[0], closed_output)), Outlet(_ready(before[1], _nowhere))]
    sys.stdout, sys.stderr = (cast(TextIO, outlet) for outlet in made)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
        for outlet in made:
            try:
                outlet.flush()
            except OSError:  # told already, if it can be told at all: a full disk
                outlet.silence()


class _Closed(io.RawIOBase):
    """What stands behind standard output where the caller closed it."""

    def writable(self) -> bool:
        return True

    def write(self, content: Any, /) -> int:
        if not content:
            return 0
        raise OSError(errno.EBADF, "standard output is closed")


def closed_output() -> TextIO:
    """Return what stands for a standard output that the caller closed (`>&-`): the result can't go there, a fault."""
    # The buffered layer would put the fault off until the end.
    return io.TextIOWrapper(cast(BinaryIO, _Closed()), encoding="utf-8", write_through=True)


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def _ready(stream: TextIO | None, closed: Callable[[], TextIO]) -> TextIO:
    """Return the stream, made to take every text; in the place of one that the caller closed, what `closed` makes."""
    if stream is None:
        return closed()
    _encode(stream)
    return stream


def _encode(stream: TextIO) -> None:
    """Make the stream take every text: a terminal in its own encoding, anything else in UTF-8."""
    if isinstance(stream, io.TextIOWrapper):
        encoding = stream.encoding if stream.isatty() else "utf-8"
        stream.reconfigure(encoding=encoding, errors="backslashreplace")


def write_bytes(stream: TextIO, content: bytes) -> None:
    """Write bytes as they are to standard output or standard error."""
    if isinstance(stream, Outlet):
        stream.write_bytes(content)
    else:
        stream.flush()
        stream.buffer.write(content)


def is_live(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Tell whether a stream is a terminal on which lines can be redrawn."""
    return stream.isatty() and environ.get("TERM", "") != "dumb"


def has_colour(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Tell whether a stream is to be written in colour."""
    if environ.get("NO_COLOR"):
        return False
    return bool(environ.get("FORCE_COLOR")) or is_live(stream, environ)


def look(stream: TextIO, environ: Mapping[str, str], verbosity: Verbosity = Verbosity.NORMAL) -> Look:
    """Return how a report for a person looks on a stream."""
    width = shutil.get_terminal_size((PIPED_WIDTH, 24)).columns if stream.isatty() else PIPED_WIDTH
    return Look(verbosity, has_colour(stream, environ), max(width, MIN_WIDTH)).fitting(stream)


def page(stream: TextIO) -> Page:
    """Return a page on a stream, in the look that the process's environment asks for."""
    return Page(stream, look(stream, os.environ))
