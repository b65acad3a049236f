"""How much work it is to check one value against a schema: schemas that refer to each other twice double it each time.

A checker goes through all of them, so a small document can ask for more checks than there are seconds. What is too
heavy is told before anything is checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from arazzo_runner.mock.instances.conjunction import Part, listed, mapped
from arazzo_runner.mock.instances.rooted import RootedSchema
from arazzo_runner.values import JSON

_SAME_PLACE: Final = ("not", "if", "then", "else")
_LISTS: Final = ("allOf", "anyOf", "oneOf")
_BELOW: Final = ("items", "contains", "additionalProperties", "unevaluatedItems", "unevaluatedProperties")
_MOST: Final = 10**12


def weight(root: RootedSchema) -> tuple[int, int]:
    """Return how many schemas are checked at one place of a value at most, and along one way down into it."""
    known: dict[int, tuple[int, int]] = {}
    waiting: list[tuple[JSON, bool]] = [(root.node, False)]
    while waiting:
        node, ready = waiting.pop()
        if not isinstance(node, dict) or (id(node) in known and not ready):
            continue
        here, below = list(_here(node, root)), list(_below(node))
        if not ready:
            known[id(node)] = (1, 1)  # what contains itself adds nothing to itself
            waiting.append((node, True))
            waiting += [(child, False) for child in (*here, *below)]
            continue
        place = 1 + sum(known.get(id(child), (1, 1))[0] for child in here)
        deepest = max((known.get(id(child), (1, 1))[1] for child in below), default=0)
        way = 1 + sum(known.get(id(child), (1, 1))[1] for child in here) + deepest
        known[id(node)] = min(place, _MOST), min(way, _MOST)
    return known.get(id(root.node), (1, 1))


def _here(node: Part, root: RootedSchema) -> Iterator[JSON]:
    for keyword in ("$ref", "$dynamicRef"):
        reference = node.get(keyword)
        if isinstance(reference, str):
            yield root.follow(reference)
    yield from (node[keyword] for keyword in _SAME_PLACE if keyword in node)
    for keyword in _LISTS:
        yield from listed(node, keyword)
    yield from mapped(node, "dependentSchemas").values()


def _below(node: Part) -> Iterator[JSON]:
    yield from (node[keyword] for keyword in _BELOW if keyword in node)
    yield from listed(node, "prefixItems")
    for keyword in ("properties", "patternProperties"):
        yield from mapped(node, keyword).values()
