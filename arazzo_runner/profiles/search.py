"""Where `arazzo.toml` is found: in a folder or above it, and never beyond what is the user's own.

The search goes from the folder upward to the root of its repository (the first folder that holds `.git`) or to the
home folder, whichever comes first. A folder that lies in neither is looked into alone. The nearest file counts.
A file that was found, but could have been put there by somebody else, is refused and not passed over: what it was to
say would be missing without a word.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from arazzo_runner.errors import UsageError
from arazzo_runner.profiles.ownership import FILE, FOLDER, distrust

FILE_NAME: Final = "arazzo.toml"
MAX_PROFILE_BYTES: Final = 256 * 1024
"""The most bytes of a file with profiles."""


def find(folder: Path) -> Path | None:
    """Return the file that holds for a folder, or None.

    Raises:
        UsageError: there is one, but somebody else could have put it there; or it is a link that leads away.
    """
    folders = list(_upward(Path(os.path.realpath(folder))))
    for each in folders:
        candidate = each / FILE_NAME
        if os.path.lexists(candidate):
            return _own(candidate, folders[-1])
    return None


def read_found(path: Path) -> bytes:
    """Return the content of a file that was found.

    Raises:
        UsageError: it can't be read, is too large, or is not the user's own.
    """
    try:
        with open(path, "rb", opener=_open) as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise UsageError(f"{path} is no file", _INSTEAD)
            _check(status, FILE, path)
            return _bounded(stream.read(MAX_PROFILE_BYTES + 1), path)
    except OSError as fault:
        raise UsageError(f"{path} can't be read: {fault.strerror}", _INSTEAD) from None


def read_named(path: Path) -> bytes:
    """Return the content of a file that the user named, whoever owns it.

    Raises:
        UsageError: it can't be read, or is too large.
    """
    try:
        with path.open("rb") as stream:
            return _bounded(stream.read(MAX_PROFILE_BYTES + 1), path)
    except OSError as fault:
        raise UsageError(f"{path} can't be read: {fault.strerror}") from None
    except ValueError:
        raise UsageError("--config: no file can have that name") from None


_INSTEAD: Final = "name another with --config FILE, or go without one: --no-config"


def _upward(folder: Path) -> Iterator[Path]:
    """Yield the folders to look into, the last of them being the boundary."""
    home = _home()
    chain = [folder, *folder.parents]
    last = next((each for each in chain if each == home or os.path.lexists(each / ".git")), folder)
    for each in chain:
        yield each
        if each == last:
            return


def _home() -> Path | None:
    try:
        home = Path.home()
    except RuntimeError:  # nobody's
        return None
    return Path(os.path.realpath(home)) if home.is_absolute() else None


def _own(path: Path, boundary: Path) -> Path:
    """Return the real path of a file that is the user's own."""
    real = Path(os.path.realpath(path))
    if not real.is_relative_to(boundary):
        raise UsageError(f"{path} is a link that leads out of {boundary}", f"if it is meant: --config {path}")
    for folder in dict.fromkeys((path.parent, real.parent)):
        try:
            _check(folder.stat(), FOLDER, path)
        except OSError as fault:
            raise UsageError(f"{path} can't be read: {fault.strerror}", _INSTEAD) from None
    return real


def _check(status: os.stat_result, what: str, path: Path) -> None:
    if reason := distrust(status, what):
        where = path.parent if what == FOLDER else path
        mend = f"chown it to yourself, or chmod go-w {where}"
        raise UsageError(
            f"{path} is not used: {reason}, so somebody else could have written it",
            f"make it yours alone ({mend}), or name it if you trust it: --config {path}; --no-config goes without",
        )


def _open(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))  # so that a pipe without a writer holds nobody up


def _bounded(content: bytes, path: Path) -> bytes:
    if len(content) > MAX_PROFILE_BYTES:
        raise UsageError(f"{path} is larger than {MAX_PROFILE_BYTES // 1024} KiB (max_profile_bytes)")
    return content
