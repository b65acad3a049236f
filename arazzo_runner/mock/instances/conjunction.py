"""Schemas that hold together at one place of a value, taken apart.

The generator never merges schemas into one: it keeps a list of *parts*, the objects of keywords that all have to
hold, with references followed and `allOf` laid flat. A wish (a member that a criterion compares) is one part more.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeGuard

from arazzo_runner.mock.instances.judge import Nodes
from arazzo_runner.mock.instances.rooted import RootedSchema
from arazzo_runner.mock.limits import MAX_CONJUNCTS
from arazzo_runner.values import JSON, Path

Part: TypeAlias = Mapping[str, JSON]
"""Keywords without `$ref` and `allOf`."""

TYPES: Final = ("string", "object", "array", "integer", "number", "boolean", "null")

_HINTS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("properties", "required", "additionalProperties", "patternProperties", "minProperties"), "object"),
    **dict.fromkeys(("maxProperties", "propertyNames", "dependentRequired", "discriminator"), "object"),
    **dict.fromkeys(("items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"), "array"),
    **dict.fromkeys(("pattern", "format", "minLength", "maxLength", "contentEncoding"), "string"),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"), "number"),
}
"""What a keyword says about the type where none is written."""


@dataclass(frozen=True, slots=True)
class NoInstance:
    """No value was found. `reason` is a clause for a person, `at` the place in the value where it failed.

    `limited` tells that a limit of the mock was reached: there may be a value all the same.
    """

    reason: str
    at: Path = ()
    limited: bool = False

    def sentence(self) -> str:
        """Return the reason with its place."""
        where = "".join(f"/{token}" for token in self.at)
        return f"at {where}: {self.reason}" if where else self.reason


@dataclass(frozen=True, slots=True)
class Flat:
    """Parts that hold together, and the references that were followed to find them."""

    parts: tuple[Part, ...]
    references: frozenset[str] = frozenset()


class Flattener:
    """Lays schemas flat, each list of them once: the same nodes give the same parts."""

    def __init__(self, root: RootedSchema) -> None:
        self._root = root
        self._known: dict[tuple[int, ...], tuple[Nodes, Flat | NoInstance]] = {}

    def flat(self, nodes: Nodes) -> Flat | NoInstance:
        """Return the parts of schemas, or why nothing can satisfy them."""
        key = tuple(map(id, nodes))
        if key not in self._known:
            self._known[key] = nodes, self._flatten(nodes)  # the nodes are kept alive, so that their ids stay theirs
        return self._known[key][1]

    def _flatten(self, nodes: Nodes) -> Flat | NoInstance:
        parts: list[Part] = []
        references: dict[str, None] = {}
        waiting = list(reversed(nodes))
        while waiting:
            node = waiting.pop()
            if node is False:
                return NoInstance("the schema allows nothing here")
            if not isinstance(node, dict):
                continue
            for reference in (node.get("$ref"), node.get("$dynamicRef")):
                if isinstance(reference, str) and reference not in references:
                    references[reference] = None
                    target = self._root.follow(reference)
                    if target is None:
                        return NoInstance(f"the schema refers to '{reference}', which is not there")
                    waiting.append(target)
            waiting += reversed(listed(node, "allOf"))
            if any(key not in ("$ref", "$dynamicRef", "allOf", "$defs") for key in node):
                parts.append({key: node[key] for key in node if key not in ("$ref", "$dynamicRef", "allOf", "$defs")})
            if len(parts) + len(waiting) > MAX_CONJUNCTS:
                return NoInstance(f"more than {MAX_CONJUNCTS} schemas hold together here", limited=True)
        return Flat(tuple(parts), frozenset(references))


def listed(part: Part, keyword: str) -> list[JSON]:
    """Return the value of a keyword that is a list, empty where it is none."""
    found = part.get(keyword)
    return found if isinstance(found, list) else []


def mapped(part: Part, keyword: str) -> dict[str, JSON]:
    """Return the value of a keyword that is an object, empty where it is none."""
    found = part.get(keyword)
    return found if isinstance(found, dict) else {}


def texts(parts: tuple[Part, ...], keyword: str) -> list[str]:
    """Return the texts that a keyword has in the parts."""
    return [found for part in parts if isinstance(found := part.get(keyword), str)]


def numbers(parts: tuple[Part, ...], keyword: str) -> list[int | float]:
    """Return the finite numbers that a keyword has in the parts."""
    found = [part.get(keyword) for part in parts]
    return [value for value in found if is_number(value)]


def is_number(value: JSON) -> TypeGuard[int | float]:
    """Tell whether a value is a finite number (a boolean is none)."""
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


def at_least(parts: tuple[Part, ...], keyword: str) -> int:
    """Return the largest of the lower limits on a size."""
    return max((math.ceil(found) for found in numbers(parts, keyword)), default=0)


def at_most(parts: tuple[Part, ...], keyword: str, otherwise: int) -> int:
    """Return the smallest of the upper limits on a size."""
    return min((math.floor(found) for found in numbers(parts, keyword)), default=otherwise)


def required(parts: tuple[Part, ...]) -> dict[str, None]:
    """Return the names that must be there, those that follow from `dependentRequired` included, in their order."""
    names = dict.fromkeys(name for part in parts for name in listed(part, "required") if isinstance(name, str))
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        for part in parts:
            for other in listed(mapped(part, "dependentRequired"), name):
                if isinstance(other, str) and other not in names:
                    names[other] = None
                    waiting.append(other)
    return names


def types(parts: tuple[Part, ...]) -> tuple[str, ...]:
    """Return the types that a value may have, the likeliest first; empty where the parts exclude each other."""
    allowed = [found for part in parts if (found := _written(part))]
    if not allowed:
        likely = tuple(dict.fromkeys(_hinted(parts)))
        return likely + tuple(name for name in TYPES if name not in likely)
    kept = [name for name in allowed[0] if all(_allows(name, other) for other in allowed[1:])]
    narrowed = ["integer" if name == "number" and _is_whole(allowed) else name for name in kept]
    return tuple(sorted(dict.fromkeys(narrowed), key=lambda name: name == "null"))


def _written(part: Part) -> tuple[str, ...]:
    found = part.get("type")
    if isinstance(found, str):
        return (found,)
    return tuple(name for name in found if isinstance(name, str)) if isinstance(found, list) else ()


def _allows(name: str, others: tuple[str, ...]) -> bool:
    return name in others or (name == "integer" and "number" in others) or (name == "number" and "integer" in others)


def _is_whole(allowed: list[tuple[str, ...]]) -> bool:
    return any("integer" in names and "number" not in names for names in allowed)


def _hinted(parts: tuple[Part, ...]) -> Iterator[str]:
    return (_HINTS[keyword] for part in parts for keyword in part if keyword in _HINTS)
