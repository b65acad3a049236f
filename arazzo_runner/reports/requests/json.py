"""A preview for a program: one JSON object, described by ``requests.schema.json`` beside this module."""

from __future__ import annotations

from base64 import b64encode
from typing import TextIO

from arazzo_runner.engine.effects import Request
from arazzo_runner.errors import ArazzoError
from arazzo_runner.preview import Preview, StepPreview
from arazzo_runner.reports.findings.json import finding
from arazzo_runner.reports.page import Look
from arazzo_runner.reports.plain import plain, write_json
from arazzo_runner.reports.requests.bodies import sent_text
from arazzo_runner.reports.run.json import refusal_json
from arazzo_runner.values import Value

SCHEMA_VERSION = "1"


def write_preview_json(stream: TextIO, preview: Preview, look: Look) -> None:
    """Write the preview as one JSON object."""
    document: dict[str, Value] = {
        "schemaVersion": SCHEMA_VERSION,
        "status": "previewed",
        "workflow": preview.workflow,
        "steps": [_step(step) for step in preview.steps],
        "missing": list(preview.missing),
        "cut": preview.cut or None,
        "warnings": [finding(each) for each in preview.warnings],
        "diagnostics": [],
        "error": None,
    }
    write_json(stream, plain(document))


def write_refused_preview(stream: TextIO, error: ArazzoError, workflow: str | None = None) -> None:
    """Write the object of a preview that `error` kept from being made; `workflow` is its id where that is known."""
    told = refusal_json(error, workflow)
    assert isinstance(told, dict)
    document = {
        "schemaVersion": SCHEMA_VERSION,
        "status": "refused",
        "workflow": workflow,
        "steps": [],
        "missing": [],
        "cut": None,
        "warnings": told["warnings"],
        "diagnostics": told["diagnostics"],
        "error": told["error"],
    }
    write_json(stream, document)


def _step(step: StepPreview) -> dict[str, Value]:
    span = step.span
    return {
        "id": step.step_id,
        "workflow": step.workflow,
        "path": list(step.path),
        "request": None if step.shown is None else _request(step.shown),
        "calls": step.calls or None,
        "reason": step.reason or None,
        "placeholders": list(step.placeholders),
        "remarks": list(step.remarks),
        "login": step.login or None,
        "wanted": step.wanted or None,
        "file": None if span is None else span.name or span.uri,
        "line": None if span is None else span.line,
        "column": None if span is None else span.column,
    }


def _request(request: Request) -> dict[str, Value]:
    return {
        "method": request.method,
        "url": request.url,
        "headers": [{"name": name, "value": value} for name, value in request.headers],
        "body": None if request.body is None else _body(request, request.body),
    }


def _body(request: Request, body: bytes) -> dict[str, Value]:
    text = sent_text(request)
    encoded = b64encode(body).decode("ascii") if text is None else None
    return {"bytes": len(body), "text": text, "base64": encoded}
