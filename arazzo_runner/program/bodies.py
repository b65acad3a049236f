"""Binding a request body: its payload and its replacements, compiled (Arazzo 1.1, Request Body Object).

What a body is to the targets of replacements (`BodyForm`) is decided by its content type. That is often known before
the run; then a target that can't be meant there is told before the first request (RPL-06, RPL-07).
"""

from __future__ import annotations

from collections.abc import Iterable

from arazzo_runner.document.model import RequestBody, Step
from arazzo_runner.expressions.embed import Place
from arazzo_runner.expressions.grammar import Remark
from arazzo_runner.expressions.template import CompiledValue, Constant, ListValue, ObjectValue, Template
from arazzo_runner.program.model import BoundBody, BoundParameter
from arazzo_runner.program.replacements import bind_replacements
from arazzo_runner.program.unit import Unit
from arazzo_runner.query.target import BodyForm
from arazzo_runner.sources.openapi import media, urlencoded
from arazzo_runner.sources.openapi.bodies import is_structured
from arazzo_runner.sources.openapi.media import choose_content_type
from arazzo_runner.sources.openapi.scalars import Unserialisable
from arazzo_runner.sources.operations import Operation
from arazzo_runner.values import Value


def bind_body(
    unit: Unit, step: Step, operation: Operation | None, parameters: Iterable[BoundParameter] = ()
) -> BoundBody | None:
    """Bind the request body of a step; None where it has none.

    `operation` is the step's target, if it was found; `parameters` are those of the call.
    """
    body = step.request_body
    if body is None:
        return None
    payload = unit.value(body.payload, (*body.at, "payload"), Place.PAYLOAD) if body.has_payload else None
    offered = operation.body.content if operation is not None and operation.body is not None else {}
    form = _known_form(body, payload, operation, parameters) if body.replacements else None
    replacements = bind_replacements(unit, body, form)
    if isinstance(payload, ObjectValue | ListValue) or _is_structure(payload):
        _remark_text(unit, body, operation)
    return BoundBody(
        _content_type(body, operation), payload, offered, body.at, replacements, literal=unit.dialect.strict
    )


def _is_structure(payload: CompiledValue | None) -> bool:
    return isinstance(payload, Constant) and isinstance(payload.value, dict | list)


def _remark_text(unit: Unit, body: RequestBody, operation: Operation | None) -> None:
    """Warn of an object or array in a content type that has no form for it: it goes as JSON text (BOD-15)."""
    chosen = choose_content_type(_content_type(body, operation), operation.body if operation is not None else None, {})
    if unit.dialect.strict or isinstance(chosen, Unserialisable) or is_structured(chosen.value):
        return
    message = f"an object or array has no form in {media.essence(chosen.value)}: it is sent as its JSON text"
    unit.remark(Remark("reading-BOD-15", message, 0, "a text, or name a content type with structure"), body.at)


def _content_type(body: RequestBody, operation: Operation | None) -> str | None:
    """Return what is sent for the content type; a range has been told with the document, and is settled here (P17)."""
    given = body.content_type
    if given is None or not media.is_range(given):
        return given
    return media.meant_by_range(given, operation.body if operation is not None else None)


def body_form(content_type: str) -> BodyForm:
    """Return what a body of a content type is to the targets of replacements (RPL-03, RPL-04)."""
    if media.is_xml(content_type):
        return BodyForm.XML
    if media.essence(content_type) == urlencoded.MEDIA_TYPE or media.is_multipart(content_type):
        return BodyForm.DATA
    structured = (media.is_json, media.is_json_lines, media.is_json_sequence, media.is_yaml)
    return BodyForm.DATA if any(is_one(content_type) for is_one in structured) else BodyForm.TEXT


def _known_form(
    body: RequestBody, payload: CompiledValue | None, operation: Operation | None, parameters: Iterable[BoundParameter]
) -> BodyForm | None:
    """Return the form of the body if it is the same whatever the values of the run."""
    given: str | None = body.content_type
    for parameter in parameters:
        if parameter.location == "header" and parameter.name.lower() == "content-type":
            if not isinstance(parameter.value, Constant) or not isinstance(parameter.value.value, str):
                return None
            given = parameter.value.value
    if operation is None and given is None:
        return None
    declared = operation.body if operation is not None else None
    chosen = [choose_content_type(given, declared, sample) for sample in _samples(payload)]
    forms = {None if isinstance(one, Unserialisable) else body_form(one.value) for one in chosen}
    return forms.pop() if len(forms) == 1 else None


def _samples(payload: CompiledValue | None) -> tuple[Value, ...]:
    """Return a value of each kind that the payload can become."""
    match payload:
        case Constant(value):
            return (value,)  # type: ignore[return-value]  # JSON is a Value; lists are only invariant
        case None | ObjectValue() | ListValue():
            return ({},)
        case Template():
            return ("",)
        case _:
            return ({}, "", b"")
