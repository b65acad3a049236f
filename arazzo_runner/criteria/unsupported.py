"""Kinds of criteria that the specification has and this runner can't decide yet. They are faults, never passes."""

from __future__ import annotations

from arazzo_runner.criteria.compiler import CriterionResult
from arazzo_runner.document.model import Criterion
from arazzo_runner.expressions.grammar import Declared, Dialect, Expression, Fault


def compile_unsupported(
    criterion: Criterion, context: Expression | None, dialect: Dialect, declared: Declared
) -> CriterionResult:
    """Refuse the criterion by the name of its kind."""
    kind = criterion.type.type
    help = "write it as a simple condition if that can say it"
    fault = Fault(f"{kind} criteria are not supported yet", 0, help, "criterion-unsupported")
    return CriterionResult(None, fault, field="type")
