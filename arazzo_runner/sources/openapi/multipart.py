"""Bodies of multipart/* (RFC 2046, section 5.1; RFC 7578; OpenAPI 3.2, Encoding multipart Media Types).

An object gives named parts in the order of its members, an array gives parts by position; an array in an object gives
one part an item, all of one name. Null gives no part. A part whose content type is a multipart is encoded in turn.
Our choices where nothing is specified:

- bytes, and text for a property that the schema calls binary, are a file, and carry a file name, without which many
  servers take a part for a text field; the name is the property's own;
- a part of plain text goes without a Content-Type, as browsers do (text/plain is its default);
- parts of an object in another multipart than form-data are named as there, as OpenAPI 3.0 and 3.1 advise;
- `contentEncoding` is told as Content-Transfer-Encoding, but not in form-data, where RFC 7578 (4.7) deprecates it.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote_plus

from arazzo_runner.sources.openapi import media, part_headers, shapes, urlencoded
from arazzo_runner.sources.openapi.scalars import Remark, Unserialisable, encodable, scalar_text
from arazzo_runner.sources.openapi.styles import expand
from arazzo_runner.sources.operations import MediaType, Schema
from arazzo_runner.values import JSON, Value

OCTETS = "application/octet-stream"
FORM_DATA = "multipart/form-data"


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
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class _Whole:
    """The multipart that a part belongs to: what describes it, and what the boundaries inside it derive from."""

    form_data: bool
    described: MediaType | None
    seed: str

    def at(self, index: int) -> tuple[JSON, Schema | None]:
        """Return the Encoding Object and the schema of the part at a position."""
        if self.described is None:
            return None, None
        ahead = self.described.prefix_encoding
        encoding = ahead[index] if index < len(ahead) else self.described.item_encoding
        return encoding, shapes.item_of(self.described.schema, index) or self.described.item_schema

    def named(self, name: str) -> tuple[JSON, Schema | None]:
        """Return the Encoding Object and the schema of the part of a name."""
        if self.described is None:
            return None, None
        return self.described.encoding.get(name), shapes.property_of(self.described.schema, name)


def encode(
    content_type: str, payload: Value, described: MediaType | None, boundary_seed: str
) -> Multipart | Unserialisable:
    """Encode an object or array as parts (BOD-14).

    The boundary is the one that `content_type` names, else it follows from `boundary_seed`: the same seed and payload
    give the same bytes. The reason of an `Unserialisable` names the part.
    """
    whole = _Whole(media.essence(content_type) == FORM_DATA, described, boundary_seed)
    parts: list[_Part] = []
    for part in _parts(content_type, payload, whole):
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
    sent_as = content_type if named else f"{content_type}; boundary={boundary}"
    return Multipart(body + mark + b"--\r\n", sent_as, tuple(remark for part in parts for remark in part.remarks))


def _parts(content_type: str, payload: Value, whole: _Whole) -> Iterator[_Part | Unserialisable]:
    match payload:
        case dict():
            for name, value in payload.items():
                yield from _named_parts(name, value, *whole.named(name), whole)
        case list() if whole.form_data:
            for index, item in enumerate(payload):
                if not isinstance(item, dict) or len(item) != 1:
                    yield Unserialisable(f"part {index}: a part of multipart/form-data is an object of one member")
                    return
                yield from _placed_part(index, item, whole)
        case list():
            for index, item in enumerate(payload):
                if item is not None:
                    yield _explained(f"part {index}", _part(item, *whole.at(index), None, whole))
        case _:
            yield Unserialisable(f"a body of {media.essence(content_type)} is made from an object or an array")


def _placed_part(index: int, item: dict[str, Value], whole: _Whole) -> Iterator[_Part | Unserialisable]:
    """Encode an object of one member: its position tells how, else its name does (OpenAPI 3.2)."""
    encoding, holder = whole.at(index)
    for name, value in item.items():
        by_name, schema = whole.named(name)
        yield from _named_parts(name, value, encoding or by_name, shapes.property_of(holder, name) or schema, whole)


def _named_parts(
    name: str, value: Value, encoding: JSON, schema: Schema | None, whole: _Whole
) -> Iterator[_Part | Unserialisable]:
    unfit = encodable(name)
    if isinstance(unfit, Unserialisable):
        yield unfit
    elif urlencoded.by_style(encoding) and not _holds_bytes(value):
        yield from _styled_parts(name, value, encoding, schema)
    elif _is_nested(value, encoding):
        yield _explained(f"part '{name}'", _part(value, encoding, schema, name, whole))
    else:
        for item, inner in urlencoded.items(value, schema):
            yield _explained(f"part '{name}'", _part(item, encoding, inner, name, whole))


def _holds_bytes(value: Value) -> bool:
    """Tell whether a value is a file or several: no style is for these, whatever the description says of arrays."""
    return isinstance(value, bytes) or (isinstance(value, list) and any(isinstance(item, bytes) for item in value))


def _is_nested(value: Value, encoding: JSON) -> bool:
    """Tell whether a value is one multipart of its own. An array of arrays or objects is several."""
    if not media.is_multipart(urlencoded.declared_type(encoding)) or not isinstance(value, list | dict):
        return False
    return isinstance(value, dict) or not all(isinstance(item, list | dict) for item in value)


def _styled_parts(name: str, value: Value, encoding: JSON, schema: Schema | None) -> Iterator[_Part | Unserialisable]:
    """Lay a value out by style; percent-encoding, which only keeps the pieces apart, is taken off again."""
    place = urlencoded.style_place(name, encoding, schema)
    done = place if isinstance(place, Unserialisable) else expand(place, value)
    if isinstance(done, Unserialisable):
        yield Unserialisable(f"part '{name}': {done.reason}")
        return
    for index, piece in enumerate(done.pieces):
        key, _, text = piece.partition("=")
        remarks = done.remarks if index == 0 else ()
        yield _Part(unquote_plus(text).encode(), name=unquote_plus(key), remarks=remarks)


def _explained(where: str, part: _Part | Unserialisable) -> _Part | Unserialisable:
    if isinstance(part, Unserialisable):
        return Unserialisable(f"{where}: {part.reason}")
    if not part.remarks:
        return part
    return replace(part, remarks=tuple(replace(each, message=f"{where}: {each.message}") for each in part.remarks))


def _part(
    value: Value, encoding: JSON, schema: Schema | None, name: str | None, whole: _Whole
) -> _Part | Unserialisable:
    headers = part_headers.of_encoding(encoding)
    if isinstance(headers, Unserialisable):
        return headers
    part = _content(value, encoding, schema, name, f"{whole.seed}/{name or ''}", headers.transfer)
    if isinstance(part, Unserialisable):
        return part
    fields = headers.fields
    transfer = shapes.content_encoding(schema)
    if not whole.form_data and transfer in part_headers.TRANSFERS and not headers.transfer and _is_text(value):
        fields = (("Content-Transfer-Encoding", transfer), *fields)
    return replace(part, headers=fields, remarks=(*part.remarks, *headers.remarks))


def _is_text(value: Value) -> bool:
    return isinstance(value, str | bytes)


def _content(
    value: Value, encoding: JSON, schema: Schema | None, name: str | None, seed: str, transfer: str
) -> _Part | Unserialisable:
    declared = urlencoded.declared_type(encoding)
    if media.is_multipart(declared) and isinstance(value, list | dict):
        done = encode(declared, value, _nested(declared, encoding, schema), seed)
        return done if isinstance(done, Unserialisable) else _Part(done.content, done.content_type, name)
    if isinstance(value, bytes) or (isinstance(value, str) and shapes.is_binary(schema)):
        content = _file_content(value, schema, transfer)
        if isinstance(content, Unserialisable):
            return content
        return _Part(content, declared or _schema_type(schema) or OCTETS, name, name)
    kind = declared or _default_type(value, schema)
    text = urlencoded.content_text(value, kind, schema, name or "")
    content = text if isinstance(text, Unserialisable) else media.encoded(text, kind)
    return content if isinstance(content, Unserialisable) else _Part(content, kind, name)


def _nested(content_type: str, encoding: JSON, schema: Schema | None) -> MediaType:
    """Return the description of a multipart inside a part (OpenAPI 3.2, Nested Encoding)."""
    written = encoding if isinstance(encoding, dict) else {}
    by_name, ahead = written.get("encoding"), written.get("prefixEncoding")
    return MediaType(
        content_type,
        schema,
        encoding=by_name if isinstance(by_name, dict) else {},
        prefix_encoding=tuple(ahead) if isinstance(ahead, list) else (),
        item_encoding=written.get("itemEncoding"),
    )


def _file_content(value: bytes | str, schema: Schema | None, transfer: str) -> bytes | Unserialisable:
    if isinstance(value, bytes) and not shapes.content_encoding(schema):
        return base64.b64encode(value) if transfer == "base64" else value
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
