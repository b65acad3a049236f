"""body-mismatch: a body that can't be as the API description says, whatever its expressions give.

body-content-type: a body of a content type that the operation does not offer.

What: a member that the schema requires is not in the payload; a constant is not as its schema says; an expression
whose type is known (a declared input, a place of a declared answer, a status) is of another type; or the `contentType`
is none of those that the operation lists. Expressions of which nothing is known count as anything. A text for a JSON
content type is judged as the JSON that it holds. Not judged here are texts with expressions in them, texts for other
content types, and payloads with `replacements`: a run compares what becomes of them.
Why: the API will most likely refuse the request. It is sent all the same: descriptions are often stricter than servers.
Example: `payload: {qty: many}` where the schema has `qty: {type: integer}`.
Instead: write the body as the description has it, or correct the description.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from arazzo_runner.contract.places import keyword_place
from arazzo_runner.contract.schemas import Wrong
from arazzo_runner.contract.shown import pointed, shown
from arazzo_runner.diagnostics import Diagnostic, Related
from arazzo_runner.document.model import Step
from arazzo_runner.expressions.template import Constant, Template
from arazzo_runner.program.model import BoundBody, OperationCall
from arazzo_runner.sources.openapi.media import choose_content_type, is_json, is_json_text, media_for
from arazzo_runner.sources.openapi.scalars import Unserialisable
from arazzo_runner.sources.operations import Schema
from arazzo_runner.validate.constants import Known, known
from arazzo_runner.validate.subject import Subject
from arazzo_runner.validate.types import type_given
from arazzo_runner.values import Path, Value

_STRUCTURE = frozenset(("required", "additionalProperties"))
"""Keywords that count where a body is no JSON: there values travel as text."""


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find bodies that do not fit what their operation takes (BOD-01, BOD-02)."""
    for step, _, call in subject.calls():
        declared, body = call.operation.body, call.body
        if declared is None or not declared.content or body is None or body.payload is None or body.replacements:
            continue
        if any(one.location == "header" and one.name.lower() == "content-type" for one in call.parameters):
            continue
        yield from _judged(subject, step, call, body)


def _judged(subject: Subject, step: Step, call: OperationCall, body: BoundBody) -> Iterator[Diagnostic]:
    assert body.payload is not None
    assert call.operation.body is not None
    told = known(body.payload, partial(type_given, subject, step.step_id))
    is_text = _is_text(body)
    chosen = choose_content_type(body.content_type, call.operation.body, told.value)
    if isinstance(chosen, Unserialisable):
        return
    media = media_for(call.operation.body, chosen.value)
    if media is None:
        if body.content_type is not None and "*" not in body.content_type:
            yield _not_offered(subject, step, call, body)
    elif media.schema is not None:
        is_data = is_json(chosen.value)
        if is_text and is_data and isinstance(told.value, str) and isinstance(body.payload, Constant):
            told = Known(_as_sent(told.value))
        elif is_text:
            return
        for wrong in subject.schemas.wrong(media.schema, told.value):
            if told.counts(wrong) and (is_data or (wrong.keyword and wrong.keyword[-1] in _STRUCTURE)):
                yield _wrong(subject, step, body, media.schema, told, wrong, () if is_text else wrong.at)


def _is_text(body: BoundBody) -> bool:
    """Tell whether the payload is a text: it may be that of a JSON value."""
    return isinstance(body.payload, Template) or (
        isinstance(body.payload, Constant) and isinstance(body.payload.value, str)
    )


def _as_sent(text: str) -> Value:
    """Return what a text is as the body of a JSON content type: the JSON that it holds, else itself (BOD-08)."""
    found: Value = json.loads(text) if is_json_text(text) else text
    return found


def _not_offered(subject: Subject, step: Step, call: OperationCall, body: BoundBody) -> Diagnostic:
    assert call.operation.body is not None
    what = f"{call.operation.method} {call.operation.path}"
    message = f"step '{step.step_id}' sends '{body.content_type}', which {what} does not offer"
    help = f"offered: {', '.join(call.operation.body.content)}"
    found = subject.warning("body-content-type", message, (*body.at, "contentType"), help)
    place = call.operation.document.span((*call.operation.body.at, "content"))
    return replace(found, related=(Related("the description says so here", place),))


def _wrong(
    subject: Subject, step: Step, body: BoundBody, schema: Schema, told: Known, wrong: Wrong, place: Path
) -> Diagnostic:
    kind = told.typed.get(wrong.at)
    what = f"of type {kind}" if kind is not None else shown(told.value, wrong.at)
    message = f"step '{step.step_id}': the body{pointed(wrong.at)} is {what}: {wrong.message}"
    document, at = keyword_place(schema, wrong.keyword)
    help = "write it as the API description has it, or correct the description"
    found = subject.warning("body-mismatch", message, (*body.at, "payload", *place), help)
    return replace(found, related=(Related("the description says so here", document.span(at)),))
