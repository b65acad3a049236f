"""A schema of a description as one that stands anywhere: its references replaced by what they lead to.

A wish has no definitions of its own. So references are followed down to a bounded depth and size; what lies below is
left open, which asks for less, never for more: a keyword that would say the opposite of a part left open is left out.
"""

from __future__ import annotations

from typing import Final

from arazzo_runner.mock.demands.parts import named_by
from arazzo_runner.mock.limits import MAX_INLINED_DEPTH, MAX_INLINED_NODES
from arazzo_runner.values import JSON

_ONE: Final = frozenset("items contains additionalProperties unevaluatedItems unevaluatedProperties".split())
_LISTS: Final = frozenset(("allOf", "anyOf", "prefixItems"))
_MAPS: Final = frozenset(("properties", "patternProperties", "dependentSchemas"))
_MAX_TURNS: Final = 2
"""How often a definition is followed within itself."""

_TURNING: Final = frozenset(("not", "oneOf", "if", "then", "else", "propertyNames"))
"""Keywords that a part left open could turn into a stricter one, or that are all of a piece."""
_KEPT: Final = frozenset(
    "type enum const required format pattern minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum "
    "multipleOf minItems maxItems uniqueItems minProperties maxProperties minContains maxContains dependentRequired "
    "contentEncoding default examples example".split()
)


def inlined(schema: JSON, root: JSON = None) -> JSON:
    """Return a schema without references; `root` holds the `$defs` that it refers to, where it is not the schema."""
    return _Inlining(schema if root is None else root).node(schema, (), 0)


class _Inlining:
    def __init__(self, root: JSON) -> None:
        definitions = root.get("$defs") if isinstance(root, dict) else None
        self._definitions = definitions if isinstance(definitions, dict) else {}
        self._root = root
        self._nodes = 0
        self._cuts = 0

    def node(self, schema: JSON, passed: tuple[str, ...], depth: int) -> JSON:
        if not isinstance(schema, dict):
            return schema if isinstance(schema, bool) else True
        self._nodes += 1
        if depth > MAX_INLINED_DEPTH or self._nodes > MAX_INLINED_NODES:
            self._cuts += 1
            return True
        found: dict[str, JSON] = {}
        for key, value in schema.items():
            self._keyword(found, key, value, passed, depth)
        reference = schema.get("$ref", schema.get("$dynamicRef"))
        if not isinstance(reference, str):
            return found
        target = self._target(reference, passed, depth)
        return {**found, "allOf": [*_listed(found.get("allOf")), target]} if found else target

    def _keyword(self, found: dict[str, JSON], key: str, value: JSON, passed: tuple[str, ...], depth: int) -> None:
        if key in _KEPT:
            found[key] = value
        elif key in _ONE:
            found[key] = self.node(value, passed, depth + 1)
        elif key in _LISTS and isinstance(value, list):
            found[key] = [self.node(each, passed, depth + 1) for each in value]
        elif key in _MAPS and isinstance(value, dict):
            found[key] = {name: self.node(each, passed, depth + 1) for name, each in value.items()}
        elif key in _TURNING:
            before = self._cuts
            turned = [self.node(each, passed, depth + 1) for each in (value if isinstance(value, list) else [value])]
            if self._cuts == before:
                found[key] = turned if isinstance(value, list) else turned[0]

    def _target(self, reference: str, passed: tuple[str, ...], depth: int) -> JSON:
        if passed.count(reference) >= _MAX_TURNS:
            self._cuts += 1
            return True
        target = self._root if reference == "#" else self._definitions.get(named_by(reference), True)
        return self.node(target, (*passed, reference), depth + 1)


def _listed(value: JSON) -> list[JSON]:
    return value if isinstance(value, list) else []
