"""Ways to break a schema, each as a schema of its own: what satisfies one of them does not satisfy the other.

They are for `not`, for the `else` of an `if`, and for the other branches of a `oneOf`. They need not be all the ways
there are, nor right in every corner: whatever is made with them is checked against the schema itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from arazzo_runner.mock.instances.conjunction import TYPES, Flattener, NoInstance, Part, is_number, listed, mapped
from arazzo_runner.mock.limits import MAX_NEGATIONS
from arazzo_runner.values import JSON

_MAX_LEVELS: Final = 3
# Keyword of a size, the type it speaks of, the keyword that breaks it, and by how much it has to differ.
_SIZES: Final = (
    ("minLength", "string", "maxLength", -1),
    ("maxLength", "string", "minLength", 1),
    ("minItems", "array", "maxItems", -1),
    ("maxItems", "array", "minItems", 1),
    ("minProperties", "object", "maxProperties", -1),
    ("maxProperties", "object", "minProperties", 1),
)
_BOUNDS: Final = (
    ("minimum", "exclusiveMaximum"),
    ("maximum", "exclusiveMinimum"),
    ("exclusiveMinimum", "maximum"),
    ("exclusiveMaximum", "minimum"),
)


def negations(schema: JSON, flattener: Flattener) -> list[JSON]:
    """Return up to `MAX_NEGATIONS` schemas, each of which excludes the given one."""
    return list(islice(_breaks(schema, flattener, _MAX_LEVELS), MAX_NEGATIONS))


def _breaks(schema: JSON, flattener: Flattener, levels: int) -> Iterator[JSON]:
    flat = flattener.flat((schema,))
    if isinstance(flat, NoInstance):
        yield True
        return
    for part in flat.parts:
        yield from _breaks_of_values(part)
        yield from _breaks_of_members(part, flattener, levels)
        yield from _breaks_of_sizes(part)
        if levels:
            yield from _breaks_of_alternatives(part, flattener, levels)


def _breaks_of_values(part: Part) -> Iterator[JSON]:
    for keyword in ("const", "enum"):
        if keyword in part:
            yield {"not": {keyword: part[keyword]}}
    written = part.get("type")
    named = [written] if isinstance(written, str) else listed(part, "type")
    if named:
        others: list[JSON] = [
            name for name in TYPES if name not in named and not (name == "integer" and "number" in named)
        ]
        if others:
            yield {"type": others}


def _breaks_of_members(part: Part, flattener: Flattener, levels: int) -> Iterator[JSON]:
    properties = mapped(part, "properties")
    for name in listed(part, "required"):
        if isinstance(name, str):
            yield {"type": "object", "properties": {name: False}}
    for name, schema in properties.items() if levels else ():
        for broken in islice(_breaks(schema, flattener, levels - 1), 2):
            yield {"type": "object", "required": [name], "properties": {name: broken}}
    if part.get("additionalProperties") is False:
        extra = next(
            name for name in ("extra", *(f"extra{count}" for count in range(len(properties)))) if name not in properties
        )
        yield {"type": "object", "required": [extra]}
    if "items" in part and levels:
        for broken in islice(_breaks(part["items"], flattener, levels - 1), 2):
            yield {"type": "array", "minItems": len(listed(part, "prefixItems")) + 1, "items": broken}


def _breaks_of_sizes(part: Part) -> Iterator[JSON]:
    for keyword, kind, opposite, difference in _SIZES:
        size = part.get(keyword)
        if is_number(size) and size + difference >= 0:
            yield {"type": kind, opposite: size + difference}
    for keyword, opposite in _BOUNDS:
        if is_number(part.get(keyword)):
            yield {"type": "number", opposite: part[keyword]}
    if "pattern" in part:
        yield {"type": "string", "not": {"pattern": part["pattern"]}}


def _breaks_of_alternatives(part: Part, flattener: Flattener, levels: int) -> Iterator[JSON]:
    if "not" in part:
        yield part["not"]
    if "if" in part:
        for broken in islice(_breaks(part.get("then", True), flattener, levels - 1), 3):
            yield {"allOf": [part["if"], broken]}
        for broken in islice(_breaks(part.get("else", True), flattener, levels - 1), 3):
            yield {"allOf": [{"not": part["if"]}, broken]}
    if "contains" in part:
        yield {"type": "array", "items": {"not": part["contains"]}}
    for keyword in ("anyOf", "oneOf"):
        options = listed(part, keyword)
        ways = [list(islice(_breaks(option, flattener, levels - 1), 3)) for option in options]
        if options and all(ways):
            for turn in range(3):
                yield {"allOf": [found[min(turn, len(found) - 1)] for found in ways]}
