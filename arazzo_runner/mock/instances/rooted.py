"""A self-contained schema, made ready for looking into: every reference in it is absolute.

A generator takes a schema apart and checks values against the pieces. A piece keeps its meaning wherever it is put
once its references name the document that they are resolved in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from arazzo_runner.mock.instances.pattern_spelling import spelt
from arazzo_runner.mock.limits import MAX_SCHEMA_DEPTH
from arazzo_runner.values import JSON

URN: Final = "urn:arazzo-runner:mock"
"""Names the schema's document in the references of its pieces."""

_SCHEMA: Final = frozenset(
    "items contains not if then else additionalProperties unevaluatedProperties unevaluatedItems propertyNames "
    "contentSchema".split()
)
_SCHEMAS: Final = frozenset(("allOf", "anyOf", "oneOf", "prefixItems"))
_NAMED_SCHEMAS: Final = frozenset(("properties", "patternProperties", "dependentSchemas", "$defs", "definitions"))
_REFERENCES: Final = frozenset(("$ref", "$dynamicRef"))
_DROPPED: Final = frozenset(("$id", "$schema"))


@dataclass(frozen=True, slots=True)
class RootedSchema:
    """A schema whose references are all absolute.

    `faults` says what of it can't be read, `has_formats` whether a `format` stands in it.
    """

    node: JSON
    anchors: Mapping[str, JSON] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    has_formats: bool = False

    def follow(self, reference: str) -> JSON | None:
        """Return the schema that a reference names; None where there is none (a schema is never null)."""
        document, _, fragment = reference.partition("#")
        if document not in ("", URN):
            return None
        if fragment and not fragment.startswith("/"):
            return self.anchors.get(fragment)
        found: JSON = self.node
        for token in unquote(fragment).split("/")[1:]:
            found = _child(found, token.replace("~1", "/").replace("~0", "~"))
        return found


def _child(node: JSON, token: str) -> JSON:
    match node:
        case dict():
            return node.get(token)
        case list() if token.isdigit() and int(token) < len(node):
            return node[int(token)]
    return None


def rooted(schema: JSON) -> RootedSchema:
    """Make a self-contained schema ready."""
    copier = _Copier(_resources(schema))
    node = copier.schema(schema, 0)
    return RootedSchema(node, copier.anchors, tuple(dict.fromkeys(copier.faults)), copier.has_formats)


def _resources(schema: JSON) -> dict[str, str]:
    """Return what stands for each `$id` of the schema and of its definitions: a place in the one document."""
    if not isinstance(schema, dict):
        return {}
    found = {identity: "#" for identity in (schema.get("$id"),) if isinstance(identity, str)}
    definitions = schema.get("$defs")
    for name, node in definitions.items() if isinstance(definitions, dict) else ():
        if isinstance(node, dict) and isinstance(identity := node.get("$id"), str):
            found[identity] = "#/$defs/" + name.replace("~", "~0").replace("/", "~1")
    return found


class _Copier:
    """Copies the schemas of a schema and keeps all else (examples, enumerations) as it is."""

    def __init__(self, resources: Mapping[str, str]) -> None:
        self.resources = resources
        self.anchors: dict[str, JSON] = {}
        self.faults: list[str] = []
        self.has_formats = False

    def schema(self, node: JSON, depth: int) -> JSON:
        if isinstance(node, bool):
            return node
        if not isinstance(node, dict):
            self.faults.append("a schema that is neither an object nor a boolean")
            return {}
        if depth > MAX_SCHEMA_DEPTH:
            self.faults.append(f"schemas nest deeper than {MAX_SCHEMA_DEPTH}")
            return {}
        self.has_formats |= "format" in node
        copied = {key: self._keyword(key, value, depth + 1) for key, value in node.items() if key not in _DROPPED}
        for key in ("$anchor", "$dynamicAnchor"):
            if isinstance(anchor := node.get(key), str):
                self.anchors[anchor] = copied
        return copied

    def _keyword(self, key: str, value: JSON, depth: int) -> JSON:
        if key in _REFERENCES and isinstance(value, str):
            return self._reference(value)
        if key in _SCHEMA:
            return self.schema(value, depth)
        if key in _SCHEMAS and isinstance(value, list):
            return [self.schema(item, depth) for item in value]
        if key in _NAMED_SCHEMAS and isinstance(value, dict):
            named = {name: self.schema(item, depth) for name, item in value.items()}
            return {spelt(name): item for name, item in named.items()} if key == "patternProperties" else named
        return spelt(value) if key == "pattern" and isinstance(value, str) else value

    def _reference(self, reference: str) -> str:
        document, _, fragment = reference.partition("#")
        start = self.resources.get(document, "#") if document in self.resources or not document else None
        if start is None:
            self.faults.append(f"it refers to '{reference}', which is no part of it")
            return reference
        return URN + (start if not fragment else f"{start}{fragment}")
