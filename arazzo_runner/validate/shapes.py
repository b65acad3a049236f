"""What a schema of an API description says about a place inside the values that it describes.

Three answers: schemas of that place; that anything may be there, since the schema leaves it open or says it in a way
that is not followed here; or nothing, where the schema names the members that there are, and this one is not among
them, or where there can be no members at all. JSON Schema lets an object have more members than it names, but who
reads a member that is not named has mostly misread the description: rules on this are warnings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from arazzo_runner.expressions.pointer import MeantName
from arazzo_runner.sources.operations import Schema
from arazzo_runner.values import JSON

MAX_DEPTH: Final = 40
"""References and `allOf` inside one another that are followed; beyond, anything may be there."""

MAX_STEPS: Final = 5_000
"""Schemas that are looked at for one place; beyond, anything may be there."""

MAX_ALTERNATIVES: Final = 200
"""Schemas of one place that are looked at; beyond, anything may be there."""

_SAYS_MORE: Final = ("if", "not", "$dynamicRef", "discriminator", "dependentSchemas", "contains")
"""Keywords that can lead to members which are not looked for here."""


_UNFOLLOWED: Final[JSON] = {"$dynamicRef": ""}
"""Stands for a schema that can't be followed, such as one that a `$ref` names in vain: nobody knows what it says."""


@dataclass(frozen=True, slots=True)
class Inner:
    """What is at a place: `schemas`, one of which holds, or `anything`. With neither there is nothing.

    `names` are the members that are declared where the search ended, `missing` how many tokens were left then.
    """

    schemas: tuple[Schema, ...] = ()
    anything: bool = False
    names: tuple[str, ...] = ()
    missing: int = 0

    @property
    def is_absent(self) -> bool:
        """Whether the schemas leave no room for the place."""
        return not self.schemas and not self.anything


ANYTHING: Final = Inner(anything=True)
NOTHING: Final = Inner()


class Fuel:
    """How many schemas may still be looked at: some refer to themselves in many ways at once."""

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left = MAX_STEPS

    def burn(self) -> bool:
        """Take one step; return whether it may be taken."""
        self._left -= 1
        return self._left >= 0


def at_place(schemas: Iterable[Schema], tokens: Iterable[str | int]) -> Inner:
    """Return what is at a place of a value that one of the schemas describes; `tokens` are of a JSON Pointer."""
    here = tuple(schemas)
    way = tuple(token if isinstance(token, str) else str(token) for token in tokens)
    fuel = Fuel()
    for index, token in enumerate(way):
        found = joined(member(schema, token, fuel) for schema in here)
        if found.is_absent and isinstance(token, MeantName):
            items = joined(member(schema, "0", fuel) for schema in here).schemas
            found = joined(member(item, token, fuel) for item in items) if items else found
        if not found.schemas:
            return replace(found, missing=len(way) - index)
        if len(found.schemas) > MAX_ALTERNATIVES:
            return ANYTHING
        here = found.schemas
    return Inner(here)


def joined(alternatives: Iterable[Inner]) -> Inner:
    """Return what is at a place where one of several schemas holds: all that one of them allows."""
    listed = list(alternatives)
    if any(one.anything for one in listed):
        return ANYTHING
    schemas = [schema for one in listed for schema in one.schemas]
    names = dict.fromkeys(name for one in listed for name in one.names)
    distinct = {(schema.document.uri, schema.at): schema for schema in schemas}
    return Inner(tuple(distinct.values()), names=tuple(names))


def member(schema: Schema, token: str, fuel: Fuel, depth: int = 0) -> Inner:
    """Return what a schema says of one member or item of its value."""
    parts = list(conjuncts(schema, fuel, depth))
    told = [_told(part, token, fuel, depth) for part in parts]
    said = [one for one in told if one is not None]
    schemas = tuple(each for one in said for each in one.schemas)
    if schemas:
        return Inner(schemas)
    if not said or any(one.anything for one in said):
        return ANYTHING
    return Inner(names=tuple(dict.fromkeys(name for one in said for name in one.names)))


def conjuncts(schema: Schema, fuel: Fuel, depth: int = 0) -> Iterator[Schema]:
    """Yield the schemas that hold all at once: this one, what its `$ref` names, and the members of `allOf`.

    Each is without `$ref` and `allOf` of its own to follow; one that can't be followed is given as one that may say
    anything.
    """
    node = schema.node
    if depth > MAX_DEPTH or not fuel.burn():
        yield Schema(_UNFOLLOWED, schema.document, schema.at)
        return
    if not isinstance(node, dict):
        yield schema
        return
    if "$ref" in node:
        target = schema.document.follow(schema)
        if target is None or target.node is node:
            yield Schema(_UNFOLLOWED, schema.document, schema.at)
        else:
            yield from conjuncts(target, fuel, depth + 1)
        if not len(node) > 1 or schema.document.version < "3.1":
            return
    yield schema
    for part in _each(schema, "allOf"):
        yield from conjuncts(part, fuel, depth + 1)


def types_of(schema: Schema) -> frozenset[str] | None:
    """Return the JSON types that a schema allows, as far as its `type` keywords say; None where they say nothing."""
    found: frozenset[str] | None = None
    for part in conjuncts(schema, Fuel()):
        own = _types(part.node)
        if own is not None:
            found = own if found is None else found & own
    return found


def _types(node: JSON) -> frozenset[str] | None:
    if not isinstance(node, dict) or "type" not in node or any(key in node for key in ("anyOf", "oneOf")):
        return None
    written = node["type"]
    listed = written if isinstance(written, list) else [written]
    names = {str(one) for one in listed}
    return frozenset(names | ({"null"} if node.get("nullable") is True else set()))


def _told(schema: Schema, token: str, fuel: Fuel, depth: int) -> Inner | None:
    """Return what one schema says by itself; None where it says nothing of members and items."""
    node = schema.node
    if not isinstance(node, dict):
        return NOTHING if node is False else None
    said = [one for one in (_object(schema, token), _array(schema, token)) if one is not None]
    said += [joined(member(one, token, fuel, depth + 1) for one in listed) for listed in _alternatives(schema)]
    types = _types(node)
    if types is not None and not types & {"object", "array"}:
        said.append(NOTHING)
    if not said:
        return ANYTHING if any(key in node for key in _SAYS_MORE) else None
    schemas = tuple(each for one in said for each in one.schemas)
    if schemas:
        return Inner(schemas)
    if any(one.anything for one in said) or any(key in node for key in _SAYS_MORE):
        return ANYTHING
    return Inner(names=tuple(name for one in said for name in one.names))


def _object(schema: Schema, token: str) -> Inner | None:
    node = schema.node
    assert isinstance(node, dict)
    properties = node.get("properties")
    named = properties if isinstance(properties, dict) else {}
    if token in named:
        return Inner((_below(schema, "properties", token),))
    patterns = node.get("patternProperties")
    if isinstance(patterns, dict):
        fitting = [pattern for pattern in patterns if _fits(pattern, token)]
        if fitting:
            return Inner(tuple(_below(schema, "patternProperties", pattern) for pattern in fitting))
    if "additionalProperties" in node:
        more = node["additionalProperties"]
        if isinstance(more, dict) and more:
            return Inner((_below(schema, "additionalProperties"),))
        return Inner(names=tuple(named)) if more is False else ANYTHING
    return Inner(names=tuple(named)) if named else None


def _array(schema: Schema, token: str) -> Inner | None:
    node = schema.node
    assert isinstance(node, dict)
    if not ("items" in node or "prefixItems" in node or _types(node) == frozenset(("array",))):
        return None
    if not token.isdecimal():
        return NOTHING
    prefix = node.get("prefixItems")
    if isinstance(prefix, list) and int(token) < len(prefix):
        return Inner((_below(schema, "prefixItems", int(token)),))
    items = node.get("items")
    return Inner((_below(schema, "items"),)) if isinstance(items, dict) and items else ANYTHING


def _alternatives(schema: Schema) -> Iterator[list[Schema]]:
    for keyword in ("anyOf", "oneOf"):
        listed = _each(schema, keyword)
        if listed:
            yield listed


def _each(schema: Schema, keyword: str) -> list[Schema]:
    node = schema.node
    listed = node.get(keyword) if isinstance(node, dict) else None
    return [_below(schema, keyword, index) for index in range(len(listed))] if isinstance(listed, list) else []


def _below(schema: Schema, *way: str | int) -> Schema:
    node = schema.node
    for step in way:
        node = node[step]  # type: ignore[index]  # the way was found in the node
    return Schema(node, schema.document, (*schema.at, *way))


def _fits(pattern: str, token: str) -> bool:
    try:
        return re.search(pattern, token) is not None
    except re.error:
        return True
