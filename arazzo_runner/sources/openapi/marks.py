"""Which members of a body a description marks as secrets (`redact.marks`), by their names.

Names, not places: a body is shown as text, perhaps cut or no JSON after all, and what has the name of a secret there
is not shown either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from arazzo_runner.redact.marks import is_marked
from arazzo_runner.sources.operations import MediaType, Operation, Schema
from arazzo_runner.values import JSON

MAX_MARKS_LOOKED_AT = 5_000
"""Schemas of an operation that are looked at for marks."""

WHOLE = ""
"""Stands for the name of a member where the whole body is a secret."""

_SAME = ("allOf", "anyOf", "oneOf", "prefixItems")
_INSIDE = ("items", "additionalProperties", "if", "then", "else", "contains", "unevaluatedProperties")


def marked_in_requests(operation: Operation) -> frozenset[str]:
    """Return the names of members that the operation marks as secrets in what is sent."""
    contents = () if operation.body is None else operation.body.content.values()
    return _marked(schema for media in contents for schema in _schemas(media))


def marked_in_answers(operation: Operation) -> frozenset[str]:
    """Return the names of members that the operation marks as secrets in its answers."""
    contents = (media for response in operation.responses.values() for media in response.content.values())
    return _marked(schema for media in contents for schema in _schemas(media))


def is_marked_schema(schema: Schema | None) -> bool:
    """Tell whether a schema, or what it takes in, marks its own value as a secret."""
    return schema is not None and WHOLE in _marked([schema])


def _schemas(media: MediaType) -> Iterator[Schema]:
    yield from (schema for schema in (media.schema, media.item_schema) if schema is not None)


def _marked(schemas: Iterable[Schema]) -> frozenset[str]:
    names: set[str] = set()
    waiting = [(WHOLE, schema) for schema in schemas]
    seen: set[tuple[str, str, tuple[str | int, ...]]] = set()
    while waiting and len(seen) < MAX_MARKS_LOOKED_AT:
        name, schema = waiting.pop()
        place = (name, schema.document.uri, schema.at)
        if place in seen or not isinstance(schema.node, dict):
            continue
        seen.add(place)
        if is_marked(schema.node):
            names.add(name)
            continue
        waiting += _below(name, schema, schema.node)
    return frozenset(names)


def _below(name: str, schema: Schema, node: dict[str, JSON]) -> Iterator[tuple[str, Schema]]:
    """Yield the schemas inside of one, each with the name of the member that it describes."""
    if "$ref" in node:
        target = schema.document.follow(schema)
        if target is not None and target is not schema:
            yield name, target
    properties = node.get("properties")
    for member, inner in properties.items() if isinstance(properties, dict) else ():
        yield member, Schema(inner, schema.document, (*schema.at, "properties", member))
    for keyword in _SAME:
        parts = node.get(keyword)
        for index, inner in enumerate(parts if isinstance(parts, list) else ()):
            yield name, Schema(inner, schema.document, (*schema.at, keyword, index))
    for keyword in _INSIDE:
        if keyword in node:
            yield name, Schema(node[keyword], schema.document, (*schema.at, keyword))
