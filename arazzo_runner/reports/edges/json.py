"""Edges for a program: exactly one JSON object, described by ``coverage.schema.json`` beside this."""

from __future__ import annotations

from typing import TextIO

from arazzo_runner.coverage.record import Coverage, Tour, Walked
from arazzo_runner.errors import ArazzoError
from arazzo_runner.reports.plain import plain, write_json
from arazzo_runner.reports.run.json import refusal_json
from arazzo_runner.values import JSON, Value

SCHEMA_VERSION = "1"


def write_coverage_json(stream: TextIO, coverage: Coverage) -> None:
    """Write the object of a walk."""
    write_json(stream, coverage_json(coverage))


def coverage_json(coverage: Coverage) -> JSON:
    """Return what a walk found as the schema describes it."""
    return plain(
        {
            "schemaVersion": SCHEMA_VERSION,
            "status": "succeeded" if coverage.succeeded else "failed",
            "workflow": coverage.workflow,
            "summary": {"edges": len(coverage.edges), "taken": coverage.taken, "runs": len(coverage.tours)},
            "edges": [_edge(walked) for walked in coverage.edges],
            "runs": [_run(tour) for tour in coverage.tours],
            "diagnostics": [],
            "error": None,
        }
    )


def write_refused_coverage(stream: TextIO, error: ArazzoError, workflow: str | None = None) -> None:
    """Write the object of a walk that `error` kept from beginning; `workflow` is its id where that is known."""
    told = refusal_json(error, workflow)
    assert isinstance(told, dict)
    document: dict[str, JSON] = {
        "schemaVersion": SCHEMA_VERSION,
        "status": "refused",
        "workflow": workflow,
        "summary": {"edges": 0, "taken": 0, "runs": 0},
        "edges": [],
        "runs": [],
        "diagnostics": told["diagnostics"],
        "error": told["error"],
    }
    write_json(stream, document)


def _edge(walked: Walked) -> dict[str, Value]:
    edge = walked.edge
    return {
        "workflow": edge.step.workflow.workflow_id,
        "step": edge.step.step_id,
        "outcome": edge.outcome,
        "action": edge.name or None,
        "type": edge.action.type if edge.action else "default",
        "leadsTo": edge.target,
        "place": edge.place or None,
        "taken": walked.taken,
        "runs": list(walked.runs),
        "why": walked.why or None,
    }


def _run(tour: Tour) -> dict[str, Value]:
    return {
        "number": tour.number,
        "status": tour.status.value,
        "wishes": list(tour.wishes),
        "reason": tour.reason or None,
        "unexpected": list(tour.unexpected),
    }
