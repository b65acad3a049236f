"""Criteria of type regex: a pattern is searched for in the text of the context (checklist RGX-01 to RGX-07)."""

from __future__ import annotations

import re

from arazzo_runner.criteria.compiler import CriterionResult
from arazzo_runner.criteria.contextual import ContextualCheck, FilledCheck, Judge
from arazzo_runner.criteria.filled import Quoting, as_text, read_condition
from arazzo_runner.document.model import Criterion
from arazzo_runner.expressions.grammar import Declared, Dialect, Expression, Fault, Remark
from arazzo_runner.expressions.text import text_of
from arazzo_runner.query.regex import Pattern, compile_pattern
from arazzo_runner.query.undecided import Undecided
from arazzo_runner.values import Nothing, Value

_FLAGS = re.compile(r"\(\?([ims]{1,3})\)")


def compile_regex(
    criterion: Criterion, context: Expression | None, dialect: Dialect, declared: Declared
) -> CriterionResult:
    """Compile a regex criterion (Arazzo 1.1, Criterion Object: regex)."""
    assert context is not None, "the door refuses a criterion without the context that it needs"
    text = criterion.condition
    read = read_condition(text, dialect, declared, Quoting())
    remarks = (*read.remarks, *flag_remarks(text, dialect), *_line_end_remarks(text))
    if read.condition is not None:
        check = FilledCheck(text, context, read.condition, as_text, lambda filled: _compile(filled, dialect), "regex")
        return CriterionResult(check, None, remarks)
    judge = _compile(text, dialect)
    if isinstance(judge, Fault):
        return CriterionResult(None, judge)
    return CriterionResult(ContextualCheck(text, context, judge, "regex"), None, remarks)


def flag_remarks(text: str, dialect: Dialect) -> tuple[Remark, ...]:
    """Return the remark for flags at the start of a pattern, which ECMA-262 does not have but other dialects do."""
    found = _FLAGS.match(text)
    if found is None or dialect.strict:
        return ()
    standard = _with_flags(text)
    message = f"the flags {found[0]} are read as a group around the whole pattern"
    return (Remark("reading-RGX-02", message, 0, standard if len(standard) <= 200 else ""),)


def _line_end_remarks(text: str) -> tuple[Remark, ...]:
    """Return the remark for a line break at the end, as the block style ``|`` of YAML leaves one."""
    if not text.endswith("\n"):
        return ()
    message = "the pattern ends with a line break, which is a part of it and must be matched"
    plain = text.rstrip("\n")
    return (Remark("pattern-line-break", message, len(plain), plain if len(plain) <= 200 else ""),)


def read_pattern(text: str, dialect: Dialect) -> Pattern | Fault:
    """Compile a pattern; flags at its start are taken in practical mode."""
    if dialect.strict or not _FLAGS.match(text):
        return compile_pattern(text)
    compiled = compile_pattern(_with_flags(text))
    if isinstance(compiled, Pattern):
        return compiled
    return Fault(compiled.message, min(compiled.offset, len(text)), compiled.help, compiled.code)


def _with_flags(text: str) -> str:
    """Put flags that stand before a pattern around it; both spellings begin in the same width."""
    found = _FLAGS.match(text)
    return text if found is None else f"(?{found[1]}:{text[found.end() :]})"


def _compile(text: str, dialect: Dialect) -> Judge | Fault:
    pattern = read_pattern(text, dialect)
    return pattern if isinstance(pattern, Fault) else judge_text(pattern)


def judge_text(pattern: Pattern) -> Judge:
    """Return what decides whether the pattern is in the text of a value (RGX-03, RGX-04)."""

    def judge(value: Value) -> bool | Undecided:
        text = text_of(value)
        return Undecided(text.reason) if isinstance(text, Nothing) else pattern.search(text)

    return judge
