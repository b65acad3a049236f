"""What a kind of criterion is made of: a compiler, and what compiling gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from arazzo_runner.criteria.verdict import Check
from arazzo_runner.document.model import Criterion
from arazzo_runner.expressions.grammar import Declared, Dialect, Expression, Fault, Remark


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """A compiled criterion, or the fault; either `check` or `fault` is None.

    `field` is the field of the Criterion Object that the fault is about (condition, context or type); its offset
    counts there. `remarks` are about the condition, `context_remarks` about the context.
    """

    check: Check | None
    fault: Fault | None = None
    remarks: tuple[Remark, ...] = ()
    field: str = "condition"
    context_remarks: tuple[Remark, ...] = ()


Compiler: TypeAlias = Callable[[Criterion, Expression | None, Dialect, Declared], CriterionResult]
"""Compiles the criteria of one kind: the criterion, its context as read, the dialect, the names in reach."""
