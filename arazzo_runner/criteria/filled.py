"""Conditions with ``{$expression}`` in them (Arazzo 1.1, Criterion Object; checklist CRI-14 to CRI-18).

Each expression is evaluated, written as text, and the text put in its place; what results is the condition. Nothing is
escaped, as specified. But a value that would end the quotes around it would turn data into a part of the query, so it
makes the condition undecidable instead (CRI-18).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from arazzo_runner.criteria.excerpt import excerpt
from arazzo_runner.criteria.verdict import Operand
from arazzo_runner.expressions.evaluate import evaluate
from arazzo_runner.expressions.grammar import Declared, Dialect, Expression, Fault, Remark
from arazzo_runner.expressions.parse import looks_like_expression, parse_embedded
from arazzo_runner.expressions.pieces import Piece, embedded
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.expressions.text import json_text, text_of
from arazzo_runner.expressions.unbraced import literals, split
from arazzo_runner.redact import Redactor
from arazzo_runner.values import Nothing, Value

MAX_FILLED_LENGTH = 100_000
"""Characters of a condition once its expressions are filled in."""


@dataclass(frozen=True, slots=True)
class Quoting:
    """How a language quotes strings: `escapes` by a backslash, else a quote inside is doubled; no quotes at all."""

    quotes: str = ""
    escapes: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """An expression in a condition, and the quote that it stands in; empty outside of strings."""

    expression: Expression
    quote: str = ""


@dataclass(frozen=True, slots=True)
class FilledCondition:
    """A condition cut into its texts and expressions."""

    parts: tuple[str | Slot, ...]
    quoting: Quoting
    secrets: frozenset[str] = frozenset()

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """The expressions in the condition, in their order."""
        return tuple(part.expression for part in self.parts if isinstance(part, Slot))


Write: TypeAlias = Callable[[Slot, "Value | Nothing", Quoting], str | Nothing]
"""Writes a value as the text that stands in its place, or says why it can't.

What is absent because an optional input was not given is empty, as in every template (practical reading P14).
"""


@dataclass(frozen=True, slots=True)
class Filling:
    """A condition with its values in it; or why it can't be filled. `operands` are the values, for reports."""

    text: str | None
    operands: tuple[Operand, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReadCondition:
    """A condition as read: `condition` is None where it has no expressions in it."""

    condition: FilledCondition | None
    fault: Fault | None = None
    remarks: tuple[Remark, ...] = ()


def read_condition(
    text: str, dialect: Dialect, declared: Declared, quoting: Quoting, *, unbraced: bool = False
) -> ReadCondition:
    """Find the expressions in a condition; `unbraced` takes those without braces too, as practical reading P1 does."""
    pieces: list[Piece] = []
    for piece in embedded(text, lambda inner: parse_embedded(inner, dialect, declared)):
        if piece.expression is None and not piece.fixed and unbraced:
            pieces += split(text, piece, declared, secrets=True)
        else:
            pieces.append(piece)
    fault = next((piece.fault for piece in pieces if piece.fault), None)
    remarks = [remark for piece in pieces for remark in _remarks(text, piece)]
    if not any(piece.expression for piece in pieces):
        return ReadCondition(None, fault, tuple(remarks))
    condition = FilledCondition(_parts(text, pieces, quoting), quoting, declared.secret_inputs)
    return ReadCondition(condition, fault, tuple(remarks))


def _remarks(text: str, piece: Piece) -> tuple[Remark, ...]:
    if piece.expression is None and not piece.fixed:
        return literals(text, piece)
    if piece.fixed and not looks_like_expression(text[piece.start + 1 : piece.end]):
        return ()  # braces of the language itself, such as ``{$x}`` in XPath
    return piece.remarks


def _parts(text: str, pieces: list[Piece], quoting: Quoting) -> tuple[str | Slot, ...]:
    parts: list[str | Slot] = []
    quote = ""
    for piece in pieces:
        if piece.expression is not None:
            parts.append(Slot(piece.expression, quote))
            continue
        literal = text[piece.start : piece.end]
        parts.append(literal)
        quote = quote_after(literal, quote, quoting)
    return tuple(parts)


def quote_after(text: str, quote: str, quoting: Quoting) -> str:
    """Return the quote that is open after a text, given the one that is open before it."""
    at = 0
    while at < len(text):
        mark = text[at]
        if quote:
            at += quoting.escapes and mark == "\\"
            quote = "" if mark == quote else quote
        elif mark in quoting.quotes and mark:
            quote = mark
        at += 1
    return quote


def fill_condition(condition: FilledCondition, scope: Scope, write: Write) -> Filling:
    """Put the values of a scope into a condition. Never raises."""
    texts: list[str] = []
    operands: list[Operand] = []
    for part in condition.parts:
        if isinstance(part, str):
            texts.append(part)
            continue
        found = evaluate(part.expression, scope)
        operands.append(Operand(part.expression.text, excerpt(found)))
        written = write(part, found, condition.quoting)
        if isinstance(written, Nothing):
            reason = f"{part.expression.text} can't be put into the condition: {written.reason}"
            return Filling(None, tuple(operands), reason)
        texts.append(written)
    text = "".join(texts)
    if len(text) > MAX_FILLED_LENGTH:
        reason = f"the condition is longer than {MAX_FILLED_LENGTH:,} characters with its expressions filled in"
        return Filling(None, tuple(operands), reason)
    return Filling(text, (*operands, *_shown(text, condition, operands)))


def _shown(text: str, condition: FilledCondition, operands: list[Operand]) -> tuple[Operand, ...]:
    """Return the condition as it was judged, unless a value in it is a secret: by then its name is lost."""
    names = {getattr(expression, "name", "") for expression in condition.expressions}
    redactor = Redactor()
    if names & condition.secrets or any(one.redacted(redactor).value != one.value for one in operands):
        return ()
    return (Operand("the condition, filled in,", excerpt(text)),)


def as_text(slot: Slot, value: Value | Nothing, quoting: Quoting) -> str | Nothing:
    """Write a value as its text (EMB-03 to EMB-05); a text that ends the quotes around it is refused."""
    if isinstance(value, Nothing):
        return "" if value.optional else value
    text = text_of(value)
    if isinstance(text, Nothing) or not slot.quote:
        return text
    inside = re.sub(r"\\.", "", text, flags=re.DOTALL) if quoting.escapes else text.replace(slot.quote * 2, "")
    if slot.quote in inside or (quoting.escapes and inside.endswith("\\")):
        return Nothing(f"its value has the quote ({slot.quote}) in it that stands around it")
    return text


def as_literal(slot: Slot, value: Value | Nothing, quoting: Quoting) -> str | Nothing:
    """Write a value as a JSON literal, or escaped inside of quotes: it can't become anything else (P6)."""
    if isinstance(value, Nothing) and not value.optional:
        return value
    if not slot.quote:
        return "null" if isinstance(value, Nothing) else json_text(value)
    text = "" if isinstance(value, Nothing) else text_of(value)
    if isinstance(text, Nothing):
        return text
    escaped = json.dumps(text)[1:-1]
    return escaped.replace("'", "\\'") if slot.quote == "'" else escaped
