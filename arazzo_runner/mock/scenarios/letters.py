"""The letters of a scenario as it is written: a backslash takes from the next one what it would mean.

fetch*2=429,store.give-up        two wishes
a\\.b=failure                     a step whose id is `a.b`, where `a` and `b` could be read apart
"""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

DELIMITERS: Final = "=.*,/"


class Letter(NamedTuple):
    """A character; one that is `plain` may part two words."""

    text: str
    plain: bool = True


Letters: TypeAlias = tuple[Letter, ...]


def letters(text: str) -> Letters:
    """Read a text; a backslash at its end stands for itself."""
    found: list[Letter] = []
    escaped = False
    for character in text:
        if character == "\\" and not escaped:
            escaped = True
            continue
        found.append(Letter(character, not escaped))
        escaped = False
    return (*found, Letter("\\", False)) if escaped else tuple(found)


def follows(text: Letters, at: int, word: str) -> bool:
    """Tell whether a word stands there, whatever was escaped of it, and is not a part of a longer one."""
    end = at + len(word)
    if end > len(text) or any(letter.text != character for letter, character in zip(text[at:end], word, strict=True)):
        return False
    return end == len(text) or parts(text, end, DELIMITERS)


def parts(text: Letters, at: int, delimiters: str) -> bool:
    """Tell whether one of some delimiters stands there."""
    return at < len(text) and text[at].plain and text[at].text in delimiters


def word_from(text: Letters, at: int, delimiters: str) -> str:
    """Return what stands there up to one of some delimiters."""
    end = at
    while end < len(text) and not parts(text, end, delimiters):
        end += 1
    return "".join(letter.text for letter in text[at:end])


def skip_spaces(text: Letters, at: int) -> int:
    """Return where the next letter stands that is no space."""
    while at < len(text) and text[at].plain and text[at].text.isspace():
        at += 1
    return at
