"""JSON of answers as values: one text, or a sequence of them as an array (RFC 8259, RFC 7464, JSON Lines).

Whole numbers are kept to the last digit, others become the nearest double, and one beyond the doubles the whole number
that it is. Of members with the same name the last counts, and that is told, as are halves of surrogate pairs, which
become U+FFFD. What is no JSON, or nested deeper than whoever walks values can follow, is refused with the reason.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from arazzo_runner.engine.limits import MAX_BODY_DEPTH
from arazzo_runner.values import Value

MAX_DIGITS: Final = 4300
"""Digits of a whole number: what Python reads."""

TOO_DEEP: Final = f"values of the response stand more than {MAX_BODY_DEPTH} deep in each other; it is read as text"

_RECORD_SEPARATOR: Final = "\x1e"
_BLANKS: Final = " \t\r\n"
_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value, and what is odd about it in words (empty for nothing)."""

    value: Value
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Unparsed:
    """Why a text is no JSON that can be kept: a whole clause for a person."""

    reason: str


def read_json(text: str) -> Parsed | Unparsed:
    """Read one JSON text."""
    reading = _Reading()
    try:
        value = reading.parse(text)
    except RecursionError:
        return Unparsed(TOO_DEEP)
    except ValueError as fault:
        return Unparsed(f"the response says it is JSON, but it is not ({_words(fault)}); it is read as text")
    return reading.judged(value)


def read_lines(text: str) -> Parsed | Unparsed:
    """Read one JSON text a line, blank lines left out, as an array."""
    return _sequence(line for line in text.split("\n") if line.strip(_BLANKS))


def read_records(text: str) -> Parsed | Unparsed:
    """Read JSON texts, each behind a record separator, as an array; no separator at all is one text."""
    return _sequence(record for record in text.split(_RECORD_SEPARATOR) if record.strip(_BLANKS))


def _sequence(texts: Iterable[str]) -> Parsed | Unparsed:
    reading = _Reading()
    items: list[Value] = []
    try:
        for text in texts:
            items.append(reading.parse(text.strip(_BLANKS)))
    except RecursionError:
        return Unparsed(TOO_DEEP)
    except ValueError as fault:
        where = f"item {len(items) + 1}: {_words(fault)}"
        return Unparsed(
            f"the response says it is a sequence of JSON texts, but it is not ({where}); it is read as text"
        )
    return reading.judged(items)


@dataclass(slots=True)
class _Reading:
    """What is noticed while texts are read."""

    doubts: list[str] = field(default_factory=list)

    def parse(self, text: str) -> Value:
        found: Value = json.loads(text, parse_constant=_refuse, parse_float=_number, object_pairs_hook=self._members)
        if _SURROGATE.search(text):
            found = self._mended(found)
        return found

    def judged(self, value: Value) -> Parsed | Unparsed:
        if _is_too_deep(value):
            return Unparsed(TOO_DEEP)
        return Parsed(value, "; ".join(dict.fromkeys(self.doubts)))

    def _members(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) != len(pairs) and not self.doubts:
            seen: set[str] = set()
            name = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]  # to add gives None
            self.doubts.append(f"the response has an object with two members '{name[:40]}'; the last one counts")
        return members

    def _mended(self, value: Value) -> Value:
        """Replace halves of surrogate pairs, which no text that is sent or shown can hold."""
        whole: list[Any] = [value]
        waiting: list[tuple[Any, Any]] = [(whole, 0)]
        while waiting:
            holder, place = waiting.pop()
            match holder[place]:
                case str() as text:
                    holder[place] = self._text(text)
                case list() as items:
                    waiting.extend((items, index) for index in range(len(items)))
                case dict() as members:
                    holder[place] = copy = {self._text(name): member for name, member in members.items()}
                    waiting.extend((copy, name) for name in copy)
        mended: Value = whole[0]
        return mended

    def _text(self, text: str) -> str:
        if text.isascii():
            return text
        mended = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        if mended != text:
            self.doubts.append("the response has halves of surrogate pairs; each is read as U+FFFD")
        return mended


def _number(text: str) -> float | int:
    found = float(text)
    if found not in (float("inf"), float("-inf")):
        return found
    from decimal import Decimal  # hardly ever needed

    try:
        exact = Decimal(text)
        if exact.adjusted() < MAX_DIGITS:
            return int(exact)
    except ArithmeticError:
        pass
    raise ValueError("it has a number that is too large to be kept")


def _refuse(name: str) -> Value:
    raise ValueError(f"{name} is no JSON value")


def _words(fault: ValueError) -> str:
    if "integer string conversion" in str(fault):  # Python's own advice is for programs
        return f"it has a number of more than {MAX_DIGITS} digits"
    return str(fault)


def _is_too_deep(value: Value) -> bool:
    level = [value]
    for _ in range(MAX_BODY_DEPTH):
        level = [child for one in level if isinstance(one, dict | list) for child in _children(one)]
        if not level:
            return False
    return any(isinstance(one, dict | list) for one in level)


def _children(value: list[Value] | dict[str, Value]) -> Iterator[Value]:
    return iter(value if isinstance(value, list) else value.values())
