"""The JSON type that an expression gives, where the documents say so: a status, a header, a declared input or answer.

Steps are followed to what their outputs read. Only one type counts: what may be one or the other is not known.
"""

from __future__ import annotations

from typing import Final

from arazzo_runner.expressions.grammar import (
    Exchange,
    Expression,
    Input,
    Method,
    Self,
    StatusCode,
    StepOutput,
    Url,
)
from arazzo_runner.expressions.template import Whole
from arazzo_runner.program.model import BoundStep, OperationCall
from arazzo_runner.validate.responses import in_answers
from arazzo_runner.validate.shapes import types_of
from arazzo_runner.validate.subject import Subject
from arazzo_runner.values import JSON, Path

MAX_FOLLOWED: Final = 20
"""Outputs that read outputs, one after the other, that are followed."""

JSON_TYPES: Final = frozenset(("string", "integer", "number", "boolean", "null", "object", "array"))


def type_given(subject: Subject, step_id: str | None, expression: Expression, depth: int = 0) -> str | None:
    """Return the type of what an expression gives to a step; None where it is not known, or is one of several."""
    if depth > MAX_FOLLOWED:
        return None
    match expression:
        case StatusCode(navigation=()):
            return "integer"
        case Url(navigation=()) | Method(navigation=()) | Self(navigation=()):
            return "string"
        case Exchange(side="response", part="header", navigation=()):
            return "string"
        case Exchange(side="response", part="body"):
            way = (*(expression.pointer or ()), *expression.navigation)
            return _in_answer(subject, step_id, way)
        case Input(name=name, pointer=None, navigation=()):
            return _single(subject.bound.inputs.properties.get(name))
        case StepOutput(step=giver, name=name):
            more = (*(expression.pointer or ()), *expression.navigation)
            return _output(subject, giver, name, more, depth)
    return None


def _in_answer(subject: Subject, step_id: str | None, way: Path) -> str | None:
    step = _step(subject, step_id)
    if step is None or not isinstance(step.call, OperationCall):
        return None
    found = in_answers(step.call.operation, way)
    told = {types_of(schema) for schema in found.schemas}
    if len(told) != 1 or found.anything:
        return None
    types = told.pop()
    return next(iter(types)) if types is not None and len(types) == 1 and types <= JSON_TYPES else None


def _output(subject: Subject, giver: str, name: str, more: Path, depth: int) -> str | None:
    step = _step(subject, giver)
    compiled = dict(step.outputs).get(name) if step is not None else None
    if not isinstance(compiled, Whole):
        return None
    inner = compiled.expression
    if not more:
        return type_given(subject, giver, inner, depth + 1)
    if isinstance(inner, Exchange) and (inner.side, inner.part) == ("response", "body"):
        return _in_answer(subject, giver, (*(inner.pointer or ()), *inner.navigation, *more))
    return None


def _step(subject: Subject, step_id: str | None) -> BoundStep | None:
    index = subject.bound.positions.get(step_id or "")
    return subject.bound.steps[index] if index is not None else None


def _single(schema: JSON) -> str | None:
    """Return the type that an input's schema names, if it names one and nothing more complicated."""
    if not isinstance(schema, dict) or any(key in schema for key in ("$ref", "allOf", "anyOf", "oneOf", "if", "not")):
        return None
    written = schema.get("type")
    return written if isinstance(written, str) and written in JSON_TYPES else None
