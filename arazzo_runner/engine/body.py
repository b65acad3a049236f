"""Building the body of a request: payload evaluated, replacements made in it, encoded in its content type.

A payload of text is filled in, read, and then replaced in (RPL-09): JSON as data, a form as its fields, XML as a
document. An object that is sent as XML is written as the API description says before XPath finds its place. What comes
out is what is sent and what `$request.body` gives (RES-06).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never
from urllib.parse import parse_qsl

from arazzo_runner.engine.gaps import gap_doubts
from arazzo_runner.engine.separators import separator_doubts
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.expressions.template import Selected, Template, Whole, fill, fill_as_json
from arazzo_runner.program.bodies import body_form
from arazzo_runner.program.model import BoundBody, OperationCall
from arazzo_runner.query.target import BodyForm
from arazzo_runner.sources.openapi import media, urlencoded
from arazzo_runner.sources.openapi.bodies import encode_body, text_of
from arazzo_runner.sources.openapi.media import choose_content_type, is_json, media_for
from arazzo_runner.sources.openapi.scalars import Remark, Unserialisable
from arazzo_runner.sources.operations import MediaType
from arazzo_runner.values import Nothing, Value

if TYPE_CHECKING:
    from arazzo_runner.query.replacement import Replacement

MAX_FORM_FIELDS = 10_000
"""Fields of a form that is written as text and replaced in."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body as it is sent, or none (`content` is None); `value` is what expressions see of it."""

    content: bytes | None = None
    content_type: str = ""
    value: Value | Nothing = Nothing("the request has no body")
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Payload:
    """A payload, evaluated. `is_data`: a string in it is no text of the document, but a value (BOD-08)."""

    value: Value
    is_data: bool


def build_body(call: OperationCall, scope: Scope, seed: str, written: str | None) -> Body | Unserialisable:
    """Build the body of an operation call (BOD-02 to BOD-21, RPL-08 to RPL-16).

    No payload, or an absent optional input, is no body, unless there are replacements: they start with an empty
    object then (RPL-11). `seed` makes boundaries the same in a replay. `written` is the Content-Type that a header
    parameter sets: it wins over `contentType`.
    """
    body = call.body
    if body is None or (body.payload is None and not body.replacements):
        return Body()
    value = _filled(body, scope)
    if isinstance(value, Nothing) and not value.optional:
        return Unserialisable(f"the body has no value: {value.reason}")
    if isinstance(value, Nothing) and not body.replacements:
        required = call.operation.body is not None and call.operation.body.required
        return Unserialisable(f"the body has no value: {value.reason}") if required else Body()
    return _build(call, body, scope, value, seed, written)


def _filled(body: BoundBody, scope: Scope) -> Value | Nothing:
    return Nothing("there is no payload", optional=True) if body.payload is None else fill(body.payload, scope)


def _build(
    call: OperationCall, body: BoundBody, scope: Scope, value: Value | Nothing, seed: str, written: str | None
) -> Body | Unserialisable:
    absent = isinstance(value, Nothing)
    start: Value = {} if isinstance(value, Nothing) else value
    chosen = choose_content_type(written or body.content_type, call.operation.body, start)
    if isinstance(chosen, Unserialisable):
        return chosen
    described = media_for(call.operation.body, chosen.value)
    text = start if absent else _json_template(body, chosen.value, scope, start)
    if isinstance(text, Nothing):
        return Unserialisable(f"the body has no value: {text.reason}")
    payload = _Payload(text, isinstance(body.payload, Whole | Selected))
    if body.replacements:
        replaced = _replaced(body, chosen.value, described, payload, scope, absent=absent)
        if isinstance(replaced, Nothing):
            return Unserialisable(replaced.reason)
        payload = replaced
    encoded = encode_body(
        chosen.value,
        payload.value,
        described,
        from_whole_expression=payload.is_data,
        boundary_seed=seed,
        json_for_text=not body.literal,
    )
    if isinstance(encoded, Unserialisable):
        return encoded
    seen = _seen(payload.value, encoded.content, encoded.content_type)
    form = media.essence(chosen.value) == urlencoded.MEDIA_TYPE
    doubts = separator_doubts(body.payload, scope, "a form") if form else ()
    gaps = gap_doubts(body.payload, scope)
    remarks = (*_texts(chosen.remarks), *_texts(encoded.remarks), *_overruled(body, written), *gaps, *doubts)
    return Body(encoded.content, encoded.content_type, seen, remarks)


def _overruled(body: BoundBody, written: str | None) -> tuple[str, ...]:
    if written and body.content_type and written != body.content_type:
        return (f"the header parameter Content-Type wins over the contentType '{body.content_type}'",)
    return ()


def _texts(remarks: tuple[Remark, ...]) -> list[str]:
    return [remark.message for remark in remarks]


def _json_template(body: BoundBody, content_type: str, scope: Scope, value: Value) -> Value | Nothing:
    """Fill a text that is to be JSON so that it stays JSON (BOD-08 to BOD-10); any other value is as it was filled."""
    if isinstance(body.payload, Template) and is_json(content_type):
        return fill_as_json(body.payload, scope)
    return value


def _seen(value: Value, content: bytes, content_type: str) -> Value:
    """Return the body as `$request.body` reads it: JSON text of the document as the data it is (RES-06)."""
    if not isinstance(value, str) or not is_json(content_type):
        return value
    parsed = _parsed(content)
    return value if isinstance(parsed, Nothing) else parsed


# ---------------------------------------------------------------- replacements


def _replaced(
    body: BoundBody, content_type: str, described: MediaType | None, payload: _Payload, scope: Scope, *, absent: bool
) -> _Payload | Nothing:
    """Make the replacements of a body in its payload; `absent` if there is none, and an empty object stands for it."""
    from arazzo_runner.query.replacement import replace_in_data, replace_in_xml  # brings what looks into values

    form = body_form(content_type)
    if absent and form is BodyForm.XML:
        return Nothing("replacements in XML need a payload to be made in")
    replacements = _found(body, form, scope)
    if isinstance(replacements, Nothing):
        return replacements
    if not replacements:
        return payload
    match form:
        case BodyForm.XML:
            text = _xml(content_type, payload.value, described)
            done = text if isinstance(text, Nothing) else replace_in_xml(text, replacements)
        case BodyForm.DATA:
            data = _data(content_type, payload.value)
            done = data if isinstance(data, Nothing) else replace_in_data(data, replacements, grow=absent)
        case BodyForm.TEXT:
            return Nothing(f"nothing can be replaced in a body of {media.essence(content_type)}: it has no structure")
        case _:
            assert_never(form)
    return done if isinstance(done, Nothing) else _Payload(done, is_data=True)


def _found(body: BoundBody, form: BodyForm, scope: Scope) -> list[Replacement] | Nothing:
    """Evaluate targets and values; where an optional input was not given, the replacement is left out (BOD-17, P14)."""
    from arazzo_runner.query.replacement import Replacement  # as above

    found: list[Replacement] = []
    for one in body.replacements:
        value = fill(one.value, scope)
        if isinstance(value, Nothing) and value.optional:
            continue
        target = one.find(form, scope)
        if isinstance(target, Nothing):
            return Nothing(f"the replacement at '{one.target}' can't be made: {target.reason}")
        if isinstance(value, Nothing):
            return Nothing(f"the replacement at '{one.target}' has no value: {value.reason}")
        found.append(Replacement(one.target, target, value))
    return found


def _xml(content_type: str, payload: Value, described: MediaType | None) -> str | bytes | Nothing:
    """Return a payload as the XML that it is sent as."""
    if isinstance(payload, str | bytes):
        return payload
    written = text_of(content_type, payload, described)
    return Nothing(written.reason) if isinstance(written, Unserialisable) else written.text


def _data(content_type: str, payload: Value) -> Value | Nothing:
    """Return a payload as data; text is read as what it is sent as."""
    if not isinstance(payload, str | bytes):
        return payload
    name = media.essence(content_type)
    if media.is_json(content_type):
        return _parsed(payload)
    if name == urlencoded.MEDIA_TYPE and isinstance(payload, str):
        return _fields(payload)
    return Nothing(f"nothing can be replaced in a payload of {name} that is text: write it as an object")


def _parsed(text: str | bytes) -> Value | Nothing:
    try:
        parsed: Value = json.loads(text)
    except (ValueError, RecursionError):
        return Nothing("nothing can be replaced in the payload: it is text, and no JSON")
    return parsed


def _fields(text: str) -> Value | Nothing:
    """Read a form that is written as text; a field that comes several times is an array."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FORM_FIELDS)
    except ValueError:
        return Nothing(f"nothing can be replaced in the payload: it has more than {MAX_FORM_FIELDS:,} fields")
    fields: dict[str, list[Value]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in fields.items()}
