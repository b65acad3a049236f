"""Texts with a gap: an expression in a text whose optional input nobody gave (EMB-03, practical reading P14)."""

from __future__ import annotations

from collections.abc import Iterator

from arazzo_runner.expressions.evaluate import evaluate
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.expressions.template import CompiledValue, ListValue, ObjectValue, Template
from arazzo_runner.values import Nothing


def gap_doubts(compiled: CompiledValue | None, scope: Scope) -> tuple[str, ...]:
    """Return a remark for each expression of a text inside the value that has no value and may have none."""
    return () if compiled is None else tuple(dict.fromkeys(_doubts(compiled, scope)))


def _doubts(compiled: CompiledValue, scope: Scope) -> Iterator[str]:
    match compiled:
        case Template(parts):
            for part in parts:
                found = "" if isinstance(part, str) else evaluate(part, scope)
                if isinstance(found, Nothing) and found.optional and not isinstance(part, str):
                    yield f"{part.text} stands in a text and has no value, so its place there is empty: {found.reason}"
        case ListValue(items):
            for item in items:
                yield from _doubts(item, scope)
        case ObjectValue(members):
            for _, member in members:
                yield from _doubts(member, scope)
