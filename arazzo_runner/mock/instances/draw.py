"""Choices that look random and are not: the same key gives the same choices, on every machine and version of Python.

Every value draws from its own key (the seed, the attempt, its place in the answer), so one value more or less changes
no other.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")

_WORD = 0xFFFFFFFFFFFFFFFF


class Draw:
    """A stream of choices that one key starts (the SplitMix64 generator)."""

    __slots__ = ("_state",)

    def __init__(self, *key: object) -> None:
        text = "\x1f".join(str(part) for part in key)
        digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        self._state = int.from_bytes(digest, "big")

    def _next(self) -> int:
        self._state = (self._state + 0x9E3779B97F4A7C15) & _WORD
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _WORD
        return mixed ^ (mixed >> 31)

    def between(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included (`low` where they are the wrong way round)."""
        width = high - low + 1
        if width <= 1:
            return low
        found = self._next()
        for _ in range(width.bit_length() // 64):
            found = (found << 64) | self._next()
        return low + found % width

    def pick(self, options: Sequence[T]) -> T:
        """Return one of the options, of which there must be one at least."""
        return options[self.between(0, len(options) - 1)]

    def text(self, alphabet: str, length: int) -> str:
        """Return a text of that length over an alphabet."""
        return "".join(self.pick(alphabet) for _ in range(length))
