"""A schema of the description as the mock uses it: made self-contained once, with the place it stands at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from arazzo_runner.mock.instances.generate import Generator
from arazzo_runner.sources.openapi.bundle import bundle
from arazzo_runner.sources.openapi.document import OpenApiDocument
from arazzo_runner.sources.openapi.node import Node
from arazzo_runner.sources.operations import Schema
from arazzo_runner.values import JSON, Path

_ANYTHING: Final[JSON] = True


@dataclass(frozen=True, slots=True)
class Described:
    """A generator for a schema; `place` is ``file:line:column``, empty where there is no schema.

    `schema` is the schema itself, self-contained, for the side of the response.
    """

    generator: Generator
    place: str = ""
    schema: JSON = True


class Schemas:
    """The schemas that were met so far: each is taken apart once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, Path], Described] = {}
        self._free = Described(Generator(_ANYTHING))

    def described(self, schema: Schema | None) -> Described:
        """Return what makes values for a schema of a response; for none, anything goes."""
        if schema is None:
            return self._free
        key = (schema.document.uri, schema.at)
        if key not in self._known:
            place = schema.document.span(schema.at).place()
            whole = _self_contained(schema)
            self._known[key] = Described(Generator(whole), place, whole)
        return self._known[key]


def _self_contained(schema: Schema) -> JSON:
    """Bundle a schema for the side of the response: there a write-only member is not required."""
    document = schema.document
    if isinstance(document, OpenApiDocument):
        return bundle(Node(schema.node, document, schema.at), "response", literal=True).schema
    return document.bundle(schema)
