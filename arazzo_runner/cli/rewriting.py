"""Writing a changed text back to its file: whole or not at all, in the encoding and with the rights that it had."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from arazzo_runner.document.encoding import decode, marked
from arazzo_runner.errors import UsageError


def encoded(text: str, before: bytes) -> bytes:
    """Return a text in the encoding of the content that it replaces, with its byte order mark."""
    mark, encoding = marked(before)
    return mark + text.encode(encoding, "surrogatepass")


def rewrite(path: str, name: str, before: str, after: str) -> None:
    """Put a text in the place of the one that a file holds; a link stays one, what it leads to is changed.

    Raises:
        UsageError: the file can't be written, or holds another text by now. Then it is as it was.
    """
    target = Path(os.path.realpath(path))
    try:
        status, content = target.stat(), target.read_bytes()
        if decode(content) != (before, ""):
            raise UsageError(f"{name} is not mended: it has changed since it was read", "try again")
        if not status.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(target, os.W_OK):
            raise UsageError(f"{name} can't be written: it is read-only", "change its rights, or use --diff")
        _replace(target, encoded(after, content), status)
    except OSError as fault:
        raise UsageError(f"{name} can't be written: {fault.strerror}", "use --diff to see what would change") from None


def _replace(target: Path, content: bytes, status: os.stat_result) -> None:
    """Write a file beside the target and put it in its place, so that at no time half of a text is there."""
    descriptor, beside = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if sys.platform != "win32":  # which has no such thing
            with suppress(OSError):  # only the superuser can
                os.chown(beside, status.st_uid, status.st_gid)
        Path(beside).chmod(stat.S_IMODE(status.st_mode))
        Path(beside).replace(target)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
