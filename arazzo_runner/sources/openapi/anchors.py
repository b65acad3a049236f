"""Schemas that are known by a name or a URI of their own (JSON Schema 2020-12, sections 8.2.1 and 8.2.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from arazzo_runner.sources.location import resolve
from arazzo_runner.sources.openapi.node import Node
from arazzo_runner.values import JSON, Path

KEYWORDS = ("$id", "$anchor", "$dynamicAnchor")
_DATA = frozenset({"example", "examples", "default", "enum", "const"})


@dataclass(frozen=True, slots=True)
class Anchors:
    """What a document names: schemas with an `$id` by their URI, anchors by their resource's place and their name.

    `bases` holds the base URI that each `$id` sets for what stands below its place.
    """

    resources: Mapping[str, Node] = field(default_factory=dict)
    named: Mapping[tuple[Path, str], Node] = field(default_factory=dict)
    bases: Mapping[Path, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Visit:
    data: JSON
    at: Path
    resource: Path
    base: str


def anchors_of(root: Node, base_uri: str) -> Anchors:
    """Walk a whole document for what its schemas call themselves."""
    resources: dict[str, Node] = {}
    named: dict[tuple[Path, str], Node] = {}
    bases: dict[Path, str] = {}
    waiting = [_Visit(root.data, (), (), base_uri)]
    while waiting:
        visit = waiting.pop()
        if isinstance(visit.data, dict):
            node = Node(visit.data, root.document, visit.at)
            identified = _identified(node, visit)
            if identified.resource == visit.at and visit.at:
                resources[identified.base], bases[visit.at] = node, identified.base
            for keyword in ("$anchor", "$dynamicAnchor"):
                if (name := node.text(keyword)) is not None:
                    named.setdefault((identified.resource, name), node)
            visit = identified
        waiting.extend(_below(visit))
    return Anchors(resources, named, bases)


def _identified(node: Node, visit: _Visit) -> _Visit:
    identity = node.text("$id")
    if identity is None or not visit.at:
        return visit
    try:
        return _Visit(visit.data, visit.at, visit.at, resolve(visit.base, identity))
    except ValueError:
        return visit


def _below(visit: _Visit) -> list[_Visit]:
    children: list[tuple[str | int, JSON]] = []
    if isinstance(visit.data, dict):
        in_schema = visit.at[-1:] != ("properties",)
        children = [(name, value) for name, value in visit.data.items() if not (in_schema and name in _DATA)]
    elif isinstance(visit.data, list):
        children = list(enumerate(visit.data))
    return [
        _Visit(value, (*visit.at, step), visit.resource, visit.base)
        for step, value in children
        if isinstance(value, dict | list)
    ]
