r"""Escapes and character classes of patterns (ECMA-262: AtomEscape, CharacterClass).

Read as with the flag `u`. Where that would only be stricter, the lenient form of Annex B is read: an escaped
punctuation mark is itself (``\-``, ``\"``), and ``-`` next to a class in a class is itself (``[\w-.]``). An escaped
letter or digit without a meaning stays a fault: in other dialects it means something else (``\A``, ``\Z``, ``\h``).
"""

from __future__ import annotations

import re
from typing import TypeAlias

from arazzo_runner.query.regex.scanner import Malformed, Scanner
from arazzo_runner.query.regex.syntax import Char, Item, Property, Range, Set, Shorthand

Atom: TypeAlias = Char | Shorthand | Property
"""What an escape stands for, or a character of a class."""

_CONTROLS = {"t": 0x09, "n": 0x0A, "v": 0x0B, "f": 0x0C, "r": 0x0D}
_FOREIGN = {
    "A": "use '^' for the start",
    "Z": "use '$' for the end",
    "z": "use '$' for the end",
    "h": r"write [ \t]",
    "R": r"write \r?\n",
    "Q": "escape each character by itself",
}
_HEX_2 = re.compile(r"[0-9A-Fa-f]{2}")
_HEX_4 = re.compile(r"[0-9A-Fa-f]{4}")
_HEX_BRACED = re.compile(r"\{0*([0-9A-Fa-f]{1,6})\}")
_LOW_SURROGATE = re.compile(r"\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})")
_LETTER = re.compile(r"[A-Za-z]")
_DIGIT = re.compile(r"[0-9]")
_PROPERTY = re.compile(r"\{([A-Za-z0-9_]+(?:=[A-Za-z0-9_]+)?)\}")


def read_escape(scanner: Scanner, start: int) -> Atom:
    r"""Read what follows the backslash at `start`, in a class or outside; ``\b`` and references are read before."""
    mark = scanner.next()
    if not mark:
        raise Malformed("the pattern ends after a backslash", start, r"write \\ for a backslash")
    if mark in "dDwWsS":
        return Shorthand(mark)
    if mark in "pP":
        return _property(scanner, start, mark == "P")
    if mark in _CONTROLS:
        return Char(_CONTROLS[mark])
    if mark in "cxu0":
        return Char(_numbered(scanner, start, mark))
    if mark.isascii() and mark.isalnum():
        help = _FOREIGN.get(mark, "only characters that are no letters and digits stand for themselves when escaped")
        raise Malformed(rf"'\{mark}' has no meaning in a pattern of ECMA-262", start, help)
    return Char(ord(mark))


def _property(scanner: Scanner, start: int, negated: bool) -> Property:
    found = scanner.match(_PROPERTY)
    if found is None:
        raise Malformed("a Unicode property stands in braces", start, r"as in \p{L} or \p{Script=Greek}")
    return Property(found[1], negated, start)


def _numbered(scanner: Scanner, start: int, mark: str) -> int:
    match mark:
        case "c":
            found = scanner.match(_LETTER)
            code = ord(found[0]) % 32 if found else None
        case "x":
            found = scanner.match(_HEX_2)
            code = int(found[0], 16) if found else None
        case "u":
            code = _unicode(scanner)
        case _:
            code = None if _DIGIT.match(scanner.peek()) else 0
    if code is None or code > 0x10FFFF:
        shown = scanner.text[start : scanner.at + 4]
        raise Malformed(f"'{shown}' is no escape of a character", start, r"as in \cM, \x41, \u0041, \u{1F600} or \0")
    return code


def _unicode(scanner: Scanner) -> int | None:
    braced = scanner.match(_HEX_BRACED)
    if braced is not None:
        return int(braced[1], 16)
    found = scanner.match(_HEX_4)
    if found is None:
        return None
    code = int(found[0], 16)
    low = scanner.match(_LOW_SURROGATE) if 0xD800 <= code <= 0xDBFF else None
    return code if low is None else 0x10000 + ((code - 0xD800) << 10) + int(low[1], 16) - 0xDC00


def read_class(scanner: Scanner, start: int) -> Set:
    """Read a character class; `start` is the place of its ``[``, which has been stepped over."""
    negated = scanner.take("^")
    items: list[Item] = []
    while not scanner.take("]"):
        at = scanner.at
        first = _atom(scanner, start)
        if not scanner.text.startswith("-", scanner.at) or scanner.text.startswith("-]", scanner.at):
            items.append(_item(first))
            continue
        scanner.take("-")
        items += _range(first, _atom(scanner, start), at, scanner)
    return Set(tuple(items), negated)


def _atom(scanner: Scanner, start: int) -> Atom:
    at = scanner.at
    mark = scanner.next()
    if not mark:
        raise Malformed("the character class has no closing ']'", start, r"write \[ for a bracket")
    if mark != "\\":
        return Char(ord(mark))
    return Char(0x08) if scanner.take("b") else read_escape(scanner, at)


def _range(first: Atom, last: Atom, at: int, scanner: Scanner) -> list[Item]:
    if not (isinstance(first, Char) and isinstance(last, Char)):
        return [_item(first), Range(0x2D, 0x2D), _item(last)]
    if first.code > last.code:
        message = f"the range '{scanner.text[at : scanner.at]}' runs backwards"
        raise Malformed(message, at, "the lower character comes first")
    return [Range(first.code, last.code)]


def _item(atom: Atom) -> Item:
    return Range(atom.code, atom.code) if isinstance(atom, Char) else atom
