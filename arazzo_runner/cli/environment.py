"""The variables that a command reads: those of the process, and those of the files named with `--env-file`.

A file fills in what the environment does not have; a variable of the environment always wins over a file, and a later
file over an earlier one. So a value set for one call (`ARAZZO_INPUT_HUB=chat arazzo run ...`) is never lost to a file.

The format is what people keep in `.env` files: a line is `NAME=VALUE`, with `export` before it or not. Blank lines and
those that begin with `#` say nothing. A bare value ends before ` #` and loses the blanks around it. In single quotes
everything stands for itself; in double quotes a backslash writes a line break (`\\n`), a carriage return, a tab, or the
character after it. Quoted values may span lines. Nothing is expanded: `$HOME` is five characters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from arazzo_runner.cli.files import meant
from arazzo_runner.errors import UsageError

MAX_FILE: Final = 1024 * 1024
"""The most bytes of an environment file."""

_BLANK: Final = re.compile(r"[ \t]*(?:#[^\n]*)?(?:\n|\Z)")
_NAME: Final = re.compile(r"[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \t]*=[ \t]*")
_SINGLE: Final = re.compile(r"'([^']*)'")
_DOUBLE: Final = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_COMMENT: Final = re.compile(r"(?:^|[ \t])#.*")
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t"}


def environment(process: Mapping[str, str], files: Sequence[str] = ()) -> dict[str, str]:
    """Return the variables in force.

    Raises:
        UsageError: a file can't be read, or a line of it is no `NAME=VALUE`.
    """
    variables: dict[str, str] = {}
    for file in files:
        variables |= parse(_read(file), file)
    return variables | dict(process)


def _read(file: str) -> str:
    try:
        with Path(file).open("rb") as stream:
            content = stream.read(MAX_FILE + 1)
        text = content.decode("utf-8-sig")
    except OSError as fault:
        raise UsageError(f"--env-file {file}: {fault.strerror}", meant(file)) from None
    except UnicodeDecodeError as fault:
        raise UsageError(f"--env-file {file}: byte {fault.start + 1} is not UTF-8", "save the file as UTF-8") from None
    if len(content) > MAX_FILE:
        raise UsageError(f"--env-file {file}: larger than {MAX_FILE} bytes")
    return text.replace("\r\n", "\n")


def parse(text: str, file: str) -> dict[str, str]:
    """Return the variables of an environment file; of two with one name, the later. `file` names it in messages.

    Raises:
        UsageError: a line is no `NAME=VALUE`; the message has its number, never its content.
    """
    variables: dict[str, str] = {}
    at = 0
    while at < len(text):
        if blank := _BLANK.match(text, at):
            at = blank.end()
            continue
        name = _NAME.match(text, at)
        if name is None:
            raise _fault(text, at, file, "no NAME=VALUE")
        value, at = _value(text, name.end(), file)
        variables[name[1]] = value
    return variables


def _value(text: str, at: int, file: str) -> tuple[str, int]:
    """Return the value that begins at `at`, and where the next line begins."""
    if single := _SINGLE.match(text, at):
        value, end = single[1], single.end()
    elif double := _DOUBLE.match(text, at):
        value = re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[1]), double[1], flags=re.DOTALL)
        end = double.end()
    elif text.startswith(("'", '"'), at):
        raise _fault(text, at, file, "a quote that is never closed")
    else:
        end = len(text) if (found := text.find("\n", at)) < 0 else found
        value = _COMMENT.sub("", text[at:end]).strip(" \t")
    rest = _BLANK.match(text, end)
    if rest is None:
        raise _fault(text, end, file, "text after the closing quote")
    return value, rest.end()


def _fault(text: str, at: int, file: str, what: str) -> UsageError:
    line = text.count("\n", 0, at) + 1
    return UsageError(f"{file}:{line}: {what}", "write NAME=VALUE, NAME='VALUE' or NAME=\"VALUE\"; # begins a comment")
