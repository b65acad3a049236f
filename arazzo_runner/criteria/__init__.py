"""Criteria: conditions that are compiled once and checked in a scope (Arazzo 1.1, Criterion Object).

The table `KINDS` is the list of kinds; adding one is a module and a line here. Most documents have simple criteria
alone, so the other kinds are imported when the first criterion of theirs is compiled.
"""

from __future__ import annotations

from dataclasses import replace

from arazzo_runner.criteria.compiler import Compiler, CriterionResult
from arazzo_runner.criteria.simple import compile_simple
from arazzo_runner.criteria.verdict import Check, Operand, Verdict
from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.document.model import Criterion
from arazzo_runner.expressions.grammar import Declared, Dialect, Expression, Fault, Remark
from arazzo_runner.expressions.parse import UNKNOWN, Parsed, parse

__all__ = ["KINDS", "Check", "Compiler", "CriterionResult", "Operand", "Verdict", "compile_criterion"]


def _regex(criterion: Criterion, context: Expression | None, dialect: Dialect, declared: Declared) -> CriterionResult:
    from arazzo_runner.criteria.regex import compile_regex

    return compile_regex(criterion, context, dialect, declared)


def _jsonpath(
    criterion: Criterion, context: Expression | None, dialect: Dialect, declared: Declared
) -> CriterionResult:
    from arazzo_runner.criteria.jsonpath import compile_jsonpath

    return compile_jsonpath(criterion, context, dialect, declared)


def _xpath(criterion: Criterion, context: Expression | None, dialect: Dialect, declared: Declared) -> CriterionResult:
    from arazzo_runner.criteria.xpath import compile_xpath

    return compile_xpath(criterion, context, dialect, declared)


KINDS: dict[str, Compiler] = {
    "simple": compile_simple,
    "regex": _regex,
    "jsonpath": _jsonpath,
    "xpath": _xpath,
}

_OPERATORS = frozenset({"==", "!=", "<", "<=", ">", ">=", "=", "contains", "matches", "equals"})


def compile_criterion(criterion: Criterion, dialect: Dialect, declared: Declared | None = None) -> CriterionResult:
    """Compile a criterion, or say why it can't be (Arazzo 1.1, Criterion Object). Never raises.

    The context has to be a runtime expression in each kind (CRI-06); the kinds other than simple need one (CRI-04).
    """
    kind = criterion.type.type
    compiler = KINDS.get(kind)
    if compiler is None:
        fault = Fault(f"'{kind}' is no type of criterion", 0, did_you_mean(kind, KINDS), "criterion-unknown-type")
        return CriterionResult(None, fault, field="type")
    known = declared or UNKNOWN
    context = _context(criterion, dialect, known)
    if context.fault is not None:
        return CriterionResult(None, _bad_context(criterion, context.fault), field="context")
    if criterion.context is None and kind != "simple":
        message = f"a {kind} criterion needs a context, the expression whose value it looks at"
        fault = Fault(message, 0, "as in context: $response.body", "criterion-no-context")
        return CriterionResult(None, fault, field="context")
    return replace(compiler(criterion, context.expression, dialect, known), context_remarks=context.remarks)


def _context(criterion: Criterion, dialect: Dialect, declared: Declared) -> Parsed:
    if criterion.context is None:
        return Parsed(None)
    if criterion.type.type == "simple" and not dialect.strict and not criterion.context.strip():
        message = "the context is empty, and a simple criterion needs none: it is ignored"
        return Parsed(None, None, (Remark("criterion-context-ignored", message, 0),))
    return parse(criterion.context, dialect, declared)


def _bad_context(criterion: Criterion, fault: Fault) -> Fault:
    """Name what was probably meant where the context is an operator (practical reading P22)."""
    context = criterion.context or ""
    if context.strip() not in _OPERATORS:
        return fault
    operator = "==" if context.strip() in ("=", "equals") else context.strip()
    message = f"the context is '{context}', but has to be a runtime expression; an operator belongs in the condition"
    return Fault(message, 0, f"write one condition, as in: $statusCode {operator} {criterion.condition}", fault.code)
