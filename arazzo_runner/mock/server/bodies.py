"""The body of a request, read back into the value that was sent (OpenAPI 3.2, Media Type Object)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from typing import Final
from urllib.parse import unquote_plus

from arazzo_runner.engine.outcomes import Response
from arazzo_runner.engine.response import receive
from arazzo_runner.mock.server.limits import MAX_FIELDS
from arazzo_runner.mock.server.parameters import nested, pairs_of, typed
from arazzo_runner.sources.openapi import media, shapes, urlencoded
from arazzo_runner.sources.operations import MediaType, Schema
from arazzo_runner.values import Nothing, Value

_NONE: Final = Nothing("the request has no body")


@dataclass(frozen=True, slots=True)
class ReadBody:
    """What a body holds, or why it can't be read as what it says it is (`fault`, a clause)."""

    value: Value | Nothing
    fault: str = ""


def read_body(content: bytes, content_type: str, described: MediaType | None) -> ReadBody:
    """Read a body; `described` is the operation's Media Type Object for it, if there is one. Never raises.

    Forms and parts of multipart bodies are typed by the schema; files are bytes.
    """
    if not content:
        return ReadBody(_NONE)
    schema = described.schema if described is not None else None
    if media.essence(content_type) == urlencoded.MEDIA_TYPE:
        return _form(content, schema)
    if media.is_multipart(content_type):
        return _multipart(content, content_type, schema)
    received, doubt = receive(Response(200, (("content-type", content_type),), content))
    value = received.body
    if not isinstance(value, str) or media.is_xml(content_type):
        return ReadBody(value)
    if media.is_json(content_type):
        return ReadBody(value, f"it is no JSON: {_json_fault(value)}" if doubt else "")
    read = typed(value, schema)
    # YAML that is no JSON is not taken apart, so it is not judged either: bytes never are.
    return ReadBody(content if media.is_yaml(content_type) and isinstance(read, str) else read)


def _json_fault(text: str) -> str:
    try:
        json.loads(text)
    except RecursionError:
        return "it is nested too deeply"
    except ValueError as fault:
        return str(fault)
    return "it holds what JSON does not have"


def _form(content: bytes, schema: Schema | None) -> ReadBody:
    try:
        raw = pairs_of(content.decode("utf-8", "replace").split("&"))
    except ValueError as fault:
        return ReadBody(_NONE, str(fault))
    pairs = [(name, unquote_plus(text)) for name, text in raw]
    found: dict[str, Value] = {}
    for name, text in pairs:
        head, bracket, _ = name.partition("[")
        if bracket and name.endswith("]") and head:
            if head not in found:
                part = nested(pairs, head, shapes.property_of(schema, head))
                found[head] = text if isinstance(part, Nothing) else part
        else:
            _add(found, name, text, shapes.property_of(schema, name))
    return ReadBody(found)


def _add(found: dict[str, Value], name: str, value: str | bytes, described: Schema | None) -> None:
    """Put a field in; what comes again, and what its schema calls an array, is an array."""
    is_array = "array" in shapes.types(described)
    items = shapes.items_of(described) if is_array else described
    read: Value = value if isinstance(value, bytes) else typed(value, items)
    known = found.get(name)
    if is_array and isinstance(read, list):  # the whole array in one field, as JSON
        found[name] = read
    elif name not in found:
        if is_array and isinstance(value, str):
            whole = _json_array(value)
            found[name] = whole if whole is not None else [read]
        else:
            found[name] = [read] if is_array else read
    elif isinstance(known, list):
        known.append(read)
    else:
        found[name] = [known, read]


def _json_array(text: str) -> Value | None:
    if not text.startswith("["):
        return None
    try:
        found: Value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) else None


def _multipart(content: bytes, content_type: str, schema: Schema | None) -> ReadBody:
    if not media.parameter(content_type, "boundary"):
        return ReadBody(_NONE, "its Content-Type names no boundary")
    head = f"Content-Type: {content_type}\r\n\r\n".encode("utf-8", "replace")
    try:
        parsed = BytesParser(EmailMessage, policy=policy.HTTP).parsebytes(head + content)
        parts = [each for each in parsed.get_payload() if isinstance(each, Message)] if parsed.is_multipart() else []
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as fault:
        return ReadBody(_NONE, f"it can't be taken apart: {type(fault).__name__}")
    if not parts or len(parts) > MAX_FIELDS:
        return ReadBody(_NONE, "it has no parts with that boundary" if not parts else f"more than {MAX_FIELDS} parts")
    if media.essence(content_type) != "multipart/form-data":
        return ReadBody([_part(each, None) for each in parts])
    found: dict[str, Value] = {}
    for part in parts:
        name = part.get_param("name", header="content-disposition")
        described = shapes.property_of(schema, str(name))
        value = _part(part, described)
        if isinstance(value, str | bytes):
            _add(found, str(name), value, described)
        else:
            found[str(name)] = value
    return ReadBody(found)


def _part(part: Message, described: Schema | None) -> Value:
    """Read a part: JSON as data, text as text, a file and anything else as bytes."""
    raw = part.get_payload(decode=True)
    content = raw if isinstance(raw, bytes) else b""
    kind = part.get_content_type() if "content-type" in part else ""
    if media.is_json(kind):
        received, _ = receive(Response(200, (("content-type", kind),), content))
        return received.body if not isinstance(received.body, Nothing) else ""
    if part.get_filename() is not None or shapes.is_binary(described) or (kind and not kind.startswith("text/")):
        return content
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content
