"""A request body as bytes (Arazzo 1.1, Request Body Object; OpenAPI 3.2, Media Type Object).

Bytes go out as they are in every content type. A string is text of that content type already, but for JSON: there a
string of the document that parses as JSON is sent as it stands, and any other string becomes a JSON string (BOD-08).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from arazzo_runner.sources.openapi import event_stream, media, multipart, shapes, urlencoded, xml
from arazzo_runner.sources.openapi.binary import json_of
from arazzo_runner.sources.openapi.scalars import Remark, Unserialisable, a_kind, json_text, scalar_text
from arazzo_runner.sources.operations import MediaType, Schema
from arazzo_runner.values import Value

_RECORD_SEPARATOR = "\x1e"
_XML_ENCODING = re.compile(r"""\A\ufeff?<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")


@dataclass(frozen=True, slots=True)
class EncodedBody:
    """A body as it is sent; `content_type` is the Content-Type header: as chosen, for multipart with its boundary."""

    content: bytes
    content_type: str
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A value in a media type that is text, before it is written in a charset."""

    text: str
    remarks: tuple[Remark, ...] = ()


def encode_body(
    content_type: str,
    payload: Value,
    described: MediaType | None = None,
    *,
    from_whole_expression: bool = False,
    boundary_seed: str = "",
    json_for_text: bool = False,
) -> EncodedBody | Unserialisable:
    """Encode a payload in its content type.

    `described` is the operation's Media Type Object for it, if there is one (`media.media_for`).
    `from_whole_expression`: the payload is what one expression gave, so a string is data, not text of the document.
    `json_for_text`: an object in a type that has no form for it is sent as JSON text, with a remark (BOD-15).
    The reason of an `Unserialisable` names the content type.
    """
    if isinstance(payload, bytes):
        return EncodedBody(payload, content_type)
    if media.is_multipart(content_type):
        done: EncodedBody | Unserialisable = _multipart(content_type, payload, described, boundary_seed)
    else:
        text = text_of(content_type, payload, described, from_whole_expression=from_whole_expression)
        lacks_form = isinstance(payload, dict | list) and not is_structured(content_type)
        if isinstance(text, Unserialisable) and json_for_text and lacks_form:
            text = _as_json(content_type, payload)
        done = text if isinstance(text, Unserialisable) else _in_charset(content_type, text)
    if isinstance(done, Unserialisable):
        return Unserialisable(f"body of {media.essence(content_type)}: {done.reason}")
    return done


def _multipart(
    content_type: str, payload: Value, described: MediaType | None, seed: str
) -> EncodedBody | Unserialisable:
    if isinstance(payload, str):
        return _written_multipart(content_type, payload)
    done = multipart.encode(content_type, payload, described, seed)
    if isinstance(done, Unserialisable):
        return done
    return EncodedBody(done.content, done.content_type, done.remarks)


def _written_multipart(content_type: str, payload: str) -> EncodedBody | Unserialisable:
    boundary = media.parameter(content_type, "boundary")
    if boundary is None or f"--{boundary}" not in payload:
        return Unserialisable("a string can be sent only where contentType names the boundary that the string uses")
    return _in_charset(content_type, Text(payload))


def text_of(
    content_type: str, payload: Value, described: MediaType | None, *, from_whole_expression: bool = False
) -> Text | Unserialisable:
    """Write a value in any media type that is no multipart; for a body, and for a parameter with `content`."""
    if media.is_json(content_type):
        return _json(payload, described.schema if described else None, from_whole_expression)
    if isinstance(payload, str):
        return _plain(payload, described)
    if media.essence(content_type) == urlencoded.MEDIA_TYPE:
        return _form(payload, described)
    if media.is_json_sequence(content_type) or media.is_json_lines(content_type):
        return _sequence(payload, _item_schema(described), media.is_json_sequence(content_type))
    if media.is_event_stream(content_type):
        events = event_stream.encode(payload, _item_schema(described))
        return events if isinstance(events, Unserialisable) else Text(events)
    if isinstance(payload, dict | list) or (
        media.is_xml(content_type) and described and xml.root_name(described.schema)
    ):
        return _structured(content_type, payload, described)
    return _plain(payload, described)


def _json(payload: Value, schema: Schema | None, whole: bool) -> Text | Unserialisable:
    if isinstance(payload, str) and not whole:
        if media.is_json_text(payload):
            return Text(payload)
        if payload.lstrip()[:1] in ("{", "["):
            message = "the text looks like JSON but does not parse: it was sent as a JSON string"
            encoded = json_text(payload)
            remark = Remark("body-broken-json", message)
            return encoded if isinstance(encoded, Unserialisable) else Text(encoded, (remark,))
    encoded = json_of(payload, schema)
    return encoded if isinstance(encoded, Unserialisable) else Text(encoded)


def _plain(payload: Value, described: MediaType | None) -> Text | Unserialisable:
    text = scalar_text(payload, described.schema if described else None)
    return text if isinstance(text, Unserialisable) else Text(text)


def _form(payload: Value, described: MediaType | None) -> Text | Unserialisable:
    if not isinstance(payload, dict):
        return Unserialisable(f"a form is made from an object or a string, not from {a_kind(payload)}")
    done = urlencoded.encode(payload, described)
    return done if isinstance(done, Unserialisable) else Text(done.text, done.remarks)


def _sequence(payload: Value, schema: Schema | None, separated: bool) -> Text | Unserialisable:
    """Write one JSON text an item (OpenAPI 3.2, Sequential Media Types); what is no array is a sequence of one."""
    lines = []
    for item in payload if isinstance(payload, list) else [payload]:
        text = json_of(item, schema)
        if isinstance(text, Unserialisable):
            return text
        lines.append(f"{_RECORD_SEPARATOR if separated else ''}{text}\n")
    return Text("".join(lines))


def _item_schema(described: MediaType | None) -> Schema | None:
    return described.item_schema or shapes.items_of(described.schema) if described else None


def _structured(content_type: str, payload: Value, described: MediaType | None) -> Text | Unserialisable:
    if media.is_xml(content_type):
        text = xml.encode(payload, described.schema if described else None)
        return text if isinstance(text, Unserialisable) else Text(text)
    if media.is_yaml(content_type):
        text = json_of(payload, described.schema if described else None)
        return text if isinstance(text, Unserialisable) else Text(text)
    return Unserialisable(f"{a_kind(payload)} has no form in this content type: give it as a string")


def is_structured(content_type: str) -> bool:
    """Tell whether a content type says how an object or array is written in it."""
    if media.is_multipart(content_type) or media.essence(content_type) == urlencoded.MEDIA_TYPE:
        return True
    kinds = (media.is_json, media.is_json_lines, media.is_json_sequence, media.is_yaml, media.is_xml)
    return any(is_one(content_type) for is_one in (*kinds, media.is_event_stream))


def _as_json(content_type: str, payload: Value) -> Text | Unserialisable:
    text = json_text(payload)
    message = f"{a_kind(payload)} has no form in {media.essence(content_type)}: it is sent as its JSON text"
    return text if isinstance(text, Unserialisable) else Text(text, (Remark("reading-BOD-15", message),))


def _in_charset(content_type: str, text: Text) -> EncodedBody | Unserialisable:
    declared = _XML_ENCODING.match(text.text) if media.is_xml(content_type) else None
    content = media.encoded(text.text, content_type, declared[1] if declared else "utf-8")
    return content if isinstance(content, Unserialisable) else EncodedBody(content, content_type, text.remarks)
