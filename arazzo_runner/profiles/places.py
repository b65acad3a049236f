"""Where each key and value of a TOML text stands (TOML 1.0).

The standard library reads TOML, but does not say where a key was; this walks over the same text and notes that. It
judges nothing but size: a text that is no TOML ends the walk where it stops making sense, and the library then says
what is wrong. Keys and values that are too deep, or numbers that are too long, are told before the library sees them.
"""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, TypeAlias

MAX_PROFILE_DEPTH: Final = 32
"""The most parts of a key, and tables and arrays within each other."""

MAX_PROFILE_NUMBER_LENGTH: Final = 100
"""The most characters of a number, a date or a bare word."""

Where: TypeAlias = tuple[str | int, ...]
"""The way to a value: keys of tables and indices of arrays."""

_NOTHING: Final = re.compile(r"[ \t\r\n]*(?:#[^\n]*[ \t\r\n]*)*")
_BLANK: Final = re.compile(r"[ \t]*")
_SCALAR: Final = re.compile(r"[^,\]}#\r\n]+")
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_QUOTED: Final = re.compile(r"'[^'\n]*'|\"(?:[^\"\\\n]|\\[^\n])*\"")
_TEXT: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*+"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*+'{3,5}"
    r"|'[^'\n]*'"
    r'|"(?:[^"\\\n]|\\[^\n])*+"',
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Offsets of a key (of an element of an array: its value) and of its value."""

    key: int
    value: int


class TooMuch(Exception):
    """A limit was reached at an offset of the text."""

    def __init__(self, limit: str, offset: int) -> None:
        super().__init__(limit)
        self.limit, self.offset = limit, offset


class _Lost(Exception):
    """The text is no TOML from here on."""


def places(text: str) -> dict[Where, Place]:
    """Return where each key and value stands; of a text that is no TOML, of those before the fault.

    Raises:
        TooMuch: it is nested too deeply, or a number in it is too long.
    """
    walk = _Walk(text)
    with suppress(_Lost):
        walk.document()
    return walk.found


@dataclass(slots=True)
class _Walk:
    text: str
    at: int = 0
    found: dict[Where, Place] = field(default_factory=dict)
    lengths: dict[Where, int] = field(default_factory=dict)

    def document(self) -> None:
        table: Where = ()
        self._skip(_NOTHING)
        while self.at < len(self.text):
            if self.text.startswith("[", self.at):
                table = self._header()
            else:
                self._pair(table)
            self._skip(_NOTHING)

    def _header(self) -> Where:
        """Pass over ``[a.b]`` or ``[[a.b]]``, and return the table that it opens."""
        opening = self.at
        several = self.text.startswith("[[", opening)
        self.at += 2 if several else 1
        path: Where = ()
        keys = self._key()
        for index, (part, offset) in enumerate(keys):
            path = self._child(path, part, offset)
            self.found.setdefault(path, Place(offset, opening))
            if path in self.lengths and (index < len(keys) - 1 or not several):
                path = (*path, self.lengths[path] - 1)
        if several:
            self.lengths[path] = self.lengths.get(path, 0) + 1
            path = (*path, self.lengths[path] - 1)
            self.found[path] = Place(opening, opening)
        self._expect("]]" if several else "]")
        return path

    def _pair(self, table: Where) -> None:
        path = table
        keys = self._key()
        for part, offset in keys:
            path = self._child(path, part, offset)
            self.found.setdefault(path, Place(offset, offset))
        self._expect("=")
        self._skip(_BLANK)
        self.found[path] = Place(keys[-1][1], self.at)
        self._value(path)

    def _key(self) -> list[tuple[str, int]]:
        """Pass over a key, and return its parts with their offsets."""
        parts: list[tuple[str, int]] = []
        while True:
            self._skip(_BLANK)
            parts.append(self._part())
            if len(parts) > MAX_PROFILE_DEPTH:
                raise TooMuch("max_profile_depth", self.at)
            self._skip(_BLANK)
            if not self.text.startswith(".", self.at):
                return parts
            self.at += 1

    def _part(self) -> tuple[str, int]:
        offset = self.at
        found = _BARE.match(self.text, offset) or _QUOTED.match(self.text, offset)
        if found is None:
            raise _Lost
        self.at = found.end()
        if found[0][0] not in "'\"":
            return found[0], offset
        try:
            return str(tomllib.loads(f"key = {found[0]}")["key"]), offset
        except tomllib.TOMLDecodeError:
            raise _Lost from None

    def _value(self, path: Where) -> None:
        match self.text[self.at : self.at + 1]:
            case "[":
                self._array(path)
            case "{":
                self._table(path)
            case '"' | "'":
                found = _TEXT.match(self.text, self.at)
                if found is None:
                    raise _Lost
                self.at = found.end()
            case _:
                self._scalar()

    def _scalar(self) -> None:
        found = _SCALAR.match(self.text, self.at)
        if found is None:
            raise _Lost
        if len(found[0].rstrip()) > MAX_PROFILE_NUMBER_LENGTH:
            raise TooMuch("max_profile_number_length", self.at)
        self.at = found.end()

    def _array(self, path: Where) -> None:
        self.at += 1
        index = 0
        self._skip(_NOTHING)
        while not self.text.startswith("]", self.at):
            child = self._child(path, index, self.at)
            self.found[child] = Place(self.at, self.at)
            self._value(child)
            self._skip(_NOTHING)
            index += 1
            if not self.text.startswith("]", self.at):
                self._expect(",")
                self._skip(_NOTHING)
        self.at += 1

    def _table(self, path: Where) -> None:
        self.at += 1
        self._skip(_NOTHING)
        while not self.text.startswith("}", self.at):
            self._pair(path)
            self._skip(_NOTHING)
            if not self.text.startswith("}", self.at):
                self._expect(",")
                self._skip(_NOTHING)
        self.at += 1

    def _child(self, path: Where, part: str | int, offset: int) -> Where:
        if len(path) >= MAX_PROFILE_DEPTH:
            raise TooMuch("max_profile_depth", offset)
        return (*path, part)

    def _expect(self, sign: str) -> None:
        self._skip(_BLANK)
        if not self.text.startswith(sign, self.at):
            raise _Lost
        self.at += len(sign)

    def _skip(self, what: re.Pattern[str]) -> None:
        found = what.match(self.text, self.at)
        assert found is not None, "each of them matches the empty text"
        self.at = found.end()
