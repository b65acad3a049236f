"""A value for a schema: found in bounded time, valid, and the same every time for one seed.

Examples, defaults and listed values come first, each checked; the rest follows from the keywords, the formats and the
names of members. What comes out has been checked against the whole schema by jsonschema-rs; where that fails, the
value is made again without the optional members that spoilt it, then as plain as the schema allows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from arazzo_runner.mock.instances.conjunction import Flattener, NoInstance
from arazzo_runner.mock.instances.height import Heights
from arazzo_runner.mock.instances.judge import Judge, Nodes
from arazzo_runner.mock.instances.making import Making, Manner
from arazzo_runner.mock.instances.rooted import RootedSchema, rooted
from arazzo_runner.mock.instances.walk import NO_HINT, At
from arazzo_runner.mock.instances.weight import weight
from arazzo_runner.mock.limits import MAX_ATTEMPTS, MAX_WAY_WEIGHT, MAX_WEIGHT
from arazzo_runner.values import JSON, Nothing, Path

__all__ = ["Generator", "NoInstance", "generate"]

_ROOT_PLAIN: Final = 3
"""The attempt from which on no more is made than the schema asks for."""


class Generator:
    """Makes values for one schema; what it learns of the schema is kept for the next one."""

    def __init__(self, schema: JSON) -> None:
        self._root: RootedSchema = rooted(schema)
        self._flattener = Flattener(self._root)
        self._heights = Heights(self._flattener)
        self._fault = _too_heavy(self._root) or _unusable(self._root)
        self._strict = Judge(self._root if not self._fault else RootedSchema({}))

    def valid(self, value: JSON, wishes: Nodes = ()) -> bool:
        """Tell whether a value is valid against the schema and further ones, formats asserted."""
        return not self._fault and self._strict.holds((self._root.node, *wishes), value)

    def generate(
        self, seed: int, *, wishes: Nodes = (), hint: JSON | Nothing = NO_HINT, name: str = "", side: str = "response"
    ) -> JSON | NoInstance:
        """Return a value that satisfies the schema and all the wishes, or why there is none.

        `wishes` are further schemas without references. `hint` is a value to keep as much of as fits. `name` is what
        the value is called where it stands (a header's name). A format is asserted where an instance can be found so,
        else it is the annotation that JSON Schema 2020-12 says it is.
        """
        try:
            return self._generated(seed, (self._root.node, *wishes), hint, name, side)
        except RecursionError:  # our caller left little of the stack
            return NoInstance("its values nest too deeply", limited=True)

    def _generated(self, seed: int, nodes: Nodes, hint: JSON | Nothing, name: str, side: str) -> JSON | NoInstance:
        fault = self._unusable(nodes)
        if fault:
            return NoInstance(fault)
        manner = Manner(seed, side)
        place = At((name,) if name else (), hint=hint)
        found = self._attempts(nodes, manner, place, self._strict)
        if isinstance(found, NoInstance):
            relaxed = self._attempts(nodes, manner, place, Judge(self._root, formats=False))
            found = found if isinstance(relaxed, NoInstance) else relaxed
        return replace(found, at=found.at[len(place.path) :]) if isinstance(found, NoInstance) else found

    def _unusable(self, nodes: Nodes) -> str:
        fault = self._fault or self._strict.fault_of(nodes)
        return f"the schema can't be used: {fault}" if fault else ""

    def _attempts(self, nodes: Nodes, manner: Manner, place: At, judge: Judge) -> JSON | NoInstance:
        fault = NoInstance("no value was found")
        avoided: frozenset[Path] = frozenset()
        for attempt in range(MAX_ATTEMPTS):
            plain = attempt >= _ROOT_PLAIN
            tried = replace(manner, attempt=attempt, plain=plain, avoided=avoided)
            value = Making(tried, judge, self._flattener, self._heights).make(nodes, place)
            if isinstance(value, NoInstance):
                return value
            faults = judge.faults(nodes, value)
            if not faults:
                return value
            fault = NoInstance(f"what was made is not valid: {faults[0][1]:.200}", faults[0][0])
            avoided |= _blamed([(*place.path, *path) for path, _ in faults], up=attempt)
        return fault


def _unusable(root: RootedSchema) -> str:
    return root.faults[0] if root.faults else ""


def _too_heavy(root: RootedSchema) -> str:
    """Say that checking a value would take too long; empty where it does not."""
    here, way = weight(root)
    if here <= MAX_WEIGHT and way <= MAX_WAY_WEIGHT:
        return ""
    return f"its schemas refer to each other so often that one value would take {max(here, way):,} checks or more"


def _blamed(paths: list[Path], up: int) -> frozenset[Path]:
    """Return the places to leave out next time: those that are wrong, later also the ones that hold them."""
    return frozenset(path[: len(path) - level] for path in paths for level in range(min(up + 1, len(path))))


def generate(
    schema: JSON,
    seed: int = 0,
    *,
    wishes: Nodes = (),
    hint: JSON | Nothing = NO_HINT,
    name: str = "",
    side: str = "response",
) -> JSON | NoInstance:
    """Return a value for a self-contained schema of JSON Schema 2020-12, or why there is none; see `Generator`."""
    return Generator(schema).generate(seed, wishes=wishes, hint=hint, name=name, side=side)
