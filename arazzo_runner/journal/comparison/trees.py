"""Two values, member by member: what differs, by JSON Pointer (RFC 6901).

Of arrays, the items that are the same at the beginning and at the end are put together first: so one more item is told
as one, and does not shift the others. The order of the members of an object is no difference.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from arazzo_runner.journal.comparison.limits import MAX_NESTING, MAX_VALUE
from arazzo_runner.journal.comparison.record import Difference, Kind
from arazzo_runner.journal.comparison.secrecy import masked, told_value
from arazzo_runner.redact import REDACTED
from arazzo_runner.values import Value

_BEFORE = 60


@dataclass(frozen=True, slots=True)
class Tree:
    """Compares two values that stand at `place` of a part."""

    part: str
    place: str

    def differences(self, left: Value, right: Value, pointer: str = "", depth: int = 0) -> Iterator[Difference]:
        """Yield what differs, and each place with a secret of which nobody knows."""
        match left, right:
            case dict(), dict() if depth < MAX_NESTING:
                yield from self._of_members(left, right, pointer, depth)
            case list(), list() if depth < MAX_NESTING:
                yield from self._of_items(left, right, pointer, depth)
            case _:
                yield from self._of_leaves(left, right, pointer)

    def only(self, kind: Kind, value: Value, pointer: str = "") -> Difference:
        """Return the difference of a value that one side alone has."""
        shown = told_value(value, masked)
        place = self._at(pointer)
        return Difference(self.part, place, kind, **{"left" if kind is Kind.LEFT else "right": _kept(shown)})

    def _of_members(
        self, left: dict[str, Value], right: dict[str, Value], pointer: str, depth: int
    ) -> Iterator[Difference]:
        for name, value in left.items():
            inner = f"{pointer}/{_escaped(name)}"
            if name in right:
                yield from self.differences(value, right[name], inner, depth + 1)
            else:
                yield self.only(Kind.LEFT, value, inner)
        for name, value in right.items():
            if name not in left:
                yield self.only(Kind.RIGHT, value, f"{pointer}/{_escaped(name)}")

    def _of_items(self, left: list[Value], right: list[Value], pointer: str, depth: int) -> Iterator[Difference]:
        tail = _tail(left, right) if len(left) != len(right) else 0
        for at in range(max(len(left), len(right)) - tail):
            inner = f"{pointer}/{at}"
            if at >= len(left) - tail:
                yield self.only(Kind.RIGHT, right[at], inner)
            elif at >= len(right) - tail:
                yield self.only(Kind.LEFT, left[at], inner)
            else:
                yield from self.differences(left[at], right[at], inner, depth + 1)
        for at in range(tail, 0, -1):
            yield from self.differences(
                left[-at], right[-at], f"{pointer}/{max(len(left), len(right)) - at}", depth + 1
            )

    def _of_leaves(self, left: Value, right: Value, pointer: str) -> Iterator[Difference]:
        place = self._at(pointer)
        if same(left, right):
            if _hides(left):
                yield Difference(self.part, place, Kind.UNKNOWN)
            return
        one, other = told_value(left, masked), told_value(right, masked)
        if not same(one, other):
            yield Difference(self.part, place, Kind.CHANGED, *_cut(one, other))
        else:
            unknown = _hides(left) or _hides(right)
            yield Difference(self.part, place, Kind.UNKNOWN if unknown else Kind.SECRET)

    def _at(self, pointer: str) -> str:
        return masked(f"{self.place} #{pointer}".strip() if pointer else self.place)


def same(left: Value, right: Value) -> bool:
    """Tell whether two values are the same as JSON: 1 and 1.0 are, 1 and true are not."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    match left, right:
        case dict(), dict():
            return left.keys() == right.keys() and all(same(each, right[name]) for name, each in left.items())
        case list(), list():
            return len(left) == len(right) and all(map(same, left, right))
        case float(), float() if left != left and right != right:  # NaN is not itself
            return True
    return left == right


def _tail(left: list[Value], right: list[Value]) -> int:
    """Return how many items are the same at the end, but for those that are the same at the beginning."""
    shorter = min(len(left), len(right))
    head = next((at for at in range(shorter) if not same(left[at], right[at])), shorter)
    rest = shorter - head
    return next((at for at in range(rest) if not same(left[-1 - at], right[-1 - at])), rest)


def _hides(value: Value) -> bool:
    match value:
        case str():
            return REDACTED in value
        case bytes():
            return REDACTED.encode() in value
        case list():
            return any(map(_hides, value))
        case dict():
            return any(REDACTED in name or _hides(member) for name, member in value.items())
    return False


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _kept(value: Value) -> Value:
    """Return a value as it is, or the beginning of a long one as a text."""
    match value:
        case str() if len(value) > MAX_VALUE:
            return value[:MAX_VALUE] + "..."
        case bytes() if len(value) > MAX_VALUE:
            return f"{len(value):,} bytes"
        case list() | dict():
            return _kept_whole(value)
    return value


def _kept_whole(value: Value) -> Value:
    """Return an array or an object; of a long one the beginning of its text, which is not made further than that."""
    pieces, length = [], 0
    for piece in json.JSONEncoder(ensure_ascii=False, default=str).iterencode(value):
        pieces.append(piece)
        length += len(piece)
        if length > MAX_VALUE:
            return "".join(pieces)[:MAX_VALUE] + "..."
    return value


def _cut(left: Value, right: Value) -> tuple[Value, Value]:
    """Cut two long texts to where they differ."""
    if not (isinstance(left, str) and isinstance(right, str)) or max(len(left), len(right)) <= MAX_VALUE:
        return _kept(left), _kept(right)
    start = max(0, first_different(left, right) - _BEFORE)
    return _piece(left, start), _piece(right, start)


def _piece(text: str, start: int) -> str:
    end = "..." if start + MAX_VALUE < len(text) else ""
    return ("..." if start else "") + text[start : start + MAX_VALUE] + end


def first_different(left: str, right: str) -> int:
    """Return the place of the first character that differs, in a time that does not hurt for megabytes."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
