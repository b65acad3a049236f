"""Two runs side by side for a program: one JSON object, described by ``comparison.schema.json`` beside this."""

from __future__ import annotations

from collections import Counter
from typing import TextIO

from arazzo_runner.errors import ArazzoError
from arazzo_runner.journal.comparison.record import (
    Activation,
    Comparison,
    Difference,
    Found,
    Kind,
    Side,
    StepPair,
    TryPair,
)
from arazzo_runner.reports.page import Look
from arazzo_runner.reports.plain import plain, write_json
from arazzo_runner.reports.run.refusal import fault_of
from arazzo_runner.values import JSON, Value

SCHEMA_VERSION = "1"


def write_comparison(stream: TextIO, comparison: Comparison, look: Look) -> None:
    """Write the object of a comparison."""
    del look
    write_json(stream, comparison_json(comparison))


def write_refused_comparison(stream: TextIO, error: ArazzoError) -> None:
    """Write the object of a comparison that `error` kept from being made."""
    fault = fault_of(error)
    told: Value = {"kind": fault.kind, "message": fault.message, "hint": fault.hint or None}
    write_json(stream, plain({"schemaVersion": SCHEMA_VERSION, **_EMPTY, "error": told}))


_EMPTY: dict[str, Value] = {
    "same": None,
    "left": None,
    "right": None,
    "summary": None,
    "begun": None,
    "steps": [],
    "ended": None,
    "headersLeftOut": [],
}


def comparison_json(comparison: Comparison) -> JSON:
    """Return a comparison as the schema describes it."""
    return plain(
        {
            "schemaVersion": SCHEMA_VERSION,
            "same": comparison.same,
            "left": _side(comparison.left),
            "right": _side(comparison.right),
            "summary": _summary(comparison),
            "begun": _found(comparison.begun),
            "steps": [_step(pair) for pair in comparison.steps],
            "ended": _found(comparison.ended),
            "headersLeftOut": list(comparison.left_out),
            "error": None,
        }
    )


def _side(side: Side) -> Value:
    return {
        "journal": side.journal,
        "workflow": side.workflow,
        "document": side.document,
        "digest": side.digest,
        "made": side.made,
        "runner": side.runner,
        "status": side.status,
        "elapsed": round(side.seconds, 6),
        "requests": side.requests,
        "hasSecrets": side.has_secrets,
    }


def _summary(comparison: Comparison) -> Value:
    states = Counter(pair.state for pair in comparison.steps)
    steps: dict[str, Value] = {state: states[state] for state in ("same", "changed", "left", "right")}
    differences = sum(each.counts for each in comparison.differences)
    return {"differences": differences, "notCompared": comparison.unknown, "steps": steps}


def _found(found: Found) -> dict[str, Value]:
    return {"differences": [_difference(each) for each in found.all], "more": found.more}


def _difference(difference: Difference) -> Value:
    told: dict[str, Value] = {"part": difference.part, "place": difference.place, "kind": difference.kind.value}
    if difference.kind in (Kind.CHANGED, Kind.LEFT):
        told["left"] = difference.left
    if difference.kind in (Kind.CHANGED, Kind.RIGHT):
        told["right"] = difference.right
    return told


def _step(pair: StepPair) -> Value:
    return {
        "step": list(pair.path),
        "state": pair.state,
        "left": _activation(pair.left),
        "right": _activation(pair.right),
        "tries": [_try(each) for each in pair.tries],
        **_found(pair.found),
    }


def _activation(step: Activation | None) -> Value:
    if step is None:
        return None
    return {
        "target": step.target,
        "status": step.status or None,
        "answers": [each.answer or None for each in step.tries],
        "elapsed": round(step.seconds, 6),
    }


def _try(pair: TryPair) -> Value:
    numbers = (each.number if each else None for each in (pair.left, pair.right))
    return {**dict(zip(("left", "right"), numbers, strict=True)), **_found(pair.found)}
