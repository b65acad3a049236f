"""How deep the flattest value of a schema is: it tells the way out of a schema that contains itself.

Found by going through what a value can't do without (required members, least items) until nothing changes any more:
a schema whose height stays unknown then has no finite value.
"""

from __future__ import annotations

from typing import Final

from arazzo_runner.mock.instances.conjunction import Flattener, NoInstance, Part, at_least, listed, required, types
from arazzo_runner.mock.instances.judge import Nodes
from arazzo_runner.mock.limits import MAX_DEPTH
from arazzo_runner.values import JSON

ENDLESS: Final = 1_000_000
"""The height of a schema whose every value would contain another one without end."""

_MAX_SCHEMAS: Final = 5_000
_MAX_PREFIX: Final = 50


class Heights:
    """The least heights of schemas; what was found is kept."""

    def __init__(self, flattener: Flattener) -> None:
        self._flattener = flattener
        self._known: dict[tuple[int, ...], int] = {}
        self._kept: list[Nodes] = []

    def of(self, nodes: Nodes) -> int:
        """Return how many levels of nesting a value needs at least; `ENDLESS` where no number of them is enough."""
        if tuple(map(id, nodes)) not in self._known:
            self._settle(self._reachable(nodes))
        return self._known.get(tuple(map(id, nodes)), 0)

    def _reachable(self, nodes: Nodes) -> list[Nodes]:
        found: dict[tuple[int, ...], Nodes] = {}
        waiting = [nodes]
        while waiting and len(found) < _MAX_SCHEMAS:
            schemas = waiting.pop()
            key = tuple(map(id, schemas))
            if key in found or key in self._known:
                continue
            found[key] = schemas
            waiting += [child for group in self._needs(schemas) for child in group]
        return list(found.values())

    def _settle(self, found: list[Nodes]) -> None:
        for schemas in found:
            self._known[tuple(map(id, schemas))] = ENDLESS
        self._kept += found  # alive, so that their ids stay theirs
        for _ in range(MAX_DEPTH + 1):
            changed = False
            for schemas in reversed(found):
                height = self._height(schemas)
                changed |= height != self._known[tuple(map(id, schemas))]
                self._known[tuple(map(id, schemas))] = height
            if not changed:
                return

    def _height(self, nodes: Nodes) -> int:
        """A value is one level above its members, and as high as the flattest of each group of alternatives."""
        flat = self._flattener.flat(nodes)
        if isinstance(flat, NoInstance):
            return ENDLESS
        tallest = 0
        members, *groups = self._needs(nodes)
        for child in members:
            tallest = max(tallest, self._known.get(tuple(map(id, child)), 0) + 1)
        for group in groups:
            tallest = max(tallest, min(self._known.get(tuple(map(id, option)), 0) for option in group))
        return min(tallest, ENDLESS)

    def _needs(self, nodes: Nodes) -> list[list[Nodes]]:
        """Return the members that a value must have, then each group of alternatives of which it must take one."""
        flat = self._flattener.flat(nodes)
        if isinstance(flat, NoInstance) or any("const" in part or "enum" in part for part in flat.parts):
            return [[]]
        kinds = types(flat.parts)
        members = _members(flat.parts) if kinds[:1] == ("object",) and _only(kinds, "object", flat.parts) else []
        if kinds[:1] == ("array",) and _only(kinds, "array", flat.parts):
            members = _items(flat.parts)
        groups: list[list[Nodes]] = [
            [(option,) for option in listed(part, keyword)]
            for part in flat.parts
            for keyword in ("anyOf", "oneOf")
            if listed(part, keyword)
        ]
        return [members, *groups]


def _only(kinds: tuple[str, ...], kind: str, parts: tuple[Part, ...]) -> bool:
    return kinds == (kind,) and any("type" in part for part in parts)


def _members(parts: tuple[Part, ...]) -> list[Nodes]:
    found: list[Nodes] = []
    for name in required(parts):
        schemas: list[JSON] = []
        for part in parts:
            own = part.get("properties")
            if isinstance(own, dict) and name in own:
                schemas.append(own[name])
        if schemas:
            found.append(tuple(schemas))
    free = [part["additionalProperties"] for part in parts if "additionalProperties" in part]
    named = any(part.get(keyword) for part in parts for keyword in ("properties", "patternProperties"))
    if free and not named and at_least(parts, "minProperties"):
        found.append(tuple(free))
    return found


def _items(parts: tuple[Part, ...]) -> list[Nodes]:
    contained = [(part["contains"],) for part in parts if "contains" in part and part.get("minContains") != 0]
    least = at_least(parts, "minItems")
    if not least:
        return [*contained]
    first = [(node,) for part in parts for node in listed(part, "prefixItems")[: min(least, _MAX_PREFIX)]]
    schemas = [part["items"] for part in parts if "items" in part and not listed(part, "prefixItems")]
    return [*contained, *first, *([tuple(schemas)] if schemas else [])]
