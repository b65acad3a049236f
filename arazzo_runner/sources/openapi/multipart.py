"""Bodies of multipart/* (RFC 2046, section 5.1; RFC 7578; OpenAPI 3.2, Encoding multipart Media Types).

An object gives named parts in the order of its members, an array gives parts by position; an array in an object gives
one part an item, all of one name. Null gives no part. Our choices where nothing is specified:

- bytes, and text for a property that the schema calls binary, are a file, and carry a file name, without which many
  servers take a part for a text field; the name is the property's own;
- a part of plain text goes without a Content-Type, as browsers do (text/plain is its default);
- parts of an object in another multipart than form-data are named as there, as OpenAPI 3.0 and 3.1 advise;
- a header of `encoding` is sent where its schema leaves one value: `const`, `default` or an `enum` of one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote_plus

from arazzo_runner.sources.openapi import media, shapes, urlencoded
from arazzo_runner.sources.openapi.headers import header_text, refused_header
from arazzo_runner.sources.openapi.scalars import Remark, Unserialisable, encodable, scalar_text
from arazzo_runner.sources.openapi.styles import expand
from arazzo_runner.sources.operations import MediaType, Schema
from arazzo_runner.values import JSON, Value

OCTETS = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Multipart:
    """An encoded multipart body, with the content type that names its boundary."""

    content: bytes
    content_type: str
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    content: bytes
    content_type: str = ""
    name: str | None = None
    filename: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


def encode(
    content_type: str, payload: Value, described: MediaType | None, boundary_seed: str
) -> Multipart | Unserialisable:
    """Encode an object or array as parts (BOD-14).

    The boundary is the one that `content_type` names, else it follows from `boundary_seed`: the same seed and payload
    give the same bytes. The reason of an `Unserialisable` names the part.
    """
    parts: list[_Part] = []
    for part in _parts(content_type, payload, described):
        if isinstance(part, Unserialisable):
            return part
        parts.append(part)
    named = media.parameter(content_type, "boundary")
    heads = [_head(part) for part in parts]
    boundary = named or _boundary(boundary_seed, [*heads, *(part.content for part in parts)])
    if named and any(f"--{named}".encode() in part.content for part in parts):
        return Unserialisable(f"the boundary '{named}' of the content type occurs inside a part")
    mark = f"--{boundary}".encode()
    body = b"".join(
        mark + b"\r\n" + head + b"\r\n" + part.content + b"\r\n" for head, part in zip(heads, parts, strict=True)
    )
    whole = content_type if named else f"{content_type}; boundary={boundary}"
    return Multipart(body + mark + b"--\r\n", whole)


def _parts(content_type: str, payload: Value, described: MediaType | None) -> Iterator[_Part | Unserialisable]:
    match payload:
        case dict():
            for name, value in payload.items():
                yield from _named_parts(name, value, described)
        case list() if media.essence(content_type) == "multipart/form-data":
            for index, item in enumerate(payload):
                if not isinstance(item, dict) or len(item) != 1:
                    yield Unserialisable(f"part {index}: a part of multipart/form-data is an object of one member")
                    return
                for name, value in item.items():
                    yield from _named_parts(name, value, described)
        case list():
            for index, item in enumerate(payload):
                yield _explained(f"part {index}", _part(item, None, _item_schema(described, index), None))
        case _:
            yield Unserialisable(f"a body of {media.essence(content_type)} is made from an object or an array")


def _item_schema(described: MediaType | None, index: int) -> Schema | None:
    return shapes.item_of(described.schema, index) or described.item_schema if described else None


def _named_parts(name: str, value: Value, described: MediaType | None) -> Iterator[_Part | Unserialisable]:
    encoding = described.encoding.get(name) if described else None
    schema = shapes.property_of(described.schema, name) if described else None
    unfit = encodable(name)
    if isinstance(unfit, Unserialisable):
        yield unfit
    elif urlencoded.by_style(encoding):
        yield from _styled_parts(name, value, encoding, schema)
    else:
        for item, inner in urlencoded.items(value, schema):
            yield _explained(f"part '{name}'", _part(item, encoding, inner, name))


def _styled_parts(name: str, value: Value, encoding: JSON, schema: Schema | None) -> Iterator[_Part | Unserialisable]:
    """Lay a value out by style; percent-encoding, which only keeps the pieces apart, is taken off again."""
    place = urlencoded.style_place(name, encoding, schema)
    done = place if isinstance(place, Unserialisable) else expand(place, value)
    if isinstance(done, Unserialisable):
        yield Unserialisable(f"part '{name}': {done.reason}")
        return
    for piece in done.pieces:
        key, _, text = piece.partition("=")
        yield _Part(unquote_plus(text).encode(), name=unquote_plus(key))


def _explained(where: str, part: _Part | Unserialisable) -> _Part | Unserialisable:
    return Unserialisable(f"{where}: {part.reason}") if isinstance(part, Unserialisable) else part


def _part(value: Value, encoding: JSON, schema: Schema | None, name: str | None) -> _Part | Unserialisable:
    declared = urlencoded.declared_type(encoding)
    headers = _headers(encoding)
    if isinstance(headers, Unserialisable):
        return headers
    if isinstance(value, bytes) or (isinstance(value, str) and shapes.is_binary(schema)):
        content = _file_content(value, schema)
        if isinstance(content, Unserialisable):
            return content
        return _Part(content, declared or _schema_type(schema) or OCTETS, name, name, headers)
    kind = declared or _default_type(value, schema)
    text = urlencoded.content_text(value, kind, schema, name or "")
    content = text if isinstance(text, Unserialisable) else media.encoded(text, kind)
    return content if isinstance(content, Unserialisable) else _Part(content, kind, name, None, headers)


def _file_content(value: bytes | str, schema: Schema | None) -> bytes | Unserialisable:
    if isinstance(value, bytes) and not shapes.content_encoding(schema):
        return value
    text = scalar_text(value, schema)
    return text if isinstance(text, Unserialisable) else text.encode()


def _schema_type(schema: Schema | None) -> str:
    named = shapes.keyword(schema, "contentMediaType")
    return named if isinstance(named, str) and media.is_media_type(named) else ""


def _default_type(value: Value, schema: Schema | None) -> str:
    """Return the default content type of a part (OpenAPI 3.2, Encoding Object: contentType); empty: text/plain."""
    if isinstance(value, list | dict):
        return "application/json"
    return OCTETS if isinstance(value, str) and shapes.keyword(schema, "contentEncoding") else ""


def _headers(encoding: JSON) -> tuple[tuple[str, str], ...] | Unserialisable:
    declared = encoding.get("headers") if isinstance(encoding, dict) else None
    headers: list[tuple[str, str]] = []
    for name, header in (declared if isinstance(declared, dict) else {}).items():
        value = _only_value(header)
        if name.lower() in ("content-type", "content-disposition") or value is None:
            continue
        text = _header_value(name, value)
        if isinstance(text, Unserialisable):
            return Unserialisable(f"header {name}: {text.reason}")
        headers.append((name, text))
    return tuple(headers)


def _header_value(name: str, value: Value) -> str | Unserialisable:
    refused = refused_header(name)
    if refused is not None:
        return Unserialisable(refused)
    text = scalar_text(value)
    return text if isinstance(text, Unserialisable) else header_text(text)


def _only_value(header: JSON) -> Value:
    schema = header.get("schema") if isinstance(header, dict) else None
    if not isinstance(schema, dict):
        return None
    values = schema.get("enum")
    only = values[0] if isinstance(values, list) and len(values) == 1 else None
    found: Value = schema.get("const", schema.get("default", only))  # type: ignore[assignment]  # dict is invariant
    return found


def _head(part: _Part) -> bytes:
    lines = []
    if part.name is not None:
        filename = "" if part.filename is None else f'; filename="{_quoted(part.filename)}"'
        lines.append(f'Content-Disposition: form-data; name="{_quoted(part.name)}"{filename}')
    if part.content_type:
        lines.append(f"Content-Type: {part.content_type}")
    lines += [f"{name}: {value}" for name, value in part.headers]
    return "".join(f"{line}\r\n" for line in lines).encode()


def _quoted(name: str) -> str:
    """Escape a name as HTML forms do (WHATWG HTML, multipart/form-data; RFC 7578, section 2)."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _boundary(seed: str, contents: list[bytes]) -> str:
    attempt = 0
    while True:
        boundary = hashlib.sha256(f"{seed}\n{attempt}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
        if not any(boundary.encode() in content for content in contents):
            return boundary
        attempt += 1
