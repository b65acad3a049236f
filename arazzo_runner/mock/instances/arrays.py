"""Arrays: as many items as are wanted, each by its place, distinct where they have to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from arazzo_runner.mock.instances.conjunction import NoInstance, Part, at_least, at_most, listed
from arazzo_runner.mock.instances.judge import Nodes
from arazzo_runner.mock.instances.walk import At, Maker
from arazzo_runner.mock.limits import MAX_ITEMS, MAX_TRIES
from arazzo_runner.values import JSON, same

_MAX_LOOKED: Final = 30
"""Items with a schema of their own of which it is looked whether what the array has to contain can stand there."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """How many items there have to be, may be and should be, and what further schemas hold at which index."""

    low: int
    high: int
    wanted: int
    extra: dict[int, list[JSON]]
    distinct: bool


def make_array(parts: tuple[Part, ...], at: At, maker: Maker) -> list[JSON] | NoInstance:
    """Return an array that satisfies the keywords for arrays, or why there is none."""
    wanted = max(at_least(parts, "minItems"), at_least(parts, "minContains"))
    if wanted > MAX_ITEMS:
        return NoInstance(f"{wanted} items are wanted; no more than {MAX_ITEMS} are made", at.path, limited=True)
    plan = _plan(parts, at, maker)
    if plan.low > plan.high:
        return NoInstance(f"{plan.low} items or more are wanted, and {plan.high} are allowed", at.path)
    made: list[JSON] = []
    for index in range(plan.wanted):
        nodes = (*item(parts, index), *plan.extra.get(index, ()))
        if index >= plan.low and maker.leaves_out(nodes, at.child(index)):
            break
        value = _distinct(nodes, at, maker, made) if plan.distinct else maker.make(nodes, at.child(index))
        if isinstance(value, NoInstance):
            if index >= plan.low:
                break
            return value
        made.append(value)
    return made


def item(parts: tuple[Part, ...], index: int) -> Nodes:
    """Return the schemas that the item of an index has to satisfy (JSON Schema 2020-12, Core 10.3.1 and 11.2)."""
    nodes: list[JSON] = []
    evaluated = False
    for part in parts:
        prefix = listed(part, "prefixItems")
        if index < len(prefix):
            nodes.append(prefix[index])
        elif "items" in part:
            nodes.append(part["items"])
        else:
            continue
        evaluated = True
    if not evaluated:
        nodes += [part["unevaluatedItems"] for part in parts if "unevaluatedItems" in part]
    return tuple(nodes)


def _plan(parts: tuple[Part, ...], at: At, maker: Maker) -> _Plan:
    low, high = at_least(parts, "minItems"), at_most(parts, "maxItems", MAX_ITEMS)
    prefix = max((len(listed(part, "prefixItems")) for part in parts), default=0)
    extra = _contained(parts, prefix, high, at, maker)
    low = max(low, *(index + 1 for index in extra), 0)
    wanted = low
    if isinstance(at.hint, list):
        wanted = max(low, min(high, len(at.hint), MAX_ITEMS))
    elif maker.is_rich(at):
        wanted = max(low, min(high, max(prefix, maker.draw(at, "items").between(1, 2))))
    limited: list[JSON] = [{"not": part["contains"]} for part in parts if "maxContains" in part and "contains" in part]
    if limited:
        extra = {index: extra.get(index, limited) for index in range(wanted)}
    distinct = any(part.get("uniqueItems") is True for part in parts)
    return _Plan(low, high, wanted, extra, distinct)


def _contained(parts: tuple[Part, ...], prefix: int, high: int, at: At, maker: Maker) -> dict[int, list[JSON]]:
    """Give each thing that the array has to contain a place of its own, or a shared one where there are too few."""
    wanted: list[JSON] = []
    for part in parts:
        if "contains" in part and part["contains"] not in wanted:
            least = part.get("minContains", 1)
            count = int(least) if isinstance(least, int | float) else 1
            wanted += [part["contains"]] * min(count, MAX_ITEMS + 1)
    places: dict[int, list[JSON]] = {}
    if 0 < high < len(wanted):
        for number, schema in enumerate(wanted):
            places.setdefault(number % high, []).append(schema)
        return places
    orders: dict[int, list[int]] = {}
    for schema in wanted:
        if id(schema) not in orders:
            orders[id(schema)] = _room(schema, parts, min(prefix, _MAX_LOOKED), at, maker)
        order = (*orders[id(schema)], *range(min(prefix, _MAX_LOOKED), high), *range(high))
        index = next((index for index in order if index < high and index not in places), len(places))
        places[index] = [schema]
    return places


def _room(schema: JSON, parts: tuple[Part, ...], prefix: int, at: At, maker: Maker) -> list[int]:
    """Return the places of the first items at which a schema can hold: first those at which it has to."""
    free: list[int] = []
    forced: list[int] = []
    for index in range(prefix):
        nodes = item(parts, index)
        if isinstance(maker.make((*nodes, schema), at.child(index)), NoInstance):
            continue
        has_to = isinstance(maker.make((*nodes, {"not": schema}), at.child(index)), NoInstance)
        (forced if has_to else free).append(index)
    return forced + free


def _distinct(nodes: Nodes, at: At, maker: Maker, made: list[JSON]) -> JSON | NoInstance:
    index = len(made)
    for salt in range(MAX_TRIES):
        value = maker.make(nodes, at.child(index, salt))
        if isinstance(value, NoInstance):
            return value
        if not any(same(value, other) for other in made):
            return value
    return NoInstance(f"no item was found that differs from the {index} before it", (*at.path, index))
