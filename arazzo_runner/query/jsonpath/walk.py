"""JSONPath evaluated: segments and selectors over JSON values (RFC 9535, section 2), every step counted.

Nodes come in the order of the document. Nothing here recurses with the depth of the data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from arazzo_runner.query.jsonpath.limits import MAX_QUERY_STEPS
from arazzo_runner.values import Path, Value

Trail: TypeAlias = "tuple[Trail, str | int] | None"
"""The way from the root to a node, the last step outermost; None at the root."""

Located: TypeAlias = tuple[Value, Trail]


class Exhausted(Exception):
    """The steps are used up. It never leaves the room of queries."""


@dataclass(slots=True)
class Walk:
    """One evaluation: the root of the data, and the steps that are left."""

    root: Value
    steps: int = MAX_QUERY_STEPS

    def spend(self, steps: int = 1) -> None:
        """Count steps. Raises `Exhausted`."""
        self.steps -= steps
        if self.steps < 0:
            raise Exhausted


Selector: TypeAlias = Callable[[Value, Trail, Walk], Iterator[Located]]
"""Yields what it selects of the children of a value."""

Test: TypeAlias = Callable[[Value, Walk], bool]
"""Decides whether a filter keeps a value."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Selectors applied to each node, or where `descend` is true to each node and all below it."""

    selectors: tuple[Selector, ...]
    descend: bool = False


def find(segments: tuple[Segment, ...], value: Value, walk: Walk) -> list[Located]:
    """Return the nodes that the segments lead to from a value. Raises `Exhausted`."""
    found: list[Located] = [(value, None)]
    for segment in segments:
        inputs = (below for node in found for below in descendants(node, walk)) if segment.descend else found
        found = [child for node in inputs for selector in segment.selectors for child in selector(*node, walk)]
    return found


def descendants(node: Located, walk: Walk) -> Iterator[Located]:
    """Yield a node and all that is below it, each before its children."""
    waiting = [node]
    while waiting:
        walk.spend()
        value, trail = node = waiting.pop()
        yield node
        waiting += list(children(value, trail))[::-1]


def children(value: Value, trail: Trail) -> Iterator[Located]:
    """Yield the elements of an array or the members of an object."""
    if isinstance(value, dict):
        for name, member in value.items():
            yield member, (trail, name)
    elif isinstance(value, list):
        for index, element in enumerate(value):
            yield element, (trail, index)


def path_of(trail: Trail) -> Path:
    """Return the names and indexes from the root to a node."""
    steps: list[str | int] = []
    while trail is not None:
        trail, step = trail
        steps.append(step)
    return tuple(reversed(steps))


def name(wanted: str) -> Selector:
    """Select the member of that name."""

    def select(value: Value, trail: Trail, walk: Walk) -> Iterator[Located]:
        walk.spend()
        if isinstance(value, dict) and wanted in value:
            yield value[wanted], (trail, wanted)

    return select


def index(wanted: int) -> Selector:
    """Select the element of that index; a negative one counts from the end."""

    def select(value: Value, trail: Trail, walk: Walk) -> Iterator[Located]:
        walk.spend()
        if isinstance(value, list):
            at = wanted + len(value) if wanted < 0 else wanted
            if 0 <= at < len(value):
                yield value[at], (trail, at)

    return select


def elements(start: int | None, end: int | None, step: int | None) -> Selector:
    """Select a slice of an array; a step of zero selects nothing."""

    def select(value: Value, trail: Trail, walk: Walk) -> Iterator[Located]:
        walk.spend()
        if isinstance(value, list) and step != 0:
            for at in range(*slice(start, end, step).indices(len(value))):
                walk.spend()
                yield value[at], (trail, at)

    return select


def wildcard(value: Value, trail: Trail, walk: Walk) -> Iterator[Located]:
    """Select all children."""
    for child in children(value, trail):
        walk.spend()
        yield child


def filtered(test: Test) -> Selector:
    """Select the children that pass a test."""

    def select(value: Value, trail: Trail, walk: Walk) -> Iterator[Located]:
        for child in children(value, trail):
            walk.spend()
            if test(child[0], walk):
                yield child

    return select
