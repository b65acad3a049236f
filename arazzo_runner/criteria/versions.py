"""Versions of query languages that a criterion names (Arazzo 1.1, Expression Type Object; checklist ETO-06)."""

from __future__ import annotations

from collections.abc import Iterable

from arazzo_runner.criteria.compiler import CriterionResult
from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.expressions.grammar import Fault


def unknown_version(language: str, version: str, known: Iterable[str]) -> CriterionResult:
    """Refuse a version that is not there; it is never replaced by another."""
    message = f"'{version}' is no version of {language}"
    fault = Fault(message, 0, did_you_mean(version, known), "criterion-unknown-version")
    return CriterionResult(None, fault, field="type")
