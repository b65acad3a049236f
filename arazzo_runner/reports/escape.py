"""Text from elsewhere, made safe to show.

Documents and servers are not to be trusted with a terminal: an escape sequence can repaint it, a bidi control can
turn a line around, a line break can forge a line of a report. So each character that acts instead of being seen is
shown by its number. `Page` does this for every piece of every line; no report has to remember it.
"""

from __future__ import annotations

import unicodedata

# Controls, formats (bidi controls and tags among them), halves of surrogate pairs, line and paragraph separators.
_ACTING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Joiners are part of how Persian, Hindi and emoji are spelt, and do nothing but join.
_JOINERS = "\u200c\u200d"
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str) -> str:
    """Return `text` with each character that acts on a terminal written out (``\\x1b``, ``\\u202e``, ``\\n``)."""
    if text.isprintable():
        return text
    return "".join(map(visible_character, text))


def visible_character(character: str) -> str:
    """Return one character as `visible` shows it."""
    if character in _JOINERS or unicodedata.category(character) not in _ACTING:
        return character
    number = ord(character)
    if number < 0x100:
        return _NAMED.get(character) or f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def encodable(text: str, encoding: str) -> str:
    """Return `text` with what the encoding has no bytes for written out, so that writing it never fails."""
    return text.encode(encoding, "backslashreplace").decode(encoding)
