"""Which characters of a YAML or JSON text write which characters of a scalar.

A scalar of YAML is seldom written as its value is: quotes have escapes, plain and quoted text is folded, blocks are
indented. All of that changes white space only, but for escapes in quotes. So the characters of the value that are no
white space are those of the text, in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

SPACE: Final = " \t\r\n"
_BREAK = re.compile(r"\r\n|\r|\n")
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")
_DOUBLE = re.compile(
    r"\\u([Dd][89ABab][0-9A-Fa-f]{2})\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})"
    r"|\\x([0-9A-Fa-f]{2})|\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})|\\(.)|(.)",
    re.DOTALL,
)
_SINGLE = re.compile(r"'(')|([^'])", re.DOTALL)
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


def characters(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield each character that a scalar writes and that is no white space, with where it is written."""
    start = behind_properties(text, start, end)
    match text[start : start + 1]:
        case '"':
            return _escaped(text, start + 1, end - 1)
        case "'":
            return _quoted(text, start + 1, end - 1)
        case "|" | ">":
            header = _BREAK.search(text, start, end)
            return _plain(text, header.end() if header else end, end)
        case _:
            return _plain(text, start, end)


def behind_properties(text: str, start: int, end: int) -> int:
    """Return where a node begins whose tag and anchor, if it has them, stand first."""
    found = _PROPERTIES.match(text, start, end)
    return found.end() if found else start


def _plain(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    return ((at, at + 1, text[at]) for at in range(start, end) if text[at] not in SPACE)


def _quoted(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for found in _SINGLE.finditer(text, start, end):
        letter = found[1] or found[2]
        if letter not in SPACE:
            yield found.start(), found.end(), letter


def _escaped(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for found in _DOUBLE.finditer(text, start, end):
        letter = _unescaped(found)
        if letter not in SPACE:
            yield found.start(), found.end(), letter


def _unescaped(found: re.Match[str]) -> str:
    high, low, *codes, escaped, plain = found.groups()
    if high is not None:
        return chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00)
    code = next((code for code in codes if code is not None), None)
    if code is not None:
        return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else "\ufffd"
    return plain if plain is not None else _ESCAPES.get(escaped, escaped)
