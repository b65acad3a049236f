"""Criteria of type simple: a condition, and the context that the practical readings give a meaning (P8)."""

from __future__ import annotations

import json
from dataclasses import replace

from arazzo_runner.criteria.compiler import CriterionResult
from arazzo_runner.criteria.simple.compile import compile_tree
from arazzo_runner.criteria.simple.limits import MAX_CONDITION_LENGTH
from arazzo_runner.criteria.simple.parser import ParsedCondition, parse_condition
from arazzo_runner.criteria.simple.syntax import Compare, Literal, Reference
from arazzo_runner.criteria.simple.write import write_condition
from arazzo_runner.document.model import Criterion
from arazzo_runner.expressions.grammar import Declared, Dialect, Expression, Fault, Patch, Remark
from arazzo_runner.values import JSON


def compile_simple(
    criterion: Criterion, context: Expression | None, dialect: Dialect, declared: Declared
) -> CriterionResult:
    """Compile a simple criterion. A context has no meaning there (CRI-07), but for practical reading P8."""
    parsed = _with_context(criterion, context, dialect, declared)
    if parsed.tree is None:
        fault = parsed.fault or Fault("no condition", 0)
        return CriterionResult(None, _with_suggestion(fault, criterion, context))
    return CriterionResult(compile_tree(criterion.condition, parsed.tree), None, parsed.remarks)


def _with_context(
    criterion: Criterion, context: Expression | None, dialect: Dialect, declared: Declared
) -> ParsedCondition:
    text = criterion.condition
    if context is None or dialect.strict:
        return parse_condition(text, dialect, declared)
    is_data, value = _data(text)
    if is_data:
        message = f"a simple condition that is JSON data is read as: {context.text} equals it"
        tree = Compare("==", Reference(context.text, context), Literal(value))
        # Objects and arrays have no literal, so for them there is no standard spelling to offer.
        standard = write_condition(tree) if isinstance(value, str) else ""
        patch = Patch(0, len(text), standard, drops_context=True) if standard else None
        return ParsedCondition(tree, None, (Remark("reading-P8", message, 0, standard, patch),))
    parsed = parse_condition(text, dialect, declared)
    if not isinstance(parsed.tree, Literal):
        return parsed
    message = f"the condition is the constant {text.strip()}; a simple criterion ignores its context '{context.text}'"
    standard = f"{context.text} == {text.strip()}"
    ignored = Remark("criterion-context-ignored", message, 0, standard)
    return ParsedCondition(parsed.tree, None, (*parsed.remarks, ignored))


def _data(text: str) -> tuple[bool, JSON]:
    """Return whether a condition is a JSON object, array or string, and which."""
    if len(text) > MAX_CONDITION_LENGTH or text.lstrip()[:1] not in ("{", "[", '"'):
        return False, None
    try:
        return True, json.loads(text)
    except (ValueError, RecursionError):
        return False, None


def _with_suggestion(fault: Fault, criterion: Criterion, context: Expression | None) -> Fault:
    """Help an author who took the context for the left side of the condition."""
    if context is None or fault.help:
        return fault
    condition = criterion.condition.strip()
    joined = f"{context.text} {condition}" if condition[:1] in tuple("=!<>") else f"{context.text} == '{condition}'"
    return replace(fault, help=f"a simple criterion ignores its context; did you mean: {joined}")
