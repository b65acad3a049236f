r"""I-Regexp (RFC 9485): the patterns of the functions `match` and `search` of JSONPath.

A small language of its own: no groups to refer to, no ``\d``. It is read into the tree of patterns, so that the same
bounded engine runs it. ``^`` and ``$`` are characters by its grammar, but anchors by its mappings to other languages
and by the public compliance suite; they are anchors here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.query.regex.engine import Pattern, compile_tree
from arazzo_runner.query.regex.limits import MAX_PATTERN_LENGTH, MAX_PATTERN_NESTING
from arazzo_runner.query.regex.scanner import Scanner
from arazzo_runner.query.regex.syntax import (
    Char,
    Choice,
    End,
    Group,
    Item,
    Node,
    Property,
    Range,
    Repeat,
    Sequence,
    Set,
    Start,
)

_CHARACTER = re.compile(r"[^()*+.?\[\\\]{|}]|(\\[()*+\-.?\[\\\]^nrt{|}])")
_IN_CLASS = re.compile(r"[^\-\[\\\]]|(\\[()*+\-.?\[\\\]^nrt{|}])")
_PROPERTY = re.compile(r"\\([pP])\{(L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|Z[lps]?|S[ckmo]?|C[cfno]?)\}")
_QUANTIFIER = re.compile(r"([*+?])|\{([0-9]{1,9})(?:(,)([0-9]{1,9})?)?\}")
_NAMED = {"n": 0x0A, "r": 0x0D, "t": 0x09}
_DASH = Range(0x2D, 0x2D)
_ANY = Set((Range(0x0A, 0x0A), Range(0x0D, 0x0D)), negated=True)


class _Malformed(Exception):
    pass


@lru_cache(maxsize=256)
def compile_iregexp(text: str, whole: bool) -> Pattern | None:
    """Compile a pattern that has to match the whole text, or any part of it; None where it is no I-Regexp."""
    if len(text) > MAX_PATTERN_LENGTH:
        return None
    try:
        tree = _Reader(Scanner(text)).pattern()
    except _Malformed:
        return None
    pattern = compile_tree(text, Sequence((Start(), Group(tree), End())) if whole else tree)
    return None if isinstance(pattern, Fault) else pattern


@dataclass(slots=True)
class _Reader:
    scanner: Scanner
    depth: int = 0

    def pattern(self) -> Node:
        tree = self.choice()
        if self.scanner.peek():
            raise _Malformed
        return tree

    def choice(self) -> Node:
        options = [self.branch()]
        while self.scanner.take("|"):
            options.append(self.branch())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def branch(self) -> Node:
        parts: list[Node] = []
        while self.scanner.peek() not in ("", "|", ")"):
            parts.append(self.quantified(self.atom()))
        return Sequence(tuple(parts))

    def quantified(self, atom: Node) -> Node:
        found = self.scanner.match(_QUANTIFIER)
        if found is None:
            return atom
        if found[1]:
            return Repeat(atom, 1 if found[1] == "+" else 0, 1 if found[1] == "?" else None)
        least = int(found[2])
        most = int(found[4]) if found[4] else None if found[3] else least
        if most is not None and most < least:
            raise _Malformed
        return Repeat(atom, least, most)

    def atom(self) -> Node:
        if self.scanner.take("."):
            return _ANY
        if self.scanner.take("^"):
            return Start()
        if self.scanner.take("$"):
            return End()
        if self.scanner.take("("):
            return self.group()
        if self.scanner.take("["):
            return self.character_class()
        found = self.scanner.match(_PROPERTY)
        return Set((_property(found),)) if found else Char(self.character(_CHARACTER))

    def group(self) -> Node:
        self.depth += 1
        if self.depth > MAX_PATTERN_NESTING:
            raise _Malformed
        tree = self.choice()
        if not self.scanner.take(")"):
            raise _Malformed
        self.depth -= 1
        return Group(tree)

    def character_class(self) -> Set:
        negated = self.scanner.take("^")
        items: list[Item] = [_DASH if self.scanner.take("-") else self.item()]
        while not self.scanner.take("]"):
            if self.scanner.take("-]"):
                items.append(_DASH)
                break
            items.append(self.item())
        return Set(tuple(items), negated)

    def item(self) -> Item:
        found = self.scanner.match(_PROPERTY)
        if found is not None:
            return _property(found)
        first = last = self.character(_IN_CLASS)
        if not self.scanner.text.startswith("-]", self.scanner.at) and self.scanner.take("-"):
            last = self.character(_IN_CLASS)
        if first > last:
            raise _Malformed
        return Range(first, last)

    def character(self, pattern: re.Pattern[str]) -> int:
        found = self.scanner.match(pattern)
        if found is None:
            raise _Malformed
        return _NAMED.get(found[0][1], ord(found[0][1])) if found[1] else ord(found[0])


def _property(found: re.Match[str]) -> Property:
    return Property(found[2], found[1] == "P", found.start())
