r"""Patterns written for the engine: fancy-regex, in Rust, behind `jsonschema-rs`.

Everything in which the engine differs from ECMA-262 is written out: classes as ranges of code points, ``.`` as all but
the four line terminators, ``\b`` for ASCII words, a reference to a group that has not matched as the empty text. What
is left of a difference: a group keeps its text from one turn of a loop to the next, where ECMA-262 forgets it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import assert_never

from arazzo_runner.query.regex.characters import (
    EVERYTHING,
    LINE_ENDS,
    WORD,
    complement,
    shorthand,
    without_surrogates,
)
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
    Property,
    Range,
    Repeat,
    Sequence,
    Set,
    Shorthand,
    Start,
)
from arazzo_runner.query.regex.tree import nodes


def spell(tree: Node, *, ascii_text: bool) -> str:
    r"""Return the pattern as the engine reads it.

    `ascii_text`: for texts of ASCII only, where the engine's own ``\b`` is the one of ECMA-262 and much faster.
    """
    referred = {node.number for node in nodes(tree) if isinstance(node, BackReference)}
    return _Writer(ascii_text, referred).write(tree, _Flags())


@dataclass(frozen=True, slots=True)
class _Flags:
    """The flags in force; `i` is the engine's own and not kept here."""

    multiline: bool = False
    dot_all: bool = False


@dataclass(slots=True)
class _Writer:
    """`numbers` maps a group that is referred to, once it is closed, to two numbers in the engine: its own, and that of
    the empty group behind it, which has matched if and only if the group has.
    """

    ascii_text: bool
    referred: set[int]
    numbers: dict[int, tuple[int, int]] = field(default_factory=dict)
    opened: int = 0

    def write(self, node: Node, flags: _Flags) -> str:
        match node:
            case Char(code):
                return _set(Set((Range(code, code),)))
            case Any():
                return _ranges(EVERYTHING if flags.dot_all else complement(LINE_ENDS))
            case Set():
                return _set(node)
            case Start():
                return f"(?:^|(?<={_ranges(LINE_ENDS)}))" if flags.multiline else "^"
            case End():
                return f"(?:$|(?={_ranges(LINE_ENDS)}))" if flags.multiline else "$"
            case Boundary(negated):
                return self.boundary(negated)
            case Sequence(parts):
                return "".join(self.write(part, flags) for part in parts)
            case Choice(options):
                return "(?:" + "|".join(self.write(option, flags) for option in options) + ")"
            case Repeat():
                return self.repeat(node, flags)
            case _:
                return self.grouped(node, flags)

    def grouped(self, node: Group | Modified | Look | BackReference, flags: _Flags) -> str:
        match node:
            case Group():
                return self.group(node, flags)
            case Modified(inner, add, remove):
                return self.modified(inner, add, remove, flags)
            case Look(inner, ahead, negated):
                mark = ("?" if ahead else "?<") + ("!" if negated else "=")
                return f"({mark}{self.write(inner, flags)})"
            case BackReference(number):
                return self.reference(number)
            case _:
                assert_never(node)

    def group(self, node: Group, flags: _Flags) -> str:
        if node.number is None or node.number not in self.referred:
            return f"(?:{self.write(node.inner, flags)})"
        self.opened += 1
        number = self.opened
        written = self.write(node.inner, flags)
        self.opened += 1
        self.numbers[node.number] = (number, self.opened)
        return f"(?:({written})())"

    def reference(self, number: int) -> str:
        """Write a reference; one before the end of its group finds nothing yet, and so is the empty text."""
        if number not in self.numbers:
            return "(?:)"
        group, marker = self.numbers[number]
        return rf"(?:\{group}(?:)|(?!\{marker}(?:)))"

    def modified(self, inner: Node, add: str, remove: str, flags: _Flags) -> str:
        flags = replace(
            flags,
            multiline=("m" in add) or (flags.multiline and "m" not in remove),
            dot_all=("s" in add) or (flags.dot_all and "s" not in remove),
        )
        mark = "i" if "i" in add else "-i" if "i" in remove else ""
        return f"(?{mark}:{self.write(inner, flags)})"

    def repeat(self, node: Repeat, flags: _Flags) -> str:
        most = "" if node.most is None else str(node.most)
        return f"(?:{self.write(node.inner, flags)}){{{node.least},{most}}}" + ("?" if node.lazy else "")

    def boundary(self, negated: bool) -> str:
        if self.ascii_text:
            return r"\B" if negated else r"\b"
        word = _ranges(WORD)
        edge, inside = f"(?<={word})(?!{word})|(?<!{word})(?={word})", f"(?<={word})(?={word})|(?<!{word})(?!{word})"
        return f"(?:{inside if negated else edge})"


def _set(node: Set) -> str:
    written = "".join(_item(item) for item in node.items)
    if not written:
        return _ranges(EVERYTHING) if node.negated else f"[^{_written(EVERYTHING)}]"
    return f"[{'^' if node.negated else ''}{written}]"


def _item(item: Range | Shorthand | Property) -> str:
    match item:
        case Property(text, negated):
            return rf"\{'P' if negated else 'p'}{{{text}}}"
        case Shorthand(letter):
            return _written(shorthand(letter))
        case Range():
            return _written((item,))
        case _:
            assert_never(item)


def _ranges(ranges: tuple[Range, ...]) -> str:
    return f"[{_written(ranges)}]"


def _written(ranges: tuple[Range, ...]) -> str:
    pieces = [piece for part in ranges for piece in without_surrogates(part)]
    return "".join(
        rf"\u{{{piece.first:x}}}" + (rf"-\u{{{piece.last:x}}}" if piece.last > piece.first else "") for piece in pieces
    )
