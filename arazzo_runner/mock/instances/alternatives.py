"""Choosing among alternatives: `oneOf`, `anyOf`, `if`, `not`, `dependentSchemas`.

Each choice turns the parts into plainer ones. The ways to choose come in the order of how many choices are other than
the first: first all first choices, then all ways with one other choice, and so on, up to named limits.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from arazzo_runner.mock.instances.conjunction import Flat, Flattener, NoInstance, Part, listed, mapped, required, types
from arazzo_runner.mock.instances.height import Heights
from arazzo_runner.mock.instances.judge import Nodes
from arazzo_runner.mock.instances.negation import negations
from arazzo_runner.mock.limits import MAX_DEVIATIONS, MAX_NEGATIONS, MAX_SETTLEMENTS
from arazzo_runner.values import JSON

_CHOICES: Final = ("oneOf", "anyOf", "dependentSchemas", "if", "not")
_CHECKED: Final = ("contains", "unevaluatedProperties", "unevaluatedItems", "propertyNames")
_MAX_CHOICES: Final = 150
_MAX_STEPS: Final = 4_000
"""Choices that are looked at in the search for the ways to choose at one place."""

_MAX_PLAIN: Final = 20
"""Branches of a `oneOf` that are tried as they are, before any is tried with the others broken on purpose."""

_REMOVED: Final = {"if": ("if", "then", "else")}


def is_settled(parts: tuple[Part, ...]) -> bool:
    """Tell whether nothing is left to choose."""
    return not any(keyword in part for part in parts for keyword in _CHOICES)


def needs_check(parts: tuple[Part, ...]) -> bool:
    """Tell whether a value made for these parts has to be checked against them before it is used."""
    return any(keyword in part for part in parts for keyword in (*_CHOICES, *_CHECKED))


class Settlements:
    """The ways to choose. With `flat_first`, the alternatives that need the least nesting come first."""

    def __init__(self, flattener: Flattener, heights: Heights, *, flat_first: bool) -> None:
        self._flattener, self._heights, self._flat_first = flattener, heights, flat_first
        self._steps = 0
        self._circles = self._is_deep = False

    @property
    def is_endless(self) -> bool:
        """Whether alternatives led back to themselves until no more of them were followed."""
        return self._circles and self._is_deep

    @property
    def gave_up(self) -> bool:
        """Whether a limit of the search was reached: there may be more ways to choose."""
        return (self._is_deep and not self._circles) or self._steps > _MAX_STEPS

    def of(self, flat: Flat) -> Iterator[Flat]:
        """Yield parts in which nothing is left to choose, at most `MAX_SETTLEMENTS`."""
        found = (way for other in range(MAX_DEVIATIONS) for way in self._settle(flat, other, 0))
        return islice(found, MAX_SETTLEMENTS)

    def _settle(self, flat: Flat, others: int, level: int) -> Iterator[Flat]:
        self._steps += 1
        if self._steps > _MAX_STEPS:
            return
        place = _first_choice(flat.parts)
        if place is None or level > _MAX_CHOICES:
            self._is_deep = self._is_deep or place is not None
            if not others and place is None:
                yield flat
            return
        index, keyword = place
        part = flat.parts[index]
        taken = _REMOVED.get(keyword, (keyword,))
        rest = {name: value for name, value in part.items() if name not in taken}
        before = flat.parts[:index] + ((rest,) if rest else ()) + flat.parts[index + 1 :]
        viable = 0
        for option in self._options(part, keyword, flat.parts):
            chosen = self._flattener.flat(option)
            if isinstance(chosen, NoInstance):
                continue
            self._circles = self._circles or bool(chosen.references & flat.references)
            parts = before
            for added in chosen.parts:
                parts = parts if added in parts else (*parts, added)
            if not types(parts):
                continue
            if viable and not others:
                return
            yield from self._settle(Flat(parts, flat.references | chosen.references), others - bool(viable), level + 1)
            viable += 1

    def _options(self, part: Part, keyword: str, parts: tuple[Part, ...]) -> Iterator[Nodes]:
        match keyword:
            case "anyOf":
                yield from ((option,) for option in self._ordered(listed(part, keyword)))
            case "oneOf":
                yield from self._one_of(part)
            case "if":
                yield from self._conditional(part)
            case "not":
                yield from _members_wanted(part["not"], parts)
                yield ()
                wanted = {"not": part["not"]}
                yield from ((broken,) for broken in negations(part["not"], self._flattener) if broken != wanted)
            case _:
                yield from _dependents(part, parts)

    def _ordered(self, options: list[JSON]) -> list[JSON]:
        """Put null last, and, where the value is deep already, the flattest first."""
        last = [option for option in options if isinstance(option, dict) and option.get("type") == "null"]
        first = [option for option in options if option not in last]
        if self._flat_first:
            first.sort(key=lambda option: self._heights.of((option,)))
        return first + last

    def _one_of(self, part: Part) -> Iterator[Nodes]:
        options = self._ordered(listed(part, "oneOf"))
        for option in options[:_MAX_PLAIN]:
            yield (*_discriminated(part, option), option)
        if "discriminator" in part:
            yield from ((option,) for option in options[:_MAX_PLAIN])
        for option in options:
            others = [negations(other, self._flattener) for other in options if other is not option]
            ways = max((len(found) for found in others), default=0) if all(others) else 0
            for turn in range(min(ways, MAX_NEGATIONS)):
                yield (option, *(found[turn % len(found)] for found in others))
        yield from ((option,) for option in options[_MAX_PLAIN:])

    def _conditional(self, part: Part) -> Iterator[Nodes]:
        yield (part["if"], part.get("then", True))
        for broken in negations(part["if"], self._flattener):
            yield (broken, part.get("else", True))
        yield ()


def _first_choice(parts: tuple[Part, ...]) -> tuple[int, str] | None:
    for keyword in _CHOICES:
        for index, part in enumerate(parts):
            if keyword in part:
                return index, keyword
    return None


def _members_wanted(excluded: JSON, parts: tuple[Part, ...]) -> Iterator[Nodes]:
    """Yield the ways to have one member that satisfies a schema: not all members may break it."""
    if not isinstance(excluded, dict) or list(excluded) != ["additionalProperties"]:
        return
    inner = excluded["additionalProperties"]
    wanted: JSON = inner["not"] if isinstance(inner, dict) and list(inner) == ["not"] else {"not": inner}
    declared = dict.fromkeys(name for part in parts for name in mapped(part, "properties"))
    for name in (*list(declared)[:_MAX_PLAIN], "item"):
        yield ({"type": "object", "required": [name], "properties": {name: wanted}},)


def _discriminated(part: Part, option: JSON) -> Nodes:
    """Return what the discriminator says of an option: the name in its property (OpenAPI, Discriminator Object)."""
    discriminator = mapped(part, "discriminator")
    name = discriminator.get("propertyName")
    reference = option.get("$ref") if isinstance(option, dict) else None
    if not isinstance(name, str) or not isinstance(reference, str):
        return ()
    target = reference.partition("#")[2]
    mapping = mapped(discriminator, "mapping")
    named = (value for value, written in mapping.items() if str(written).partition("#")[2] == target)
    value = next(named, target.rpartition("/")[2])
    return ({"type": "object", "required": [name], "properties": {name: {"const": value}}},)


def _dependents(part: Part, parts: tuple[Part, ...]) -> Iterator[Nodes]:
    """Settle the first of the dependent schemas; the others stay for the next choice."""
    schemas = mapped(part, "dependentSchemas")
    if not schemas:
        yield ()
        return
    name, schema = next(iter(schemas.items()))
    others: JSON = {"dependentSchemas": {key: value for key, value in schemas.items() if key != name}}
    rest: Nodes = (others,) if len(schemas) > 1 else ()
    if name in required(parts):
        yield (schema, *rest)
        return
    yield ({"required": [name]}, schema, *rest)
    yield ({"properties": {name: False}}, *rest)
