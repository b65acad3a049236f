"""Bodies of application/x-www-form-urlencoded (WHATWG URL, section 5; OpenAPI 3.2, Encoding Object).

A field is written as its `encoding` says. With `style`, `explode` or `allowReserved` it goes like a query parameter.
Otherwise by content type: an array is one field an item, an object is JSON, anything else its text. Null is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from arazzo_runner.sources.openapi import media, percent, shapes, xml
from arazzo_runner.sources.openapi.binary import json_of
from arazzo_runner.sources.openapi.encodings import STYLE_FIELDS
from arazzo_runner.sources.openapi.scalars import Remark, Unserialisable, encodable, scalar_text
from arazzo_runner.sources.openapi.styles import Place, expand, permitted
from arazzo_runner.sources.operations import MediaType, Schema
from arazzo_runner.values import JSON, Value

MEDIA_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Form:
    """An encoded form."""

    text: str
    remarks: tuple[Remark, ...] = ()


def encode(fields: dict[str, Value], described: MediaType | None) -> Form | Unserialisable:
    """Encode the fields of a form in their order (BOD-12). The reason of an `Unserialisable` names the field."""
    pieces: list[str] = []
    remarks: list[Remark] = []
    for name, value in fields.items():
        done = _field(name, value, described)
        if isinstance(done, Unserialisable):
            return Unserialisable(f"form field '{name}': {done.reason}")
        pieces += done[0]
        remarks += done[1]
    return Form("&".join(pieces), tuple(remarks))


def by_style(encoding: JSON) -> bool:
    """Tell whether an Encoding Object asks for a style instead of a content type (OpenAPI 3.2, 4.15.1.2)."""
    return isinstance(encoding, dict) and any(key in encoding for key in STYLE_FIELDS)


def style_place(name: str, encoding: JSON, schema: Schema | None) -> Place | Unserialisable:
    """Return the place of a field that is written by style, with the defaults of query parameters."""
    asked = encoding if isinstance(encoding, dict) else {}
    style = asked.get("style", "form")
    if not isinstance(style, str) or not permitted(style, "query"):
        return Unserialisable(f"its encoding names the style {style!r}, which a form does not have")
    explode = asked.get("explode", style in ("form", "deepObject")) is True
    allowed = asked.get("allowReserved") is True
    encoder = percent.reserved(percent.QUERY_RESERVED) if allowed else percent.form
    return Place(name, style, explode, encoder, percent.form, schema)


def content_text(value: Value, content_type: str, schema: Schema | None, name: str = "") -> str | Unserialisable:
    """Return the text of one value in a content type of an Encoding Object (empty: the default one).

    `name` is the field's, for the root element where the content type is XML.
    """
    if content_type and media.is_json(content_type):
        return value if isinstance(value, str) and _is_json_container(value) else json_of(value, schema)
    if isinstance(value, dict | list) and media.is_xml(content_type):
        return xml.encode(value, schema, name)
    if isinstance(value, list | dict) and content_type:
        return Unserialisable(f"an array or object can't be written as {content_type}")
    return json_of(value, schema) if isinstance(value, list | dict) else scalar_text(value, schema)


def _field(
    name: str, value: Value, described: MediaType | None
) -> tuple[list[str], tuple[Remark, ...]] | Unserialisable:
    encoding = described.encoding.get(name) if described else None
    schema = shapes.property_of(described.schema, name) if described else None
    unfit = encodable(name)
    if isinstance(unfit, Unserialisable):
        return unfit
    if by_style(encoding):
        place = style_place(name, encoding, schema)
        done = place if isinstance(place, Unserialisable) else expand(place, value)
        return done if isinstance(done, Unserialisable) else (list(done.pieces), done.remarks)
    return _by_content(name, value, declared_type(encoding), schema)


def declared_type(encoding: JSON) -> str:
    """Return the content type that an Encoding Object names: the first of a list that is no range, else empty."""
    named = encoding.get("contentType") if isinstance(encoding, dict) else None
    offered = (part.strip() for part in named.split(",")) if isinstance(named, str) else iter(())
    return next((part for part in offered if media.is_media_type(part) and not media.is_range(part)), "")


def _by_content(
    name: str, value: Value, content_type: str, schema: Schema | None
) -> tuple[list[str], tuple[Remark, ...]] | Unserialisable:
    pieces = []
    for item, described in items(value, schema):
        text = content_text(item, content_type, described, name)
        if isinstance(text, Unserialisable):
            return text
        pieces.append(f"{percent.form(name)}={percent.form(text)}")
    return pieces, ()


def items(value: Value, schema: Schema | None) -> Iterator[tuple[Value, Schema | None]]:
    """Yield the values that a field is sent as: each item of an array, else the one value; no nulls."""
    if isinstance(value, list):
        inner = shapes.items_of(schema)
        yield from ((item, inner) for item in value if item is not None)
    elif value is not None:
        yield value, schema


def _is_json_container(text: str) -> bool:
    return text.lstrip()[:1] in ("{", "[") and media.is_json_text(text)
