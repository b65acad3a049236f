"""The sets of characters that patterns name, as ranges of code points (ECMA-262: CharacterClassEscape, LineTerminator).

No text that is searched holds half of a surrogate pair, so surrogates are in no set.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias

from arazzo_runner.query.regex.syntax import Range

Ranges: TypeAlias = tuple[Range, ...]

LAST: Final = 0x10FFFF
"""The last code point."""

EVERYTHING: Final[Ranges] = (Range(0, LAST),)

LINE_ENDS: Final[Ranges] = (Range(0x0A, 0x0A), Range(0x0D, 0x0D), Range(0x2028, 0x2029))

WORD: Final[Ranges] = (Range(0x30, 0x39), Range(0x41, 0x5A), Range(0x5F, 0x5F), Range(0x61, 0x7A))

_SPACE: Final[Ranges] = (
    Range(0x09, 0x0D),
    Range(0x20, 0x20),
    Range(0xA0, 0xA0),
    Range(0x1680, 0x1680),
    Range(0x2000, 0x200A),
    Range(0x2028, 0x2029),
    Range(0x202F, 0x202F),
    Range(0x205F, 0x205F),
    Range(0x3000, 0x3000),
    Range(0xFEFF, 0xFEFF),
)
_SHORTHANDS: Final[dict[str, Ranges]] = {"d": (Range(0x30, 0x39),), "w": WORD, "s": _SPACE}
_SURROGATES: Final = Range(0xD800, 0xDFFF)


def shorthand(letter: str) -> Ranges:
    r"""Return what ``\d``, ``\w``, ``\s`` or one of their opposites stands for."""
    found = _SHORTHANDS[letter.lower()]
    return found if letter.islower() else complement(found)


def complement(ranges: Iterable[Range]) -> Ranges:
    """Return the characters outside of the ranges."""
    found: list[Range] = []
    first = 0
    for part in sorted(ranges, key=lambda part: part.first):
        if part.first > first:
            found.append(Range(first, part.first - 1))
        first = max(first, part.last + 1)
    return (*found, Range(first, LAST)) if first <= LAST else tuple(found)


def without_surrogates(part: Range) -> Ranges:
    """Return a range without the surrogates in it, which may split it or leave nothing of it."""
    before = Range(part.first, min(part.last, _SURROGATES.first - 1))
    after = Range(max(part.first, _SURROGATES.last + 1), part.last)
    return tuple(piece for piece in (before, after) if piece.first <= piece.last)
