"""Binding a request body: its payload and its replacements, compiled (Arazzo 1.1, Request Body Object)."""

from __future__ import annotations

from arazzo_runner.document.model import Step
from arazzo_runner.expressions.embed import Place
from arazzo_runner.program.model import BoundBody
from arazzo_runner.program.unit import Unit
from arazzo_runner.sources.operations import Operation


def bind_body(unit: Unit, step: Step, operation: Operation | None) -> BoundBody | None:
    """Bind the request body of a step; None where it has none. `operation` is the step's target, if it was found."""
    body = step.request_body
    if body is None:
        return None
    if body.replacements:
        at = (*body.at, "replacements")
        unit.error("unsupported-replacements", f"step '{step.step_id}': replacements are not supported yet", at)
    payload = unit.value(body.payload, (*body.at, "payload"), Place.PAYLOAD) if body.has_payload else None
    media = operation.body.content if operation is not None and operation.body is not None else {}
    return BoundBody(body.content_type, payload, media, body.at)
