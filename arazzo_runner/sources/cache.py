"""Copies of fetched documents, in a folder of the user.

One file a document, named by the digest of its URL: a line of JSON about it, then its bytes. Files are written whole
under another name and put in place, so that processes at once see the old or the new one. What is read is checked
against its digest. Trouble with the cache is never trouble for a run: what can't be read is not there, what can't be
written is not kept.

Folder and files are the user's alone. A folder that somebody else can write to is not used: what stands there would
say where requests go.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from arazzo_runner.sources.retrieval import MAX_SOURCE_BYTES, Retrieved

MAX_CACHE_BYTES: Final = 256 * 1024 * 1024
"""How many bytes of documents are kept; the ones that were used longest ago go first."""

MAX_CACHE_FILES: Final = 1_000
"""How many documents are kept."""

_SUFFIX: Final = ".document"
_FORGOTTEN: Final = 3600.0
"""Seconds after which what a stopped process left half written is removed."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A document that is kept, and when it came (seconds of the wall clock)."""

    document: Retrieved
    stored: float


@dataclass(frozen=True, slots=True)
class Cache:
    """The copies in a folder, by the URL that was asked for. Nothing of it raises."""

    folder: Path

    def get(self, url: str) -> Kept | None:
        """Return the copy of a URL; None where there is none that is whole."""
        path = self._path(url)
        try:
            if not _is_private(self.folder):
                return None
            with path.open("rb") as file:
                content = file.read(MAX_SOURCE_BYTES + 64 * 1024)
            kept = _unpacked(content, url)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if kept is None:
            with suppress(OSError):
                path.unlink()
            return None
        with suppress(OSError):
            os.utime(path)
        return kept

    def put(self, url: str, document: Retrieved) -> None:
        """Keep the copy of a URL, and let go of old ones."""
        content = _packed(url, document)
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if len(content) > MAX_CACHE_BYTES or not _is_private(self.folder):
                return
            handle, name = tempfile.mkstemp(dir=self.folder)  # for the user alone
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
                Path(name).replace(self._path(url))
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise
            self._let_go()

    def _path(self, url: str) -> Path:
        return self.folder / (hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest() + _SUFFIX)

    def _let_go(self) -> None:
        files: list[tuple[float, int, Path]] = []
        for path in self.folder.iterdir():
            with suppress(OSError):
                status = path.lstat()
                if path.suffix == _SUFFIX:
                    files.append((status.st_mtime, status.st_size, path))
                elif time.time() - status.st_mtime > _FORGOTTEN and stat.S_ISREG(status.st_mode):
                    path.unlink()
        size = 0
        for count, (_, own, path) in enumerate(sorted(files, reverse=True), 1):
            size += own
            if count > MAX_CACHE_FILES or size > MAX_CACHE_BYTES:
                with suppress(OSError):
                    path.unlink()


def _is_private(folder: Path) -> bool:
    """Tell whether a folder is the user's own, and no one else can write to it. Windows has other means than bits."""
    if sys.platform == "win32":
        return True
    status = folder.lstat()
    own = stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid()
    return own and not stat.S_IMODE(status.st_mode) & 0o022


def _packed(url: str, document: Retrieved) -> bytes:
    about = {
        "url": url,
        "uri": document.uri,
        "type": document.content_type,
        "validators": document.validators or (),
        "stored": time.time(),
    }
    head = json.dumps(about).encode()
    return b"%s %s\n%s" % (_digest(head, document.content), head, document.content)


def _unpacked(content: bytes, url: str) -> Kept | None:
    """Return what a file of the cache holds; None where it is not what was written, or of another URL."""
    line, _, body = content.partition(b"\n")
    digest, _, head = line.partition(b" ")
    if digest != _digest(head, body):
        return None
    about = json.loads(head)
    if about["url"] != url:
        return None
    validators = tuple((str(name), str(value)) for name, value in about["validators"])
    return Kept(Retrieved(body, str(about["uri"]), str(about["type"]), validators), float(about["stored"]))


def _digest(head: bytes, body: bytes) -> bytes:
    return hashlib.sha256(b"%d %s%s" % (len(head), head, body)).hexdigest().encode()
