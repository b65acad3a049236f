"""Judging a list of criteria, and saying in words what it saw."""

from __future__ import annotations

import json

from arazzo_runner.criteria.verdict import Check, Operand
from arazzo_runner.engine.result import Judged
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.redact import Redactor
from arazzo_runner.values import Nothing, Value

MAX_SHOWN = 120
"""Characters of an operand's value that a reason shows."""


def judge(checks: tuple[Check, ...], scope: Scope) -> tuple[Judged, ...]:
    """Check every criterion, so that a report can show them all; together they hold if each does (CRI-08)."""
    judged = []
    for check in checks:
        verdict = check.check(scope)
        judged.append(Judged(check.condition, verdict.passed, verdict.operands, verdict.reason))
    return tuple(judged)


def judge_status(scope: Scope) -> tuple[Judged, ...]:
    """Judge a step without criteria: an answer with a status below 400 is a success (STP-10, docs/semantics.md)."""
    if scope.response is None:
        return ()
    status = scope.response.status
    return (Judged("$statusCode < 400", status < 400, (Operand("$statusCode", status),)),)


def explain(judged: tuple[Judged, ...], redactor: Redactor) -> str:
    """Say why a list of criteria does not hold: the first that fails, and the values it saw."""
    failed = next((one for one in judged if not one.passed), None)
    if failed is None:
        return ""
    seen = ", ".join(f"{operand.text} was {show(operand.redacted(redactor).value)}" for operand in failed.operands)
    why = failed.reason or seen
    return f"criterion '{failed.condition}' does not hold" + (f": {why}" if why else "")


def show(value: Value | Nothing) -> str:
    """Write a value for a sentence, cut to a readable length."""
    match value:
        case Nothing(reason=reason):
            return f"no value ({reason})" if reason else "no value"
        case bytes():
            return f"{len(value)} bytes"
        case _:
            text = json.dumps(value, ensure_ascii=False, default=repr)
            return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 3] + "..."
