"""Regular expressions of ECMA-262, read into a tree that texts can be written from.

JSON Schema's `pattern` is a regular expression in the dialect of ECMA-262. Only the shape of the texts matters here:
what is read too generously does no harm, since every text that is written is checked by a real engine. Constructs of
other dialects that real descriptions use (``(?i)``, ``(?P<name>``, ``\\A``, ``\\Z``) are read as they are meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, TypeAlias

from arazzo_runner.mock.limits import MAX_PATTERN, MAX_PATTERN_DEPTH

Ranges: TypeAlias = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Chars:
    """One character out of a set; `negated` turns the set round."""

    ranges: Ranges
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One after the other."""

    items: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several."""

    options: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """The same again, `low` to `high` times (None: without end)."""

    item: Tree
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """A group that a reference can name by its number or name."""

    item: Tree
    number: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Back:
    """A reference to what a group matched."""

    group: str


@dataclass(frozen=True, slots=True)
class Look:
    """A look-around: what must, or must not, stand before or after."""

    item: Tree
    ahead: bool
    negative: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """A place between characters: ``^``, ``$``, ``\\b`` or ``\\B``."""

    sign: str


Tree: TypeAlias = Chars | Row | Choice | Repeat | Group | Back | Look | Edge


@dataclass(frozen=True, slots=True)
class Unread:
    """The pattern can't be read; `reason` says why."""

    reason: str


class _Unreadable(ValueError):
    pass


_DIGIT: Final[Ranges] = ((48, 57),)
_UPPER: Final[Ranges] = ((65, 90),)
_LOWER: Final[Ranges] = ((97, 122),)
_WORD: Final[Ranges] = (*_DIGIT, *_UPPER, (95, 95), *_LOWER)
_SPACE: Final[Ranges] = ((32, 32), (9, 13), (160, 160))
_PUNCTUATION: Final[Ranges] = ((33, 47), (58, 64), (91, 96), (123, 126))
_LINE_ENDS: Final[Ranges] = ((10, 10), (13, 13), (0x2028, 0x2029))
_CLASSES: Final[dict[str, Ranges]] = {"d": _DIGIT, "w": _WORD, "s": _SPACE}
_CONTROLS: Final = {"t": 9, "n": 10, "v": 11, "f": 12, "r": 13, "0": 0}
# What stands for a Unicode property: members of it that every keyboard has.
_PROPERTIES: Final[dict[str, Ranges]] = {
    "L": (*_UPPER, *_LOWER),
    "Letter": (*_UPPER, *_LOWER),
    "Alphabetic": (*_UPPER, *_LOWER),
    "Lu": _UPPER,
    "Uppercase_Letter": _UPPER,
    "Ll": _LOWER,
    "Lowercase_Letter": _LOWER,
    "N": _DIGIT,
    "Nd": _DIGIT,
    "Number": _DIGIT,
    "P": _PUNCTUATION,
    "Punctuation": _PUNCTUATION,
    "S": ((36, 36), (43, 43), (60, 62), (94, 94), (96, 96), (124, 124), (126, 126)),
    "Z": ((32, 32),),
    "Zs": ((32, 32),),
    "M": ((0x301, 0x301),),
    "ASCII": ((32, 126),),
    "Any": ((32, 126),),
}
_QUANTIFIER: Final = re.compile(r"\{([0-9]{1,9})(,?)([0-9]{0,9})\}")
_PROPERTY: Final = re.compile(r"\{\^?(?:[A-Za-z_]+=)?(?:Is)?([A-Za-z_]+)\}")
_CODE: Final = re.compile(r"x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,6})\}|c([A-Za-z])")
_FLAGS: Final = re.compile(r"\(\?[imsuxU]*(?:-[imsx]+)?([):])")
_NAMED: Final = re.compile(r"\(\?P?<([A-Za-z_$][\w$]*)>")
_LOOKS: Final = {"(?=": (True, False), "(?!": (True, True), "(?<=": (False, False), "(?<!": (False, True)}


def read(pattern: str) -> Tree | Unread:
    """Read a pattern; what can't be read is said, never raised."""
    if len(pattern) > MAX_PATTERN:
        return Unread(f"the pattern is longer than {MAX_PATTERN} characters")
    reader = _Reader(pattern)
    try:
        tree = reader.choice(0)
    except _Unreadable as fault:
        return Unread(str(fault))
    return tree if reader.at == len(pattern) else Unread(f"an unmatched ')' at {reader.at}")


class _Reader:
    """Descends through the text once, from left to right."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.groups = text, 0, 0

    def _takes(self, sign: str) -> bool:
        if not self.text.startswith(sign, self.at):
            return False
        self.at += len(sign)
        return True

    def _more(self) -> bool:
        return self.at < len(self.text)

    def choice(self, depth: int) -> Tree:
        if depth > MAX_PATTERN_DEPTH:
            raise _Unreadable(f"groups nest deeper than {MAX_PATTERN_DEPTH}")
        options = [self._row(depth)]
        while self._takes("|"):
            options.append(self._row(depth))
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _row(self, depth: int) -> Tree:
        items: list[Tree] = []
        while self._more() and self.text[self.at] not in "|)":
            items.append(self._quantified(self._atom(depth)))
        return items[0] if len(items) == 1 else Row(tuple(items))

    def _quantified(self, item: Tree) -> Tree:
        while bounds := self._bounds():
            item = Repeat(item, *bounds)
            _ = self._takes("?") or self._takes("+")  # lazy or possessive: the same texts
        return item

    def _bounds(self) -> tuple[int, int | None] | None:
        for sign, low, high in (("*", 0, None), ("+", 1, None), ("?", 0, 1)):
            if self._takes(sign):
                return low, high
        found = _QUANTIFIER.match(self.text, self.at)
        if not found:
            return None
        self.at = found.end()
        low = int(found[1])
        if found[3] and int(found[3]) < low:
            raise _Unreadable(f"the quantifier {found[0]} is the wrong way round")
        return low, int(found[3]) if found[3] else (None if found[2] else low)

    def _atom(self, depth: int) -> Tree:
        sign = self.text[self.at]
        if sign == "(":
            return self._group(depth)
        self.at += 1
        match sign:
            case "^" | "$":
                return Edge(sign)
            case ".":
                return Chars(_LINE_ENDS, negated=True)
            case "[":
                return self._set()
            case "\\":
                return self._escape()
            case "*" | "+" | "?":
                raise _Unreadable(f"nothing to repeat at {self.at - 1}")
        return Chars(((ord(sign), ord(sign)),))

    def _group(self, depth: int) -> Tree:
        for opening, (ahead, negative) in _LOOKS.items():
            if self._takes(opening):
                return Look(self._closed(depth), ahead, negative)
        if self._takes("(?:") or self._takes("(?>"):
            return self._closed(depth)
        flags = _FLAGS.match(self.text, self.at)
        if flags:
            self.at = flags.end()
            return self._closed(depth) if flags[1] == ":" else Row(())
        named = _NAMED.match(self.text, self.at)
        self.at = named.end() if named else self.at + 1
        self.groups += 1
        number = self.groups
        return Group(self._closed(depth), number, named[1] if named else "")

    def _closed(self, depth: int) -> Tree:
        inner = self.choice(depth + 1)
        if not self._takes(")"):
            raise _Unreadable("a group is not closed")
        return inner

    def _escape(self) -> Tree:
        if not self._more():
            raise _Unreadable("a backslash ends the pattern")
        sign = self.text[self.at]
        if sign in "bBAZz":
            self.at += 1
            return Edge({"A": "^", "Z": "$", "z": "$"}.get(sign, "\\" + sign))
        if sign in "123456789":
            self.at += 1
            return Back(sign)
        named = re.compile(r"k<([^>]+)>").match(self.text, self.at)
        if named:
            self.at = named.end()
            return Back(named[1])
        return self._escaped()

    def _escaped(self) -> Chars:
        """Read what stands behind a backslash, in a class or outside of one."""
        sign = self.text[self.at]
        if sign.lower() in _CLASSES:
            self.at += 1
            return Chars(_CLASSES[sign.lower()], negated=sign.isupper())
        if sign in "pP":
            return self._property(negated=sign == "P")
        code = _CODE.match(self.text, self.at)
        if code:
            self.at = code.end()
            point = int(code[1] or code[2] or code[3], 16) if not code[4] else ord(code[4]) % 32
            return Chars(((point, point),))
        self.at += 1
        point = _CONTROLS.get(sign, ord(sign))
        return Chars(((point, point),))

    def _property(self, *, negated: bool) -> Chars:
        self.at += 1
        found = _PROPERTY.match(self.text, self.at)
        if not found or found[1] not in _PROPERTIES:
            raise _Unreadable(f"an unknown Unicode property at {self.at}")
        self.at = found.end()
        return Chars(_PROPERTIES[found[1]], negated)

    def _set(self) -> Chars:
        negated = self._takes("^")
        ranges: list[tuple[int, int]] = []
        while not self._takes("]"):
            if not self._more():
                raise _Unreadable("a character class is not closed")
            low = self._member()
            if (
                len(low.ranges) == 1
                and self.text.startswith("-", self.at)
                and self.text[self.at + 1 : self.at + 2] != "]"
            ):
                self.at += 1
                ranges += self._span(low)
            else:
                ranges += _turned(low)
        return Chars(tuple(ranges), negated)

    def _member(self) -> Chars:
        self.at += 1
        if self.text[self.at - 1] == "\\" and self._more():
            if self._takes("b"):
                return Chars(((8, 8),))
            return self._escaped()
        point = ord(self.text[self.at - 1])
        return Chars(((point, point),))

    def _span(self, low: Chars) -> list[tuple[int, int]]:
        if not self._more():
            raise _Unreadable("a character class is not closed")
        high = self._member()
        first, last = low.ranges[0], high.ranges[-1]
        if first[0] != first[1] or len(high.ranges) != 1 or last[0] != last[1] or low.negated or high.negated:
            return [*_turned(low), (45, 45), *_turned(high)]  # [\w-.]: a hyphen that stands for itself
        if last[0] < first[0]:
            raise _Unreadable("a range of a character class is the wrong way round")
        return [(first[0], last[0])]


def _turned(chars: Chars) -> Ranges:
    """Return the ranges of a class within a class, the negated ones over ASCII."""
    if not chars.negated:
        return chars.ranges
    kept = [point for point in range(32, 127) if not any(low <= point <= high for low, high in chars.ranges)]
    return tuple((point, point) for point in kept)
