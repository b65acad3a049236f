"""The least description that a schema can stand in, for tests of what a schema means to a request."""

from __future__ import annotations

from dataclasses import dataclass, field

from arazzo_runner.diagnostics import Span
from arazzo_runner.sources.operations import Schema
from arazzo_runner.values import JSON, Path


@dataclass(frozen=True, slots=True)
class Described:
    """A description that has schemas under `components` and nothing else."""

    schemas: dict[str, JSON] = field(default_factory=dict)
    version: str = "3.1"
    uri: str = "https://example.com/openapi.yaml"

    def span(self, path: Path, *, key: bool = False) -> Span:
        raise NotImplementedError

    def bundle(self, schema: Schema, side: str = "") -> JSON:
        raise NotImplementedError

    def follow(self, schema: Schema) -> Schema | None:
        node, at = schema.node, schema.at
        for _ in range(10):
            if not isinstance(node, dict) or "$ref" not in node:
                return Schema(node, self, at)
            name = str(node["$ref"]).removeprefix("#/components/schemas/")
            if name not in self.schemas:
                return None
            node, at = self.schemas[name], ("components", "schemas", name)
        return None


def schema(node: JSON, version: str = "3.1", **named: JSON) -> Schema:
    """Return a schema; `named` are the schemas that it can refer to."""
    return Schema(node, Described(named, version))
