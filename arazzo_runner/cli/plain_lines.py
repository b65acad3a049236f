"""Lines that say plainly what they say, read without typer: its import takes longer than to judge a document.

Only what can have one meaning is read here: flags by their whole names, with values that look like no flag, and
arguments. Whatever else stands on a line (help, a short name run together with a value, a number, a flag that is not
known, an argument too many) is left to typer, faults included; so is any line on Windows, where typer expands patterns.
A test compares the two on many lines.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, get_args, get_type_hints, runtime_checkable

from arazzo_runner.cli.marks import Mark

_SEVERAL: Final = (list[str], list[str] | None)
_ONE: Final = (str, str | None)


@runtime_checkable
class Command(Protocol):
    """A command with its arguments."""

    def perform(self) -> int:
        """Do it, and return the exit code."""


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    type: Any
    mark: Mark


def read_plain(command: type[Command], words: Sequence[str]) -> Command | None:
    """Return the command that the words mean; None where that is left to typer."""
    if sys.platform == "win32" or any(name.endswith("_COMPLETE") for name in os.environ):
        return None
    fields = _fields(command)
    flags = {name: field for field in fields for name in field.mark.names if not field.mark.is_argument}
    values = _values(flags, [field for field in fields if field.mark.is_argument], list(words))
    return None if values is None else command(**values)


def _fields(command: type[Command]) -> list[_Field]:
    hints = get_type_hints(command, include_extras=True)
    return [_Field(name, get_args(hint)[0], get_args(hint)[1]) for name, hint in hints.items()]


def _values(flags: dict[str, _Field], places: list[_Field], words: list[str]) -> dict[str, Any] | None:
    values: dict[str, Any] = {}
    arguments: list[str] = []
    words.reverse()
    while words:
        word = words.pop()
        if not word.startswith("-") or word == "-":
            arguments.append(word)
            continue
        name, is_joined, value = word.partition("=") if word.startswith("--") else (word, "", "")
        field = flags.get(name)
        if field is None:
            return None
        if field.type is bool:
            if is_joined:
                return None
            values[field.name] = True
            continue
        if not is_joined:
            if not words or (words[-1].startswith("-") and words[-1] != "-"):
                return None
            value = words.pop()
        if field.type in _SEVERAL:
            values.setdefault(field.name, []).append(value)
        elif field.type in _ONE:
            values[field.name] = value
        else:
            return None
    return _placed(values, places, arguments)


def _placed(values: dict[str, Any], places: list[_Field], arguments: list[str]) -> dict[str, Any] | None:
    """Give the arguments to the one field that takes them; None where there are more fields or another number."""
    if len(places) != 1 or not arguments:
        return None
    (field,) = places
    if field.type in _SEVERAL:
        return {**values, field.name: arguments}
    return {**values, field.name: arguments[0]} if field.type in _ONE and len(arguments) == 1 else None
