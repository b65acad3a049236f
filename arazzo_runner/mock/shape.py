"""How a value of a schema looks as XML: the XML Objects of the schema, looked up member by member."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from arazzo_runner.sources.operations import Schema
from arazzo_runner.values import JSON

NAME: Final = re.compile(r"[A-Za-z_][\w.-]*")
"""What an element can be called, without a prefix."""

_MAX_PARTS: Final = 50
_JOINED: Final = ("allOf", "anyOf", "oneOf")


@dataclass(frozen=True, slots=True)
class Shape:
    """The schemas that hold for a value, references followed, and the name that it has without an XML Object."""

    given: str
    parts: tuple[Schema, ...] = ()

    @property
    def name(self) -> str:
        """The name of its element or attribute, without a prefix."""
        called = self.told("name") or self.given
        return called if NAME.fullmatch(called) else "item"

    @property
    def tag(self) -> str:
        """The name with its prefix; one without a namespace would be undeclared, and is left out."""
        prefix = self.told("prefix")
        return f"{prefix}:{self.name}" if self.told("namespace") and NAME.fullmatch(prefix) else self.name

    def told(self, field: str) -> str:
        """Return a text of the XML Object, empty where there is none."""
        found = (described.get(field) for described in self._described())
        return next((text for text in found if isinstance(text, str) and text), "")

    def says(self, field: str) -> bool:
        """Tell whether the XML Object says so."""
        return any(described.get(field) is True for described in self._described())

    def is_a(self, kind: str) -> bool:
        """Tell whether the schema asks for a type."""
        return any(isinstance(part.node, dict) and part.node.get("type") == kind for part in self.parts)

    def names(self) -> tuple[str, ...]:
        """Return the names of the declared members."""
        return tuple(dict.fromkeys(name for part in self.parts for name in _mapping(part.node, "properties")))

    def member(self, name: str) -> Shape:
        """Return the shape of a member."""
        found: list[Schema] = []
        for part in self.parts:
            own = _mapping(part.node, "properties")
            if name in own:
                found += parts_of(Schema(own[name], part.document, (*part.at, "properties", name)))
        return Shape(name, tuple(found))

    def item(self) -> Shape:
        """Return the shape of the items of an array: their element has the name of the array's, if not its own."""
        found: list[Schema] = []
        for part in self.parts:
            if isinstance(part.node, dict) and "items" in part.node:
                found += parts_of(Schema(part.node["items"], part.document, (*part.at, "items")))
        return Shape(self.name, tuple(found))

    def _described(self) -> Iterator[Mapping[str, JSON]]:
        return (_mapping(part.node, "xml") for part in self.parts)


def shape(schema: Schema | None, name: str) -> Shape:
    """Return the shape of a whole document; without an XML Object it has the name of its schema, else `name`."""
    if schema is None:
        return Shape(name)
    reference = _reference(schema)
    return Shape(reference.rpartition("/")[2] if reference else name, tuple(parts_of(schema)))


def parts_of(schema: Schema) -> Iterator[Schema]:
    """Yield a schema with those that it refers to and that it joins, each once."""
    waiting, seen, count = [schema], set[tuple[str, tuple[str | int, ...]]](), 0
    while waiting and count < _MAX_PARTS:
        found = waiting.pop(0)
        key = (found.document.uri, found.at)
        count += 1
        if key in seen or not isinstance(found.node, dict):
            continue
        seen.add(key)
        yield found
        target = found.document.follow(found) if _reference(found) else None
        waiting += [target] if target is not None else []
        for keyword in _JOINED:
            joined = found.node.get(keyword)
            for index, node in enumerate(joined if isinstance(joined, list) else ()):
                waiting.append(Schema(node, found.document, (*found.at, keyword, index)))


def _reference(schema: Schema) -> str:
    found = schema.node.get("$ref") if isinstance(schema.node, dict) else None
    return found if isinstance(found, str) else ""


def _mapping(node: JSON, field: str) -> Mapping[str, JSON]:
    found = node.get(field) if isinstance(node, dict) else None
    return found if isinstance(found, dict) else {}
