"""Selector Objects at work: what they select from the value of their context (Arazzo 1.1, Selector Object).

Expressions in braces are filled in as in conditions (SEL-11): each value is written as text and put in its place. One
that would end the quotes around it is refused, for it would turn data into a part of the query. Where nothing is
selected there is no value, as for an expression that finds nothing (SEL-10).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from arazzo_runner.criteria.filled import MAX_FILLED_LENGTH, FilledCondition, Slot, as_text
from arazzo_runner.expressions.evaluate import evaluate
from arazzo_runner.expressions.grammar import Expression, Fault
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.query.selection import Selection, compile_selection
from arazzo_runner.query.undecided import Undecided
from arazzo_runner.values import Nothing, Value

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


@dataclass(frozen=True, slots=True)
class FixedSelect:
    """A selector without expressions in it: `text` is the selector, `context` the expression, for messages."""

    text: str
    context: str
    optional: bool
    selection: Selection

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """None."""
        return ()

    def __call__(self, value: Value, scope: Scope) -> Value | Nothing:
        """Return what is selected, or why nothing is; never raises."""
        return _given(self.selection.apply(value), self)


@dataclass(frozen=True, slots=True)
class FilledSelect:
    """A selector with expressions in it, which is compiled when their values are known."""

    text: str
    context: str
    optional: bool
    language: str
    version: str
    filled: FilledCondition

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """The expressions in the selector."""
        return self.filled.expressions

    def __call__(self, value: Value, scope: Scope) -> Value | Nothing:
        """Return what is selected, or why nothing is; never raises."""
        text = self._text(scope)
        if isinstance(text, Nothing):
            return Nothing(f"{_named(self)} can't be filled in: {text.reason}")
        selection = compile_selection(self.language, self.version, text)
        if isinstance(selection, Fault):
            told = hidden(selection.message)
            return Nothing(f"{_named(self)} can't be read with its expressions filled in: {told}")
        found = selection.apply(value)
        # What a message of a library quotes may be a value that is secret.
        return _given(Undecided(hidden(found.reason), found.limit) if isinstance(found, Undecided) else found, self)

    def _text(self, scope: Scope) -> str | Nothing:
        texts: list[str] = []
        for part in self.filled.parts:
            text = part if isinstance(part, str) else self._part(part, scope)
            if isinstance(text, Nothing):
                return text
            texts.append(text)
        whole = "".join(texts)
        if len(whole) > MAX_FILLED_LENGTH:
            return Nothing(f"it is longer than {MAX_FILLED_LENGTH:,} characters")
        return whole

    def _part(self, slot: Slot, scope: Scope) -> str | Nothing:
        text = as_text(slot, evaluate(slot.expression, scope), self.filled.quoting)
        return Nothing(f"{slot.expression.text}: {text.reason}") if isinstance(text, Nothing) else text


def _given(found: Value | Nothing | Undecided, select: FixedSelect | FilledSelect) -> Value | Nothing:
    """Return what was selected; a part of an input that is not there is free to be absent (P14)."""
    match found:
        case Undecided():
            return Nothing(f"{_named(select)} gives nothing: {found.told}")
        case Nothing(reason):
            shown = "it finds nothing" if isinstance(select, FilledSelect) else reason
            return Nothing(f"{_named(select)}: {shown}", select.optional)
        case _:
            return found


def _named(select: FixedSelect | FilledSelect) -> str:
    return f"the selector '{select.text}' on {select.context}"


def hidden(message: str) -> str:
    """Return what a library said of a filled in query without what it quotes, which may be a value that is secret."""
    return _QUOTED.sub("'...'", message)
