"""What checking a criterion gives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from arazzo_runner.expressions.grammar import Expression
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.redact import Redactor
from arazzo_runner.values import Nothing, Value


@dataclass(frozen=True, slots=True)
class Operand:
    """An operand of a condition and the value it had, for messages ("$statusCode was 503")."""

    text: str
    value: Value | Nothing

    def redacted(self, redactor: Redactor) -> Operand:
        """Return the operand as it may be shown: the last name of its expression tells whether it is a secret."""
        return Operand(self.text, redactor.named(re.split(r"[./#\]\[]", self.text)[-1], self.value))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a criterion holds. `reason` says why it could not be decided (then it does not hold); else empty."""

    passed: bool
    operands: tuple[Operand, ...] = ()
    reason: str = ""


class Check(Protocol):
    """A compiled criterion: compiled once, checked many times (Arazzo 1.1, Criterion Object)."""

    @property
    def condition(self) -> str:
        """The condition as written."""

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """The runtime expressions that the condition and its context read."""

    def check(self, scope: Scope) -> Verdict:
        """Decide the criterion in a scope; never raises."""
