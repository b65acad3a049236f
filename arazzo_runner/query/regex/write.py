r"""Patterns written for the automaton: the engine in Rust behind `jsonschema-rs`.

Everything in which that engine differs from ECMA-262 is written out: classes as ranges of code points, ``.`` as all but
the four line terminators. Only ``\b`` is left to it, which asks for words of any script there (see `engine`).
"""

from __future__ import annotations

from typing import assert_never

from arazzo_runner.query.regex.characters import EVERYTHING, LINE_ENDS, complement, shorthand, without_surrogates
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


def spell(node: Node, *, dot_all: bool = False) -> str:
    """Return a pattern without lookarounds, backreferences and ``(?m:...)`` as the engine reads it."""
    match node:
        case Char(code):
            return spell_set(Set((Range(code, code),)))
        case Any():
            return _ranges(EVERYTHING if dot_all else complement(LINE_ENDS))
        case Set():
            return spell_set(node)
        case Start():
            return "^"
        case End():
            return "$"
        case Boundary(negated):
            return r"\B" if negated else r"\b"
        case Sequence(parts):
            return "".join(spell(part, dot_all=dot_all) for part in parts)
        case Choice(options):
            return "(?:" + "|".join(spell(option, dot_all=dot_all) for option in options) + ")"
        case Repeat(inner, least, most):
            return f"(?:{spell(inner, dot_all=dot_all)}){{{least},{'' if most is None else most}}}"
        case Group(inner):
            return f"(?:{spell(inner, dot_all=dot_all)})"
        case Modified(inner, add, remove):
            mark = "i" if "i" in add else "-i" if "i" in remove else ""
            return f"(?{mark}:{spell(inner, dot_all='s' in add or (dot_all and 's' not in remove))})"
        case Look() | BackReference():
            raise AssertionError("no automaton can do this")
        case _:
            assert_never(node)


def spell_set(node: Set) -> str:
    """Return a character class as the engine reads it."""
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
