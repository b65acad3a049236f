"""Criteria of type xpath: the effective boolean value of an expression in an XML document (checklist XPC, ETO)."""

from __future__ import annotations

from arazzo_runner.criteria.compiler import CriterionResult
from arazzo_runner.criteria.contextual import ContextualCheck, FilledCheck, Judge
from arazzo_runner.criteria.filled import Quoting, as_text, read_condition
from arazzo_runner.criteria.versions import unknown_version
from arazzo_runner.document.model import Criterion
from arazzo_runner.expressions.grammar import Declared, Dialect, Expression, Fault
from arazzo_runner.query import xpath

DEFAULT = "xpath-31"
"""The version where the document names none (ETO-05)."""

_QUOTING = Quoting("'\"")


def compile_xpath(
    criterion: Criterion, context: Expression | None, dialect: Dialect, declared: Declared
) -> CriterionResult:
    """Compile an xpath criterion (Arazzo 1.1, Criterion Object: xpath; Expression Type Object)."""
    assert context is not None, "the door refuses a criterion without the context that it needs"
    version = criterion.type.version or DEFAULT
    if version not in xpath.VERSIONS:
        return unknown_version("xpath", version, xpath.VERSIONS)
    text = criterion.condition
    read = read_condition(text, dialect, declared, _QUOTING)
    if read.condition is not None:
        check = FilledCheck(text, context, read.condition, as_text, lambda filled: _compile(filled, version), version)
        return CriterionResult(check, None, read.remarks)
    judge = _compile(text, version)
    if isinstance(judge, Fault):
        return CriterionResult(None, judge)
    return CriterionResult(ContextualCheck(text, context, judge, version), None, read.remarks)


def _compile(text: str, version: str) -> Judge | Fault:
    expression = xpath.compile_xpath(text, xpath.VERSIONS[version])
    return expression if isinstance(expression, Fault) else expression.holds
