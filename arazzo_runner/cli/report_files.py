"""Where a report goes: a file that is there whole or not at all, or one that grows while the run goes on.

A file is opened before the first request is sent, so that a run is refused whose report could not be written. What
exists already stays as it is until its successor is complete, and keeps its rights.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from arazzo_runner.errors import UsageError


@dataclass(frozen=True, slots=True)
class Destination:
    """An open file. `temporary` holds the text until it is whole; None where it is written in place."""

    stream: TextIO
    path: Path
    temporary: Path | None = None

    def keep(self) -> None:
        """Close the file, and put it in its place. Raises OSError where what is left to write can't be written."""
        self.stream.close()
        if self.temporary is not None:
            self.temporary.replace(self.path)

    def drop(self) -> None:
        """Close the file and forget what stands in it; nothing is put in its place."""
        try:
            self.stream.close()
        except OSError:  # the disk that could not take the text can't take its end either
            pass
        finally:
            if self.temporary is not None:
                self.temporary.unlink(missing_ok=True)


def place_of(where: str) -> Path:
    """Return the file that a text names, links followed, so that a link stays one.

    An open pipe (`/dev/stdout`, a shell's `>(command)`) is a link that leads to no path: it is taken as it is named.

    Raises:
        OSError, ValueError, RuntimeError: it names none.
    """
    path = Path(where).expanduser()
    followed = path.resolve()
    return path.absolute() if path.exists() and not followed.exists() else followed


def open_destination(where: str, flag: str, *, at_once: bool) -> Destination:
    """Open a file for a report; `at_once` tells that others may read it while it grows. `flag` says who asks.

    Raises:
        UsageError: it can't be written: there is no such folder, it is a folder itself, or it may not be written.
    """
    try:
        path = place_of(where)
        if path.is_dir():
            raise UsageError(f"{flag}: '{where}' is a folder", "name a file in it")
        if not path.parent.is_dir():
            raise UsageError(f"{flag}: there is no folder '{path.parent}'", "create it, or name another file")
        if at_once or (path.exists() and not path.is_file()):
            return Destination(path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n"), path)
        return _beside(path)
    except (OSError, ValueError, RuntimeError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else "no file can have that name"
        raise UsageError(f"{flag}: '{where}' can't be written: {reason}") from None


def _beside(path: Path) -> Destination:
    """Open a new file beside `path`, with its rights where it exists."""
    rights = None
    if path.exists():
        with path.open("ab"):  # whether it may be written at all
            rights = stat.S_IMODE(path.stat().st_mode)
    temporary = path.with_name(f".{path.name[:200]}.{os.urandom(4).hex()}")
    number = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    if rights is not None:
        temporary.chmod(rights)
    stream = os.fdopen(number, "w", encoding="utf-8", errors="backslashreplace", newline="\n")
    return Destination(stream, path, temporary)
