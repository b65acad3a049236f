"""One attempt at a value: what examples say first, then what the keywords ask for, place by place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from arazzo_runner.mock.instances import names
from arazzo_runner.mock.instances.alternatives import Settlements, is_settled, needs_check
from arazzo_runner.mock.instances.arrays import make_array
from arazzo_runner.mock.instances.conjunction import Flat, Flattener, NoInstance, Part, listed, types
from arazzo_runner.mock.instances.draw import Draw
from arazzo_runner.mock.instances.height import ENDLESS, Heights
from arazzo_runner.mock.instances.judge import Judge, Nodes
from arazzo_runner.mock.instances.numbers import number
from arazzo_runner.mock.instances.objects import make_object
from arazzo_runner.mock.instances.strings import string
from arazzo_runner.mock.instances.walk import At
from arazzo_runner.mock.limits import MAX_DEPTH, MAX_WORK, RICH_DEPTH, RICH_VALUES
from arazzo_runner.values import JSON, Nothing, Path

_NONE: Final = Nothing("nothing is known of it")
_SALTS: Final = 3
_MIXED: Final = 2
"""The try from which on values are mixed: other types, and other truths for each member."""

_SCALARS: Final = frozenset(("string", "integer", "number", "boolean", "null"))


@dataclass(frozen=True, slots=True)
class Manner:
    """How an attempt goes about it.

    `side` is ``response`` or ``request``: whose optional members are left out. `plain` makes no more than the schema
    asks for. `avoided` are optional places that spoilt an earlier attempt.
    """

    seed: int
    side: str = "response"
    attempt: int = 0
    plain: bool = False
    avoided: frozenset[Path] = field(default_factory=frozenset)


class Making:
    """An attempt. What it knows of the schema outlives it; the work that it may do is its own."""

    def __init__(self, manner: Manner, judge: Judge, flattener: Flattener, heights: Heights) -> None:
        self.manner, self._judge = manner, judge
        self._flattener, self._heights = flattener, heights
        self._work = 0

    @property
    def judge(self) -> Judge:
        """What checks values against pieces of the schema."""
        return self._judge

    def flat(self, nodes: Nodes) -> Flat | NoInstance:
        """Return the parts of schemas."""
        return self._flattener.flat(nodes)

    def draw(self, at: At, *purpose: str) -> Draw:
        """Return the choices of a place."""
        return Draw(self.manner.seed, self.manner.attempt, at.salt, *purpose, "/", *at.path)

    def is_rich(self, at: At) -> bool:
        """Tell whether there is still room for containers that the schema does not ask for."""
        return not self.manner.plain and len(at.path) < RICH_DEPTH and self._work < RICH_VALUES

    def leaves_out(self, nodes: Nodes, at: At) -> bool:
        """Tell whether an optional value is better left out."""
        if at.path in self.manner.avoided or not isinstance(at.hint, Nothing):
            return at.path in self.manner.avoided
        flat = self.flat(nodes)
        if self.manner.plain or isinstance(flat, NoInstance):
            return True
        hidden = "writeOnly" if self.manner.side == "response" else "readOnly"
        if any(part.get(hidden) is True for part in flat.parts) or flat.references & at.trail:
            return True
        return not self.is_rich(at) and not _is_single(flat.parts)

    def make(self, nodes: Nodes, at: At) -> JSON | NoInstance:
        """Return a value that satisfies all the schemas, or why there is none."""
        self._work += 1
        if self._work > MAX_WORK:
            return NoInstance(f"no value was found in {MAX_WORK} tries", at.path, limited=True)
        if len(at.path) > MAX_DEPTH:
            return NoInstance(f"it would have to nest deeper than {MAX_DEPTH} levels", at.path, limited=True)
        flat = self.flat(nodes)
        if isinstance(flat, NoInstance):
            return NoInstance(flat.reason, at.path, flat.limited)
        if flat.references & at.trail and self._heights.of(nodes) >= ENDLESS:
            return NoInstance("the schema requires itself inside itself, without end", at.path)
        known = self._known(nodes, flat.parts, at)
        if not isinstance(known, Nothing):
            return known
        if any("enum" in part or "const" in part for part in flat.parts):
            return self._misfit(nodes, flat.parts, at)
        if not needs_check(flat.parts):
            return self._plain(flat.parts, at.under(flat.references))
        return self._checked(nodes, flat, at)

    def _known(self, nodes: Nodes, parts: tuple[Part, ...], at: At) -> JSON | Nothing:
        for candidate in self._candidates(parts, at):
            if self._judge.holds(nodes, candidate):
                return candidate
        return _NONE

    def _candidates(self, parts: tuple[Part, ...], at: At) -> Iterator[JSON]:
        if not isinstance(at.hint, Nothing):
            yield at.hint
        yield from (part["const"] for part in parts if "const" in part)
        if not at.salt:
            for part in parts:
                yield from listed(part, "examples")
                yield from (part[name] for name in ("example", "default") if name in part)
        listings = [listed(part, "enum") for part in parts if "enum" in part]
        if listings:
            fewest = min(range(len(listings)), key=lambda index: len(listings[index]))
            options = sorted(listings[fewest], key=lambda option: option is None)
            start = (
                self.draw(replace(at, salt=0), "enum").between(0, max(0, len(options) - 1 - (None in options)))
                if options
                else 0
            )
            yield from options[(start + at.salt) % max(1, len(options)) :]
            yield from options[: (start + at.salt) % max(1, len(options))]

    def _checked(self, nodes: Nodes, flat: Flat, at: At) -> JSON | NoInstance:
        """Go through the ways to choose until a value satisfies the schemas as they are written."""
        flat_first = not self.is_rich(at) or bool(flat.references & at.trail)
        settlements = Settlements(self._flattener, self._heights, flat_first=flat_first)
        fault = NoInstance("none of its alternatives can be chosen", at.path)
        source = iter((flat,)) if is_settled(flat.parts) else settlements.of(flat)
        ways: list[Flat] = []
        for salt in range(at.salt, at.salt + _SALTS):
            for way in _remembered(ways, source):
                place = At(at.path, at.trail | way.references, at.hint, salt)
                value = self._settled(nodes, way, place)
                if isinstance(value, NoInstance):
                    fault = replace(value, limited=value.limited or fault.limited)
                elif self._judge.holds(nodes, value):
                    return value
                else:
                    fault = NoInstance(self._complaint(nodes, value), at.path, fault.limited)
                if self._work > MAX_WORK:
                    return replace(fault, limited=True)
        if settlements.is_endless and not ways:
            return NoInstance("its alternatives refer to themselves without end", at.path)
        return replace(fault, limited=fault.limited or settlements.gave_up)

    def _settled(self, whole: Nodes, way: Flat, at: At) -> JSON | NoInstance:
        """Make a value of parts in which nothing is left to choose.

        They may list values of their own: one is taken that fits the whole, from which the choices were made.
        """
        if any("enum" in part or "const" in part for part in way.parts):
            nodes = (*(dict(part) for part in way.parts), *whole)
            known = self._known(nodes, way.parts, at)
            return self._misfit(nodes, way.parts, at) if isinstance(known, Nothing) else known
        for candidate in self._candidates(way.parts, at):
            if self._judge.holds(tuple(dict(part) for part in way.parts), candidate):
                return candidate
        return self._plain(way.parts, at)

    def _misfit(self, nodes: Nodes, parts: tuple[Part, ...], at: At) -> NoInstance:
        """Say why no value that `enum` or `const` lists fits, by the fault of the first of them."""
        listed_values = [part["const"] for part in parts if "const" in part]
        listed_values += [option for part in parts for option in listed(part, "enum")]
        faults = self._judge.faults(nodes, listed_values[0]) if listed_values else []
        where, why = faults[0] if faults else ((), "there is none")
        return NoInstance(f"no listed value fits: {why:.200}", (*at.path, *where))

    def _complaint(self, nodes: Nodes, value: JSON) -> str:
        found = self._judge.faults(nodes, value)
        return f"what fits its parts does not fit the whole ({found[0][1]:.200})" if found else "it can't be checked"

    def _plain(self, parts: tuple[Part, ...], at: At) -> JSON | NoInstance:
        fault = NoInstance("its schemas ask for different types", at.path)
        kinds = types(parts)
        start = at.salt % len(kinds) if at.salt >= _MIXED and kinds else 0
        for kind in (*kinds[start:], *kinds[:start]):
            value = self._of_type(kind, parts, at)
            if not isinstance(value, NoInstance):
                return value
            fault = NoInstance(value.reason, value.at or at.path, value.limited or fault.limited)
        return fault

    def _of_type(self, kind: str, parts: tuple[Part, ...], at: At) -> JSON | NoInstance:
        match kind:
            case "string":
                return string(parts, at.name, self.draw(at), self._judge)
            case "integer" | "number":
                return number(parts, at.name, self.draw(at), whole=kind == "integer")
            case "boolean":
                # The second try is the opposite; further ones tell the members of one object apart.
                turned = at.salt if at.salt < _MIXED else self.draw(at).between(0, 1)
                return names.truth_for(at.name) is not bool(turned)
            case "object":
                return make_object(parts, at, self)
            case "array":
                return make_array(parts, at, self)
            case "null":
                return None
        return NoInstance(f"'{kind}' is no type of JSON Schema", at.path)


def _remembered(found: list[Flat], source: Iterator[Flat]) -> Iterator[Flat]:
    """Yield what was found before, then what is still to be found: to find all ways costs more than the first."""
    yield from tuple(found)
    for way in source:
        found.append(way)
        yield way


def _is_single(parts: tuple[Part, ...]) -> bool:
    """Tell whether a value will be neither an object nor an array, as far as can be seen."""
    return any("const" in part or "enum" in part for part in parts) or not _SCALARS.isdisjoint(types(parts)[:1])
