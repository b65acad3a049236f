"""A string cut into pieces: its embedded expressions, and the text between them.

Each ``{$...}`` that holds a valid expression is one, up to the first ``}`` (EMB-08); every other brace is text, and
``{$bad}`` stays, with a remark (EMB-09). There is no escape (EMB-10). The same holds in 1.0 documents (EMB-11).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from arazzo_runner.expressions.grammar import Expression, Fault, Remark
from arazzo_runner.expressions.parse import Parsed

MAX_SHOWN = 60
"""How much of a text a message shows."""


Read: TypeAlias = Callable[[str], Parsed]
"""Reads what stands between two braces."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a string: an expression, or literal text. `fixed` text is no place for practical reading P1."""

    start: int
    end: int
    expression: Expression | None = None
    fixed: bool = False
    remarks: tuple[Remark, ...] = ()
    fault: Fault | None = None


def embedded(text: str, read: Read) -> list[Piece]:
    """Cut a string into its embedded expressions and the text between them; the pieces cover all of it."""
    pieces: list[Piece] = []
    done, close = 0, -1
    while (brace := text.find("{$", done)) >= 0:
        if close < brace:
            close = text.find("}", brace)
        if brace > done:
            pieces.append(Piece(done, brace))
        pieces.append(_braced(text, brace, close, read))
        done = pieces[-1].end
        if close < 0:
            break
    return [*pieces, Piece(done, len(text))] if done < len(text) else pieces


def within(remark: Remark, start: int) -> Remark:
    """Return a remark with its patch counted in a text in which the one that was read begins at `start`."""
    if remark.patch is None:
        return remark
    patch = replace(remark.patch, start=remark.patch.start + start, end=remark.patch.end + start)
    return replace(remark, patch=patch)


def _braced(text: str, brace: int, close: int, read: Read) -> Piece:
    if close < 0:
        return _malformed(text, brace, len(text), "its '}' is missing")
    again = text.find("{", brace + 1, close)
    if again >= 0:
        return _malformed(text, brace, again, "its '}' is missing")
    parsed = read(text[brace + 1 : close])
    if parsed.expression is None:
        return _malformed(text, brace, close + 1, parsed.fault.message if parsed.fault else "")
    remarks = tuple(within(remark, brace + 1) for remark in parsed.remarks)
    return Piece(brace, close + 1, parsed.expression, remarks=remarks)


def _malformed(text: str, start: int, end: int, reason: str) -> Piece:
    if not re.match(r"\{\$[A-Za-z]", text[start : start + 3]):
        return Piece(start, end, fixed=True)
    shown = text[start:end] if end - start <= MAX_SHOWN else text[start : start + MAX_SHOWN] + "..."
    message = f"'{shown}' stays as it is, for it holds no expression: {reason}"
    return Piece(start, end, fixed=True, remarks=(Remark("embedded-malformed", message, start),))
