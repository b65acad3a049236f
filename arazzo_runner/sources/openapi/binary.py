"""Bytes inside JSON: written as the text that the schema asks for (`contentEncoding`; OpenAPI 3.0: `format: byte`).

JSON has no bytes. Where the schema names an encoding there is one way to send them; where it does not, the value is
refused, since a receiver would have to guess.
"""

from __future__ import annotations

from arazzo_runner.sources.openapi import shapes
from arazzo_runner.sources.openapi.scalars import Unserialisable, json_text, scalar_text
from arazzo_runner.sources.operations import Schema
from arazzo_runner.values import Value

MAX_DEPTH = 100
"""How deep inside a value bytes are looked for."""


def json_of(value: Value, schema: Schema | None) -> str | Unserialisable:
    """Return a value as compact JSON, bytes in it encoded as their schemas say."""
    text = json_text(value)
    # Few values hold bytes: only one that JSON refuses is gone through a second time.
    return json_text(_encoded(value, schema, 0)) if isinstance(text, Unserialisable) else text


def _encoded(value: Value, schema: Schema | None, depth: int) -> Value:
    if depth > MAX_DEPTH:
        return value
    match value:
        case bytes():
            text = scalar_text(value, schema) if shapes.content_encoding(schema) else value
            return value if isinstance(text, Unserialisable) else text
        case dict():
            members = ((name, part, shapes.property_of(schema, name)) for name, part in value.items())
            return {name: _encoded(part, described, depth + 1) for name, part, described in members}
        case list():
            return [_encoded(part, shapes.item_of(schema, index), depth + 1) for index, part in enumerate(value)]
        case _:
            return value
