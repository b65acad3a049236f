"""Files that a flag names, and standard input under the name ``-``."""

from __future__ import annotations

import errno
import sys
from itertools import islice
from pathlib import Path
from typing import Final, cast

from arazzo_runner.cli.conversion import with_article
from arazzo_runner.diagnostics import Severity, near_matches
from arazzo_runner.document import Profile, read
from arazzo_runner.errors import UsageError
from arazzo_runner.sources.location import locate
from arazzo_runner.values import Value, kind

STDIN: Final = "-"
MAX_FILE: Final = 64 * 1024 * 1024
"""The most bytes of a file that gives inputs, or the content of one."""

_EMPTY: Final = "syntax-empty"
_TWICE: Final = "syntax-duplicate-key"
_FORM: Final = "write one object: the name of each input and its value"

MAX_NAMES: Final = 10_000
"""The most names of a folder that are looked at for one that was meant."""

MAX_SHOWN: Final = 40
"""The most characters of a name or value that a message repeats."""


def read_text(where: str, flag: str) -> str:
    """Return the text of a file, or of standard input; `flag` says in messages who asked.

    Raises:
        UsageError: it can't be read, is not UTF-8, or is too large.
    """
    return text_of(read_bytes(where, flag), where, flag)


def text_of(content: bytes, where: str, flag: str) -> str:
    """Return the text that the content of a file is.

    Raises:
        UsageError: it is not UTF-8.
    """
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise UsageError(f"{flag}: '{where}' is not UTF-8 at byte {fault.start + 1}") from None


def is_text(content: bytes) -> bool:
    """Tell whether the content of a file is UTF-8."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def read_bytes(where: str, flag: str) -> bytes:
    """Return the content of a file, or of standard input, byte for byte; `flag` says in messages who asked.

    Raises:
        UsageError: it can't be read, or is too large.
    """
    try:
        content = standard_input(MAX_FILE + 1) if where == STDIN else _read(where)
    except (OSError, ValueError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else "no file can have that name"
        raise UsageError(f"{flag}: '{where}' can't be read: {reason}", meant(where)) from None
    if len(content) > MAX_FILE:
        raise UsageError(f"{flag}: '{where}' is larger than {MAX_FILE} bytes (MAX_FILE)")
    return content


def meant(where: str) -> str:
    """Return the help line for a file that is not there: the file beside it with a name that is close, or nothing."""
    try:
        path = Path(where).expanduser()
        if "://" in where or path.exists():
            return ""
        if not path.parent.is_dir():
            return f"there is no folder {path.parent}"
        # By their stems: the ending alone makes no two names alike.
        beside = {each.stem: each.name for each in islice(path.parent.iterdir(), MAX_NAMES)}
    except (OSError, ValueError, RuntimeError):  # no such name, no such home folder
        return ""
    close = near_matches(path.stem, beside, 1)
    return f"did you mean '{path.with_name(beside[close[0]])}'?" if close else ""


def standard_input(most: int) -> bytes:
    """Return at most so many bytes of standard input.

    Raises:
        OSError: it can't be read; the caller closed it (`<&-`).
    """
    if sys.stdin is None:
        raise OSError(errno.EBADF, "standard input is closed")
    return sys.stdin.buffer.read(most)


def _read(where: str) -> bytes:
    with Path(where).open("rb") as stream:
        return stream.read(MAX_FILE + 1)


def read_inputs(where: str) -> dict[str, Value]:
    """Return the inputs that a JSON or YAML file gives, by name.

    Raises:
        UsageError: it can't be read, is no object, or gives a name twice. The message has the place, and never a line
            of the file: what it holds may be secret.
    """
    source = read(read_text(where, "--inputs"), *_identity(where), Profile.SOURCE)
    for found in source.diagnostics:
        if found.code == _EMPTY:
            raise UsageError(f"--inputs {source.name}: the file is empty", _FORM)
        if found.severity is Severity.ERROR or found.code == _TWICE:
            place = found.span.place() if found.span else source.name
            raise UsageError(f"--inputs {place}: {found.message}", found.help)
    if not isinstance(source.data, dict):
        holds = with_article(kind(cast(Value, source.data)))
        raise UsageError(f"--inputs {source.name}: it holds {holds}, not the inputs by name", _FORM)
    return dict(cast(dict[str, Value], source.data))


def _identity(where: str) -> tuple[str, str]:
    location = locate(where, Path.cwd())
    return location.uri, location.name


def cut(text: str) -> str:
    """Return a text short enough to be repeated in a message."""
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"
