"""What a schema says about the shape of a value, as far as serialising asks: types, properties, items, encodings.

A schema is looked through: its own keywords, then what its `$ref` names, then the parts of allOf, anyOf and oneOf, and
the first that says something is believed. For a request this is enough: it is the value that decides, not the schema.
"""

from __future__ import annotations

from collections.abc import Iterator

from arazzo_runner.sources.operations import Schema
from arazzo_runner.values import JSON, Path

MAX_LOOKED_THROUGH = 64
"""How many subschemas are looked at before a schema counts as saying nothing more."""

_PARTS = ("allOf", "anyOf", "oneOf")


def keyword(schema: Schema | None, name: str) -> JSON:
    """Return the value of a keyword, or None where it is not written."""
    found = _saying(schema, name)
    return found.node[name] if found is not None and isinstance(found.node, dict) else None


def own_keyword(schema: Schema | None, name: str) -> JSON:
    """Return the value of a keyword that belongs to the schema itself or its `$ref`, not to the parts it combines."""
    for part in (schema, schema.document.follow(schema) if schema is not None else None):
        if part is not None and isinstance(part.node, dict) and name in part.node:
            return part.node[name]
    return None


def types(schema: Schema | None) -> frozenset[str]:
    """Return the types that the schema names; empty where it says nothing."""
    named = keyword(schema, "type")
    if isinstance(named, str):
        return frozenset({named})
    return frozenset(name for name in named if isinstance(name, str)) if isinstance(named, list) else frozenset()


def content_encoding(schema: Schema | None) -> str:
    """Return the `contentEncoding` in lower case; OpenAPI 3.0's `format: byte` is `base64`."""
    encoding = keyword(schema, "contentEncoding")
    if isinstance(encoding, str):
        return encoding.lower()
    return "base64" if keyword(schema, "format") == "byte" else ""


def is_binary(schema: Schema | None) -> bool:
    """Tell whether the schema describes raw bytes.

    That is `format: binary` (3.0), ``type: file`` (2.0), a bare `contentMediaType` (3.1), or a schema that is known
    and empty (3.1, Encoding Object: contentType).
    """
    if keyword(schema, "format") == "binary" or "file" in types(schema):
        return True
    if isinstance(keyword(schema, "contentMediaType"), str):
        return not content_encoding(schema)
    return any(part.node in ({}, True) for part in _looked_through(schema))


def property_of(schema: Schema | None, name: str) -> Schema | None:
    """Return the schema of a property; None where nothing is said about it."""
    for part in _looked_through(schema):
        properties = part.node.get("properties") if isinstance(part.node, dict) else None
        if isinstance(properties, dict) and name in properties:
            return _below(part, ("properties", name), properties[name])
    found = _saying(schema, "additionalProperties")
    return _child(found, "additionalProperties") if found is not None else None


def items_of(schema: Schema | None) -> Schema | None:
    """Return the schema of an array's items; None where nothing is said about them."""
    found = _saying(schema, "items")
    return _child(found, "items") if found is not None else None


def item_of(schema: Schema | None, index: int) -> Schema | None:
    """Return the schema of the item at an index: of `prefixItems`, else of `items`."""
    found = _saying(schema, "prefixItems")
    listed = found.node["prefixItems"] if found is not None and isinstance(found.node, dict) else None
    if found is not None and isinstance(listed, list) and index < len(listed):
        return _below(found, ("prefixItems", index), listed[index])
    return items_of(schema)


def _saying(schema: Schema | None, name: str) -> Schema | None:
    for part in _looked_through(schema):
        if isinstance(part.node, dict) and name in part.node:
            return part
    return None


def _looked_through(schema: Schema | None) -> Iterator[Schema]:
    waiting = [schema] if schema is not None else []
    for _ in range(MAX_LOOKED_THROUGH):
        if not waiting:
            return
        current = waiting.pop()
        refers = isinstance(current.node, dict) and "$ref" in current.node
        # Before 3.1, what stands beside a $ref means nothing.
        if not refers or current.document.version not in ("2.0", "3.0"):
            yield current
        target = current.document.follow(current) if refers else None
        below = [] if target is None else [target]
        waiting.extend(reversed(below + list(_combined(current))))


def _combined(schema: Schema) -> Iterator[Schema]:
    for key in _PARTS:
        parts = schema.node.get(key) if isinstance(schema.node, dict) else None
        for index, part in enumerate(parts if isinstance(parts, list) else ()):
            yield _below(schema, (key, index), part)


def _child(schema: Schema, name: str) -> Schema:
    assert isinstance(schema.node, dict)
    return _below(schema, (name,), schema.node[name])


def _below(schema: Schema, path: Path, node: JSON) -> Schema:
    return Schema(node, schema.document, schema.at + path)
