"""What criteria with a context have in common: a regex, a JSONPath query or an XPath expression looks at its value.

A condition without expressions is compiled once; one with expressions is compiled each time it is filled in, with a
bounded memory of what was compiled before.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from arazzo_runner.criteria.excerpt import excerpt
from arazzo_runner.criteria.filled import FilledCondition, Write, fill_condition
from arazzo_runner.criteria.verdict import Operand, Verdict
from arazzo_runner.expressions.evaluate import evaluate
from arazzo_runner.expressions.grammar import Expression, Fault
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.query.undecided import Undecided
from arazzo_runner.values import Nothing, Value

Judge: TypeAlias = Callable[[Value], "bool | Undecided"]
"""Decides for the value of a context, or says why it can't be decided."""

_HIDDEN = "'...'"
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


@dataclass(frozen=True, slots=True)
class ContextualCheck:
    """A compiled criterion that looks at its context by a condition without expressions.

    `language` is what the condition is written in: regex, or the version of JSONPath or XPath.
    """

    condition: str
    context: Expression
    judge: Judge
    language: str = ""

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """The context."""
        return (self.context,)

    def written(self, scope: Scope) -> str | None:
        """Return the condition as it is judged."""
        return self.condition

    def check(self, scope: Scope) -> Verdict:
        """Decide the criterion in a scope; never raises."""
        return judged(self.context, self.judge, scope, ())


@dataclass(frozen=True, slots=True)
class FilledCheck:
    """A compiled criterion whose condition has expressions in it: it is compiled when they are known.

    `language` is what the condition is written in, as in `ContextualCheck`.
    """

    condition: str
    context: Expression
    filled: FilledCondition
    write: Write
    compile: Callable[[str], Judge | Fault]
    language: str = ""

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """The context, and the expressions in the condition."""
        return tuple(dict.fromkeys((self.context, *self.filled.expressions)))

    def written(self, scope: Scope) -> str | None:
        """Return the condition as it is judged in a scope; None where it can't be filled in."""
        return fill_condition(self.filled, scope, self.write).text

    def check(self, scope: Scope) -> Verdict:
        """Decide the criterion in a scope; never raises."""
        filling = fill_condition(self.filled, scope, self.write)
        if filling.text is None:
            return _undecided(self.context, scope, filling.operands, filling.reason)
        judge = self.compile(filling.text)
        if isinstance(judge, Fault):
            # What a message quotes may be a value that is secret.
            told = f"at character {judge.offset + 1}: {_QUOTED.sub(_HIDDEN, judge.message)}"
            reason = f"with its expressions filled in the condition can't be read, {told}"
            return _undecided(self.context, scope, filling.operands, reason)
        return judged(self.context, judge, scope, filling.operands)


def judged(context: Expression, judge: Judge, scope: Scope, operands: tuple[Operand, ...]) -> Verdict:
    """Judge the value of a context; null and no value never pass (CRI-13)."""
    found = evaluate(context, scope)
    seen = (Operand(context.text, excerpt(found)), *operands)
    if isinstance(found, Nothing):
        return Verdict(False, seen, f"the context {context.text} has no value: {found.reason}")
    if found is None:
        return Verdict(False, seen, f"the context {context.text} is null")
    decided = judge(found)
    if isinstance(decided, Undecided):
        return Verdict(False, seen, f"{context.text}: {decided.told}")
    return Verdict(decided, seen)


def _undecided(context: Expression, scope: Scope, operands: tuple[Operand, ...], reason: str) -> Verdict:
    return Verdict(False, (Operand(context.text, excerpt(evaluate(context, scope))), *operands), reason)
