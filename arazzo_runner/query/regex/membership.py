"""Whether a character is in a set, one at a time: what the machine asks at each step."""

from __future__ import annotations

from functools import lru_cache

from arazzo_runner.query.regex.characters import LINE_ENDS, WORD, shorthand
from arazzo_runner.query.regex.linear import Linear
from arazzo_runner.query.regex.syntax import Property, Range, Set, Shorthand
from arazzo_runner.query.regex.write import spell_set

_LINE_ENDS = frozenset(chr(code) for part in LINE_ENDS for code in range(part.first, part.last + 1))
_WORD = frozenset(chr(code) for part in WORD for code in range(part.first, part.last + 1))


def is_line_end(character: str) -> bool:
    """Tell whether a character ends a line (ECMA-262: LineTerminator)."""
    return character in _LINE_ENDS


def is_word(character: str) -> bool:
    """Tell whether a character belongs to a word of ASCII; the empty text does not."""
    return character in _WORD


@lru_cache(maxsize=4096)
def contains(wanted: Set, character: str, ignore_case: bool) -> bool:
    """Tell whether a character is in a set."""
    if ignore_case or any(isinstance(item, Property) for item in wanted.items):
        spelling = spell_set(wanted)
        return Linear(f"(?i:{spelling})" if ignore_case else spelling).search(character)
    code = ord(character)
    return any(part.first <= code <= part.last for part in _ranges(wanted)) is not wanted.negated


@lru_cache(maxsize=256)
def _ranges(wanted: Set) -> tuple[Range, ...]:
    found: list[Range] = []
    for item in wanted.items:
        if isinstance(item, Shorthand):
            found += shorthand(item.letter)
        elif isinstance(item, Range):
            found.append(item)
    return tuple(found)


@lru_cache(maxsize=1024)
def same_letter(one: str, other: str) -> bool:
    """Tell whether two characters are equal without their case."""
    return one == other or contains(Set((Range(ord(one), ord(one)),)), other, True)
