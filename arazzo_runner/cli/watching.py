"""Doing a thing again whenever files change, until Ctrl-C.

Files are asked for their times and sizes; no system's own way of telling is needed, and files on network drives and in
containers are seen as well. `wait` is handed in, so that this has no clock of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

INTERVAL: Final = 0.5
"""Seconds between two looks at the files."""

Stamp: TypeAlias = tuple[int, int, int] | None
"""When a file changed, its size and which one it is; None where it is not there."""


class Done(NamedTuple):
    """What was done: its exit code, and the files that it depends on."""

    code: int
    paths: frozenset[str]


def stamp(path: str) -> Stamp:
    """Return what changes when a file does."""
    try:
        found = Path(path).stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def stamps(paths: Iterable[str], stamp: Callable[[str], Stamp] = stamp) -> Mapping[str, Stamp]:
    """Return the stamps of files."""
    return {path: stamp(path) for path in paths}


def watch(act: Callable[[], Done], wait: Callable[[float], None], stamp: Callable[[str], Stamp] = stamp) -> int:
    """Do it, then again each time one of its files has changed, and return the last exit code on KeyboardInterrupt.

    A change while it is being done is not missed: what was known before is compared with how it was then.
    """
    done = act()
    try:
        known = stamps(done.paths, stamp)
        while True:
            wait(INTERVAL)
            now = stamps(done.paths, stamp)
            if now != known:
                done = act()
                known = {path: now[path] if path in now else stamp(path) for path in done.paths}
    except KeyboardInterrupt:
        return done.code
