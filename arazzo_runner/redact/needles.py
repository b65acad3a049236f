"""The texts that stand for secrets, indexed by their first and last characters.

A place where the first eight characters of one stand is worth a closer look: the whole may follow, or as much of it as
was left when the text was cut. One look costs the same with one text and with ten thousand that begin alike.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

MIN_SEARCHED: Final = 8
"""Secrets of fewer characters are hidden by field only, and of longer ones no shorter piece is looked for."""

MAX_ELLIPSES: Final = 10_000
"""Ellipses of a text before which a secret may have been cut, and behind which the rest of one may stand."""

_GRAM: Final = 4
_STRIDE: Final = MIN_SEARCHED - _GRAM + 1
_FIND: Final = (50.0, 0.2)
_STEP: Final = 14.0
"""Nanoseconds: to look for one head in a text (at all, and for each character); to step along a text."""

_TORN: Final = r"%[0-9A-Fa-f]?|\\(?:u[0-9A-Fa-f]{0,3})?|&[#A-Za-z0-9]{0,8}|\ufffd"
_TORN_END: Final = re.compile(rf"(?:{_TORN})?\Z")
_LONGEST_TORN: Final = 10
_ELLIPSIS: Final = re.compile(r"\s?\[?(?:\.{3,}|\u2026)\]?\s?")
_WORD: Final = re.compile(r"[A-Za-z]{8,12}")

_FIELD_END: Final = re.compile(r'(?<!\\)"(?=\s*(?:[,:}\]]|\Z))|&(?=[^\s=&;]+=)|<(?=/)')
"""Where a text of JSON, a field of a form or the text of an element ends."""

_CLOSING: Final = ('"', "'", ")", "]", "}", ">")

Span = tuple[int, int]


class Break(NamedTuple):
    """Where a text may have been cut: what was before ends at `end`, or at `torn` where an escape was cut in two.

    What comes after it begins at `after`; `marked` tells that an ellipsis says so.
    """

    end: int
    torn: int
    after: int
    marked: bool


class _Alike:
    """Texts with the same first eight characters."""

    __slots__ = ("_by_size", "_sorted")

    def __init__(self) -> None:
        self._by_size: dict[int, set[str]] = {}
        self._sorted: list[str] | None = None

    def add(self, text: str) -> None:
        self._by_size.setdefault(len(text), set()).add(text)
        self._sorted = None

    def whole(self, text: str, start: int) -> int:
        """Return where the longest of them that stands at `start` ends, or 0."""
        return max((start + n for n, known in self._by_size.items() if text[start : start + n] in known), default=0)

    def begins_with(self, piece: str) -> bool:
        """Tell whether one of them begins with a piece."""
        known = self._in_order()
        at = bisect_left(known, piece)
        return at < len(known) and known[at].startswith(piece)

    def shared(self, text: str) -> int:
        """Return how many characters of a text one of them begins with, at the most."""
        known = self._in_order()
        at = bisect_left(known, text)
        return max(_shared(text, one) for one in known[max(0, at - 1) : at + 1])

    def _in_order(self) -> list[str]:
        if self._sorted is None:
            self._sorted = sorted(text for known in self._by_size.values() for text in known)
        return self._sorted


class Needles:
    """The texts to look for. Those added with `cut` are looked for in pieces too."""

    __slots__ = ("_by_head", "_by_tail", "_cut", "_grams", "_inside", "_known", "_longest")

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._by_head: dict[str, _Alike] = {}
        self._cut: dict[str, _Alike] = {}
        self._by_tail: dict[str, _Alike] = {}
        self._grams: set[str] = set()
        self._inside: set[str] = set()
        self._longest = 0

    def __bool__(self) -> bool:
        """Tell whether there is anything to look for."""
        return bool(self._known)

    def add(self, needles: Iterable[str], *, cut: bool) -> None:
        """Look for more texts of at least `MIN_SEARCHED` characters from now on."""
        for needle in needles:
            head = needle[:MIN_SEARCHED]
            if needle not in self._known:
                self._known.add(needle)
                self._by_head.setdefault(head, _Alike()).add(needle)
                self._grams.update(head[at : at + _GRAM] for at in range(_STRIDE))
            if cut and len(needle) > MIN_SEARCHED:
                self._longest = max(self._longest, len(needle))
                self._cut.setdefault(head, _Alike()).add(needle)
                self._by_tail.setdefault(needle[: -MIN_SEARCHED - 1 : -1], _Alike()).add(needle[::-1])
                self._inside.update(needle[at : at + 3] for at in range(1, len(needle) - MIN_SEARCHED + 1))

    def spans(self, text: str) -> Iterator[Span]:
        """Yield where they stand, whole or cut, in any order; the spans may overlap."""
        heads = len(self._by_head)
        one_by_one = heads * (_FIND[0] + _FIND[1] * len(text)) < _STEP * len(text)
        breaks = _breaks(text) if self._cut else ()
        done: dict[str, int] = {}
        for start in self._one_by_one(text) if one_by_one else self._stepping(text):
            head = text[start : start + MIN_SEARCHED]
            if start < done.get(head, 0):
                continue
            end = self._by_head[head].whole(text, start) or self._begun(text, start, breaks)
            if end:
                done[head] = end
                yield start, end
        for one in (Break(0, 0, 0, marked=False), *breaks):
            yield from self._rest(text, one)

    def whole(self, text: str) -> bool:
        """Tell whether one of them stands in a text, uncut."""
        return any(self._by_head[text[at : at + MIN_SEARCHED]].whole(text, at) for at in self._stepping(text))

    def _one_by_one(self, text: str) -> Iterator[int]:
        for head in self._by_head:
            start = text.find(head)
            while start >= 0:
                yield start
                start = text.find(head, start + 1)

    def _stepping(self, text: str) -> Iterator[int]:
        """Look at every fifth place: each head has five runs of four characters, and one of them stands there."""
        grams, heads = self._grams, self._by_head
        for place in range(0, len(text), _STRIDE):
            if text[place : place + _GRAM] in grams:
                for start in range(max(0, place - _STRIDE + 1), place + 1):
                    if text[start : start + MIN_SEARCHED] in heads:
                        yield start

    def _begun(self, text: str, start: int, breaks: Sequence[Break]) -> int:
        """Return where the beginning of one of them that stands at `start` was cut, or 0."""
        alike = self._cut.get(text[start : start + MIN_SEARCHED])
        if alike is None:
            return 0
        at = bisect_left(breaks, start + MIN_SEARCHED, key=lambda one: one.end)
        for one in breaks[at : at + 1]:
            for end in (one.end, one.torn):
                piece = text[start:end] if start + MIN_SEARCHED <= end <= start + self._longest else ""
                if piece and alike.begins_with(piece) and (one.marked or not _is_word(text, start, end)):
                    return end
        end = start + alike.shared(text[start : start + self._longest])
        if text[end - 1 : end] in ('"', "&", "<"):  # the next character of the secret, or what ends the field
            end -= _FIELD_END.match(text, end - 1) is not None
        ended = end >= start + MIN_SEARCHED and _FIELD_END.match(text, end) and not _is_word(text, start, end)
        return end if ended else 0

    def _rest(self, text: str, one: Break) -> Iterator[Span]:
        """Yield the end of one of them that stands where an excerpt begins: at its start, or behind an ellipsis."""
        start = one.after
        if text[start : start + 3] not in self._inside:
            return
        backwards = text[start : start + self._longest][::-1]
        for at in range(len(backwards) - MIN_SEARCHED + 1):
            alike = self._by_tail.get(backwards[at : at + MIN_SEARCHED])
            if alike is not None and alike.begins_with(backwards[at:]):
                end = start + len(backwards) - at
                if one.marked or not _is_word(text, start, end):
                    yield start, end
                    return


def _breaks(text: str) -> tuple[Break, ...]:
    """Return where a text may have been cut, in their order: before ellipses, and at its end."""
    found: list[Break] = []
    if "..." in text or "\u2026" in text:
        ellipses = zip(range(MAX_ELLIPSES), _ELLIPSIS.finditer(text), strict=False)
        found += [Break(each.start(), _torn(text, each.start()), each.end(), marked=True) for _, each in ellipses]
    end = len(text) - (text[-1:] in _CLOSING)
    return (*found, Break(end, _torn(text, end), len(text), marked=False))


def _torn(text: str, end: int) -> int:
    """Return where what is left of an escape before a break begins."""
    found = _TORN_END.search(text[max(0, end - _LONGEST_TORN) : end])
    assert found is not None
    return end - len(found[0])


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))


def _is_word(text: str, start: int, end: int) -> bool:
    """Tell whether a piece is a word by itself: where nothing says that a text was cut, it is taken for one."""
    if not _WORD.fullmatch(text, start, end):
        return False
    return not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum()
