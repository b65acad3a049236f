"""Patterns read into their tree (ECMA-262, Patterns, with the flag `u`; Annex B where it is only more lenient).

A brace or bracket that starts nothing is itself. What other dialects have and ECMA-262 does not (possessive
quantifiers, atomic groups, comments, flags for the rest of the pattern) is a fault that says what to write.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.query.regex.escapes import read_class, read_escape
from arazzo_runner.query.regex.limits import MAX_PATTERN_LENGTH, MAX_PATTERN_NESTING
from arazzo_runner.query.regex.scanner import Malformed, Scanner
from arazzo_runner.query.regex.syntax import (
    Any,
    BackReference,
    Boundary,
    Char,
    Choice,
    End,
    Group,
    Look,
    Modified,
    Node,
    Repeat,
    Sequence,
    Set,
    Start,
)

_QUANTIFIER = re.compile(r"\{([0-9]+)(?:(,)([0-9]+)?)?\}")
_MODIFIERS = re.compile(r"\(\?(?=[ims-])([ims]{0,3})(?:-([ims]{0,3}))?(\)|:)")
_NAME = re.compile(r"([A-Za-z_$][\w$]*)>")
_MOST_DIGITS = 12
_REFERENCE = re.compile(r"[1-9][0-9]{0,3}")
_CAPTURES = re.compile(r"\\.|\[(?:\\.|[^\]\\])*(?:\]|\Z)|\((?:\?<([A-Za-z_$][\w$]*)>|(?!\?))", re.DOTALL)
_LOOKS = {"(?=": (True, False), "(?!": (True, True), "(?<=": (False, False), "(?<!": (False, True)}
_FOREIGN = {
    "(?>": "ECMA-262 has no atomic groups: use (?:...)",
    "(?P": "a named group is written (?<name>...)",
    "(?#": "ECMA-262 has no comments in patterns",
}


def _count(digits: str) -> int:
    """Return how often a part is repeated; a number of many digits is more than any limit, so it may be cut."""
    return int(digits.lstrip("0")[:_MOST_DIGITS] or "0")


def read_pattern(text: str) -> Node | Fault:
    """Return the tree of a pattern, or why it is none, at its offset. Never raises."""
    try:
        if len(text) > MAX_PATTERN_LENGTH:
            message = f"the pattern is longer than {MAX_PATTERN_LENGTH:,} characters"
            raise Malformed(message, 0, code="pattern-too-large")
        return _reader(text).pattern()
    except Malformed as malformed:
        return malformed.fault


def _reader(text: str) -> _Reader:
    """Make a reader that knows the groups beforehand: a reference may stand before its group."""
    found = [capture[1] for capture in _CAPTURES.finditer(text) if capture[0].startswith("(")]
    return _Reader(Scanner(text), len(found), {name: number for number, name in enumerate(found, 1) if name})


@dataclass(slots=True)
class _Reader:
    scanner: Scanner
    groups: int
    names: dict[str, int]
    opened: int = 0
    depth: int = 0
    seen: set[str] = field(default_factory=set)

    def pattern(self) -> Node:
        tree = self.choice()
        if self.scanner.peek():
            raise Malformed("this ')' closes no group", self.scanner.at, r"write \) for a parenthesis")
        return tree

    def choice(self) -> Node:
        options = [self.sequence()]
        while self.scanner.take("|"):
            options.append(self.sequence())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def sequence(self) -> Node:
        parts: list[Node] = []
        while self.scanner.peek() not in ("", "|", ")"):
            start = self.scanner.at
            parts.append(self.quantified(self.term(), start))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def quantified(self, atom: Node, start: int) -> Node:
        at = self.scanner.at
        bounds = self.quantifier()
        if bounds is None:
            return atom
        if isinstance(atom, Start | End | Boundary | Look):
            raise Malformed("a place in the text can't be repeated", at, "remove the quantifier")
        least, most = bounds
        if most is not None and least > most:
            raise Malformed(f"the quantifier '{self.scanner.text[at : self.scanner.at]}' runs backwards", at)
        node = Repeat(atom, least, most, self.scanner.take("?"))
        at = self.scanner.at
        if self.quantifier() is not None:
            help = "ECMA-262 has no possessive quantifiers: remove it"
            raise Malformed("two quantifiers follow each other", at, help)
        return node

    def quantifier(self) -> tuple[int, int | None] | None:
        for mark, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self.scanner.take(mark):
                return bounds
        found = self.scanner.match(_QUANTIFIER)
        if found is None:
            return None
        least = _count(found[1])
        return least, _count(found[3]) if found[3] else None if found[2] else least

    def term(self) -> Node:
        start = self.scanner.at
        if self.quantifier() is not None:
            raise Malformed("there is nothing before this quantifier to repeat", start, r"write \* for the character")
        match self.scanner.next():
            case "^":
                return Start()
            case "$":
                return End()
            case ".":
                return Any()
            case "(":
                return self.group(start)
            case "[":
                return read_class(self.scanner, start)
            case "\\":
                return self.escape(start)
            case mark:
                return Char(ord(mark))

    def escape(self, start: int) -> Node:
        if self.scanner.peek() in ("b", "B"):
            return Boundary(self.scanner.next() == "B")
        reference = self.scanner.match(_REFERENCE)
        if reference is not None:
            if int(reference[0]) > self.groups:
                raise Malformed(f"there is no group {reference[0]}", start, f"the pattern has {self.groups} groups")
            return BackReference(int(reference[0]))
        if self.scanner.take("k"):
            name = self.scanner.match(_NAME) if self.scanner.take("<") else None
            if name is None or name[1] not in self.names:
                raise Malformed("this names no group of the pattern", start, r"as in (?<year>\d{4}) and \k<year>")
            return BackReference(self.names[name[1]])
        found = read_escape(self.scanner, start)
        return found if isinstance(found, Char) else Set((found,))

    def group(self, start: int) -> Node:
        self.depth += 1
        if self.depth > MAX_PATTERN_NESTING:
            message = f"the groups are nested deeper than {MAX_PATTERN_NESTING} levels (max_pattern_nesting)"
            raise Malformed(message, start, code="pattern-too-large")
        self.scanner.at = start
        node = self.modified() or self.look() or self.plain(start)
        self.depth -= 1
        return node

    def plain(self, start: int) -> Node:
        if self.scanner.take("(?:"):
            return Group(self.inner(start))
        if self.scanner.take("(?<"):
            name = self.scanner.match(_NAME)
            if name is None or name[1] in self.seen:
                raise Malformed("the group has no name of its own", start, "as in (?<name>...), each name once")
            self.seen.add(name[1])
        elif not (self.scanner.take("(") and self.scanner.peek() != "?"):
            help = _FOREIGN.get(self.scanner.text[start : start + 3], r"write \( for a parenthesis")
            raise Malformed("this is no group of ECMA-262", start, help)
        self.opened += 1
        number = self.opened
        return Group(self.inner(start), number)

    def look(self) -> Node | None:
        start = self.scanner.at
        for mark, (ahead, negated) in _LOOKS.items():
            if self.scanner.take(mark):
                return Look(self.inner(start), ahead, negated)
        return None

    def modified(self) -> Node | None:
        start = self.scanner.at
        found = self.scanner.match(_MODIFIERS)
        if found is None:
            return None
        add, remove = found[1], found[2] or ""
        if found[3] == ")":
            raise Malformed("flags stand before a part of the pattern", start, f"write (?{add}:...) around that part")
        if len({*add, *remove}) < len(add + remove) or not add + remove:
            raise Malformed("each flag of a group is named once", start, "as in (?i:...)")
        return Modified(self.inner(start), add, remove)

    def inner(self, start: int) -> Node:
        tree = self.choice()
        if not self.scanner.take(")"):
            raise Malformed("the group has no closing ')'", start, r"write \( for a parenthesis")
        return tree
