"""Files that are kept between runs, in a folder of the user: bounded, safe between processes, the user's alone.

Files are written whole under another name and put in place, so that processes at once see the old or the new one.
Trouble with the folder is never trouble for a run: what can't be read is not there, what can't be written is not kept.
A folder that somebody else can write to is not used: what stands there would say where requests go.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_FORGOTTEN: Final = 3600.0
"""Seconds after which what a stopped process left half written is removed."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The files of one suffix in a folder, and how many bytes and files there may be. Nothing of it raises."""

    folder: Path
    suffix: str
    max_bytes: int
    max_files: int

    def read(self, name: str, most: int) -> bytes | None:
        """Return what a file holds, up to so many bytes; None where it can't be read. It counts as used."""
        path = self._path(name)
        try:
            if not _is_private(self.folder):
                return None
            with path.open("rb") as file:
                content = file.read(most)
            os.utime(path)
        except OSError:
            return None
        return content

    def write(self, name: str, content: bytes) -> None:
        """Keep a file, and let go of those that were used longest ago."""
        import tempfile  # slow to load, and seldom is anything written

        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if len(content) > self.max_bytes or not _is_private(self.folder):
                return
            handle, made = tempfile.mkstemp(dir=self.folder)  # for the user alone
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
                Path(made).replace(self._path(name))
            except OSError:
                Path(made).unlink(missing_ok=True)
                raise
            self._let_go()

    def remove(self, name: str) -> None:
        """Let go of a file."""
        with suppress(OSError):
            self._path(name).unlink()

    def clear(self) -> int:
        """Let go of all files, and return how many those were; none of a folder that somebody else can write to."""
        done = 0
        for path, _, _ in self._files():
            with suppress(OSError):
                path.unlink()
                done += 1
        return done

    def size(self) -> tuple[int, int]:
        """Return how many files there are, and how many bytes they take."""
        sizes = [size for _, _, size in self._files()]
        return len(sizes), sum(sizes)

    def _path(self, name: str) -> Path:
        return self.folder / (name + self.suffix)

    def _files(self) -> Iterator[tuple[Path, float, int]]:
        """Yield the files with when they were used last, and how big they are."""
        try:
            found = list(self.folder.iterdir()) if _is_private(self.folder) else []
        except OSError:
            return
        for path in found:
            with suppress(OSError):
                status = path.lstat()
                if path.suffix == self.suffix and stat.S_ISREG(status.st_mode):
                    yield path, status.st_mtime, status.st_size
                elif not path.suffix and stat.S_ISREG(status.st_mode) and time.time() - status.st_mtime > _FORGOTTEN:
                    path.unlink()

    def _let_go(self) -> None:
        total = 0
        newest = sorted(self._files(), key=lambda each: each[1], reverse=True)
        for count, (path, _, size) in enumerate(newest, 1):
            total += size
            if count > self.max_files or total > self.max_bytes:
                with suppress(OSError):
                    path.unlink()


def _is_private(folder: Path) -> bool:
    """Tell whether a folder is the user's own, and no one else can write to it. Windows has other means than bits."""
    if sys.platform == "win32":
        return True
    status = folder.lstat()
    own = stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid()
    return own and not stat.S_IMODE(status.st_mode) & 0o022
