"""Objects: what is required, then what is declared, then what is wanted to reach `minProperties`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from arazzo_runner.mock.instances import pattern_text, words
from arazzo_runner.mock.instances.conjunction import NoInstance, Part, at_least, at_most, mapped, required
from arazzo_runner.mock.instances.judge import Nodes
from arazzo_runner.mock.instances.pattern import Unread
from arazzo_runner.mock.instances.walk import At, Maker
from arazzo_runner.mock.limits import MAX_MEMBERS, MAX_TRIES
from arazzo_runner.values import JSON

_ENTRIES: Final = 2
"""Entries of an object that is a map (its names are free)."""


def make_object(parts: tuple[Part, ...], at: At, maker: Maker) -> dict[str, JSON] | NoInstance:
    """Return an object that satisfies the keywords for objects, or why there is none."""
    low, needed = at_least(parts, "minProperties"), required(parts)
    if max(low, len(needed)) > MAX_MEMBERS:
        wanted = max(low, len(needed))
        return NoInstance(f"{wanted} members are wanted; no more than {MAX_MEMBERS} are made", at.path, limited=True)
    high = at_most(parts, "maxProperties", MAX_MEMBERS)
    if max(low, len(needed)) > high:
        return NoInstance(f"{max(low, len(needed))} members or more are wanted, and {high} are allowed", at.path)
    made = _required(parts, needed, at, maker)
    if isinstance(made, NoInstance):
        return made
    declared = [name for part in parts for name in mapped(part, "properties")]
    hinted = list(at.hint) if isinstance(at.hint, dict) else []
    order = list(dict.fromkeys((*declared, *needed, *hinted)))
    for name in order:
        if len(made) < high and name not in made and _is_name(parts, name, maker):
            _add(parts, name, at, maker, made)
    invented = max(low, _wanted_entries(parts, order, at, maker)) - len(made)
    for name in islice(_new_names(parts, at, maker), invented + MAX_TRIES) if invented > 0 else ():
        if len(made) >= high or invented <= 0:
            break
        if name not in made and _is_name(parts, name, maker):
            before = len(made)
            _add(parts, name, at, maker, made, always=True)
            invented -= len(made) - before
    if len(made) < low:
        return _too_few(parts, len(made), low, at, maker)
    return {name: made[name] for name in dict.fromkeys((*order, *made)) if name in made}


def _too_few(parts: tuple[Part, ...], found: int, low: int, at: At, maker: Maker) -> NoInstance:
    """Say why an object has too few members: because no further one has a value, or else no further name."""
    name = next(iter(_new_names(parts, at, maker)), "")
    nodes = member(parts, name, maker)
    if name and not isinstance(maker.flat(nodes), NoInstance):
        tried = maker.make(nodes, at.child(name))
        if isinstance(tried, NoInstance):
            return tried
    return NoInstance(f"{low} members or more are wanted, and only {found} were found", at.path)


def member(parts: tuple[Part, ...], name: str, maker: Maker) -> Nodes:
    """Return the schemas that a member has to satisfy (JSON Schema 2020-12, Core 10.3.2 and 11.3)."""
    nodes: list[JSON] = []
    evaluated = False
    for part in parts:
        own = mapped(part, "properties")
        found = [own[name]] if name in own else []
        found += [schema for regex, schema in mapped(part, "patternProperties").items() if _matches(regex, name, maker)]
        if not found and "additionalProperties" in part:
            found = [part["additionalProperties"]]
        evaluated = evaluated or bool(found)
        nodes += found
    if not evaluated:
        nodes += [part["unevaluatedProperties"] for part in parts if "unevaluatedProperties" in part]
    return tuple(nodes)


def _matches(regex: str, name: str, maker: Maker) -> bool:
    return maker.judge.holds(({"pattern": regex},), name)


def _required(parts: tuple[Part, ...], needed: dict[str, None], at: At, maker: Maker) -> dict[str, JSON] | NoInstance:
    nodes = {name: member(parts, name, maker) for name in needed}
    for name, schemas in nodes.items():
        flat = maker.flat(schemas)
        if isinstance(flat, NoInstance):  # told before anything is made
            return NoInstance(f"the member is required, and {flat.reason}", (*at.path, name), flat.limited)
        if not _is_name(parts, name, maker):
            return NoInstance(f"the member '{name}' is required, and its name is not allowed", at.path)
    made: dict[str, JSON] = {}
    for name, schemas in nodes.items():
        value = maker.make(schemas, at.child(name))
        if isinstance(value, NoInstance):
            return value
        made[name] = value
    return made


def _add(
    parts: tuple[Part, ...], name: str, at: At, maker: Maker, made: dict[str, JSON], *, always: bool = False
) -> None:
    """Add an optional member, with the members that depend on it, if they can be made."""
    child, nodes = at.child(name), member(parts, name, maker)
    if not always and maker.leaves_out(nodes, child):
        return
    followers = [other for other in required((*parts, {"required": [name]})) if other not in made]
    if len(made) + len(followers) > at_most(parts, "maxProperties", MAX_MEMBERS):
        return
    added = _required(parts, dict.fromkeys(followers), at, maker)
    if not isinstance(added, NoInstance):
        made.update(added)


def _is_name(parts: tuple[Part, ...], name: str, maker: Maker) -> bool:
    rules = tuple(part["propertyNames"] for part in parts if "propertyNames" in part)
    return not rules or maker.judge.holds(rules, name)


def _wanted_entries(parts: tuple[Part, ...], order: list[str], at: At, maker: Maker) -> int:
    """Return how many entries a map gets: an object without declared members, whose members have a schema."""
    is_map = any(isinstance(part.get("additionalProperties"), dict) or "patternProperties" in part for part in parts)
    return _ENTRIES if is_map and not order and maker.is_rich(at) else 0


def _new_names(parts: tuple[Part, ...], at: At, maker: Maker) -> Iterator[str]:
    """Yield names that are not declared: those of patterns and of `propertyNames` first, then words."""
    draw = maker.draw(at, "names")
    for part in parts:
        for regex in mapped(part, "patternProperties"):
            written = pattern_text.texts(regex, 0, 40, draw)
            yield from () if isinstance(written, Unread) else written
    rules = tuple(part["propertyNames"] for part in parts if "propertyNames" in part)
    for salt in range(MAX_TRIES if rules else 0):
        name = maker.make((*rules, {"type": "string"}), At((*at.path, "name"), at.trail, salt=salt))
        if isinstance(name, str):
            yield name
    yield from words.NOUNS
    yield from (f"{noun}-{count}" for count in range(2, MAX_MEMBERS) for noun in words.NOUNS)
