"""What the successful answers of an operation are at a place of their body, as far as the description says it plainly.

Only what leaves no doubt is told: `allOf` and references are followed, alternatives are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias

from arazzo_runner.sources.openapi import media
from arazzo_runner.sources.operations import MediaType, Operation, Schema
from arazzo_runner.values import JSON, Path

_MAX_PARTS: Final = 60
_SCALARS: Final = frozenset(("string", "integer", "number", "boolean"))
_ALTERNATIVES: Final = ("anyOf", "oneOf", "$dynamicRef", "discriminator", "if")

Parts: TypeAlias = tuple[Schema, ...]
"""Schemas that hold together of one value."""


class Kind(Enum):
    """What a value is: one without members, an array, an object, or nobody knows."""

    SCALAR = "scalar"
    ARRAY = "array"
    OBJECT = "object"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Shape:
    """What is at a place: for each answer that is described the schemas that hold; none where nobody knows."""

    answers: tuple[Parts, ...] = ()

    @property
    def kind(self) -> Kind:
        """What all the answers are there."""
        found = {_kind(parts) for parts in self.answers}
        return found.pop() if len(found) == 1 else Kind.UNKNOWN

    def declares(self, name: str) -> bool:
        """Tell whether each answer declares a member."""
        return bool(self.answers) and all(_has(parts, name) for parts in self.answers)

    def lacks(self, name: str) -> bool:
        """Tell whether each answer names its members, and this one is not among them."""
        return bool(self.answers) and all(_lists(parts) and not _has(parts, name) for parts in self.answers)

    def is_closed(self) -> bool:
        """Tell whether an answer has no members but those that it names."""
        return any(_says(part, "additionalProperties") is False for parts in self.answers for part in parts)

    def inside(self, token: str | int) -> Shape:
        """Return what is at a member or an element."""
        found = [tuple(_inner(parts, token)) for parts in self.answers]
        return Shape(tuple(found)) if all(found) else Shape()

    def at(self, way: Path) -> Shape:
        """Return what is at a place further inside."""
        found = self
        for token in way:
            found = found.inside(token)
        return found


def answer_shape(operation: Operation) -> Shape:
    """Return what the body of an operation's successful answers is; where there is JSON, it alone counts."""
    good = [one for status, one in operation.responses.items() if status.startswith("2") and one.content]
    described = good or [one for status, one in operation.responses.items() if status == "default" and one.content]
    contents = [each for one in described for each in one.content.values()]
    structured = [each for each in contents if _is_data(each)]
    schemas = [(each, each.schema) for each in structured or contents if each.schema is not None]
    found = [_of_body(each, schema) for each, schema in schemas]
    return Shape(tuple(found)) if all(found) else Shape()


def _is_data(described: MediaType) -> bool:
    return media.is_json(described.name) or media.is_range(described.name)


def _of_body(described: MediaType, schema: Schema) -> Parts:
    parts = tuple(_together(schema))
    return parts if _is_data(described) or _kind(parts) is Kind.SCALAR else ()


def _together(schema: Schema) -> Iterator[Schema]:
    """Yield a schema with all that hold together with it."""
    waiting, seen = [schema], set[tuple[str, Path]]()
    for part in waiting:
        key = (part.document.uri, part.at)
        if not isinstance(part.node, dict) or key in seen or len(seen) > _MAX_PARTS:
            continue
        seen.add(key)
        yield part
        if "$ref" in part.node and (target := part.document.follow(part)) is not None:
            waiting.append(target)
        joined = part.node.get("allOf")
        for index, node in enumerate(joined if isinstance(joined, list) else ()):
            waiting.append(Schema(node, part.document, (*part.at, "allOf", index)))


def _inner(parts: Parts, token: str | int) -> Iterator[Schema]:
    is_index = isinstance(token, int) or token.isdecimal()
    for part in parts:
        properties, items = _mapping(part, "properties"), _says(part, "items")
        if not isinstance(token, int) and token in properties:
            yield from _together(Schema(properties[token], part.document, (*part.at, "properties", token)))
        elif is_index and isinstance(items, dict) and _kind(parts) is Kind.ARRAY:
            yield from _together(Schema(items, part.document, (*part.at, "items")))


def _kind(parts: Parts) -> Kind:
    if any(keyword in part.node for part in parts if isinstance(part.node, dict) for keyword in _ALTERNATIVES):
        return Kind.UNKNOWN
    types = frozenset(name for part in parts for name in _types(part))
    if types:
        named = types - {"null"}
        if named and named <= _SCALARS:
            return Kind.SCALAR
        return {frozenset({"array"}): Kind.ARRAY, frozenset({"object"}): Kind.OBJECT}.get(named, Kind.UNKNOWN)
    if any(_mapping(part, "properties") for part in parts):
        return Kind.OBJECT
    return Kind.ARRAY if any(_says(part, "items") is not None for part in parts) else Kind.UNKNOWN


def _types(part: Schema) -> list[str]:
    found = _says(part, "type")
    return [one for one in (found if isinstance(found, list) else [found]) if isinstance(one, str)]


def _has(parts: Parts, name: str) -> bool:
    return any(name in _mapping(part, "properties") for part in parts)


def _lists(parts: Parts) -> bool:
    """Tell whether an object names its members, and says nowhere that there are others."""
    if _kind(parts) is not Kind.OBJECT:
        return False
    extra = [_says(part, keyword) for part in parts for keyword in ("additionalProperties", "patternProperties")]
    return any(_mapping(part, "properties") for part in parts) and all(one in (None, False) for one in extra)


def _says(part: Schema, keyword: str) -> JSON:
    return part.node.get(keyword) if isinstance(part.node, dict) else None


def _mapping(part: Schema, keyword: str) -> Mapping[str, JSON]:
    found = _says(part, keyword)
    return found if isinstance(found, dict) else {}
