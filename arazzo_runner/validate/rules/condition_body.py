"""condition-body: a criterion wants a body, or a part of one, that its schema forbids.

What: the condition of a success criterion is an object or a list, to be equal to the body of the answer or a part of it
(practical reading P8), and that value does not satisfy the schema which the API description has for it.
Why: if the API keeps to its description the step can only fail. The mock keeps to it.
Example: `{context: $response.body, condition: '{"state": "opn"}'}` where `state` has `enum: [open, done]`.
Instead: write a body that the description allows, or correct the schema if the API does answer so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from arazzo_runner.contract.places import keyword_place
from arazzo_runner.contract.schemas import Wrong
from arazzo_runner.contract.shown import pointed, shown
from arazzo_runner.diagnostics import Diagnostic, Related
from arazzo_runner.document.model import Criterion
from arazzo_runner.expressions.grammar import Exchange
from arazzo_runner.program.model import BoundStep, OperationCall
from arazzo_runner.sources.operations import Operation, Schema
from arazzo_runner.validate.responses import expects_error, in_json
from arazzo_runner.validate.subject import Subject
from arazzo_runner.values import Path, Value


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find whole bodies that criteria want and descriptions forbid."""
    for step, bound in subject.steps():
        if not isinstance(bound.call, OperationCall) or expects_error(step):
            continue
        for criterion in step.success_criteria:
            value, way = _wanted(criterion, bound)
            wrong = _wrong(subject, bound.call.operation, way, value) if way is not None else None
            if wrong is not None:
                yield _never(subject, step.step_id, criterion, value, *wrong)


def _wanted(criterion: Criterion, bound: BoundStep) -> tuple[Value, Path | None]:
    """Return the object or list that a criterion is, and the way through the body to what it is compared with."""
    if criterion.type.type != "simple" or not criterion.condition.lstrip().startswith(("{", "[")):
        return None, None
    checks = [one for one in bound.criteria if one.condition == criterion.condition]
    try:
        value: Value = json.loads(criterion.condition)
    except (ValueError, RecursionError):
        return None, None
    context = checks[0].expressions[0] if checks and len(checks[0].expressions) == 1 else None
    if not isinstance(context, Exchange) or (context.side, context.part) != ("response", "body"):
        return None, None
    return value, (*(context.pointer or ()), *context.navigation)


def _wrong(subject: Subject, operation: Operation, way: Path, value: Value) -> tuple[Schema, Wrong] | None:
    """Return what the first schema of a place says against a value, where none of them allows it."""
    faults = [(schema, subject.answers.wrong(schema, value)) for schema in in_json(operation, way)]
    if not faults or not all(wrong for _, wrong in faults):
        return None
    schema, (first, *_) = faults[0]
    return schema, first


def _never(
    subject: Subject, step_id: str, criterion: Criterion, value: Value, schema: Schema, wrong: Wrong
) -> Diagnostic:
    document, at = keyword_place(schema, wrong.keyword)
    what = f"{pointed(wrong.at) or 'the whole'} is {shown(value, wrong.at)}: {wrong.message}"
    message = f"a criterion of step '{step_id}' wants a body that its description forbids: {what}"
    help = "write a body that the description allows, or correct the schema if the API does answer so"
    found = subject.warning("condition-body", message, (*criterion.at, "condition"), help)
    return replace(found, related=(Related("the description says so here", document.span(at)),))
