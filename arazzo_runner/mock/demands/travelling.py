"""Values that travel as text: in a path, a query, a header, a form, the text "5" is as good an integer as 5.

So a schema of such a place is met by the texts of its values too, which is what an answer often holds.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from arazzo_runner.mock.demands.demand import ANYTHING
from arazzo_runner.mock.demands.parts import inside, types_of
from arazzo_runner.values import JSON

_NUMBERS: Final = 40
"""Texts of numbers that are offered for a place that wants a number."""

_TEXT_ONLY: Final = ("pattern", "format", "minLength", "maxLength", "enum", "const", "contentEncoding")


def as_text(schema: JSON) -> JSON:
    """Return a schema that also allows the texts, and for texts the numbers, that mean the same where all is text."""
    others = list(_others(schema))
    return {"anyOf": [schema, *others]} if others else schema


def members_as_text(schema: JSON) -> JSON:
    """Return the schema of a form: of each member as text."""
    properties = schema.get("properties") if isinstance(schema, dict) else None
    if not isinstance(schema, dict) or not isinstance(properties, dict):
        return schema
    return {**schema, "properties": {name: as_text(inside(schema, (name,))) for name in properties}}


def _others(schema: JSON) -> Iterator[JSON]:
    if schema is ANYTHING or not isinstance(schema, dict):
        return
    types = types_of(schema)
    listed = schema.get("enum")
    if isinstance(listed, list):
        yield from _listed(listed)
        return
    if "integer" in types or "number" in types:
        yield {"type": "string", "enum": [*map(str, _numbers(schema))]}
    if "boolean" in types:
        yield {"type": "string", "enum": ["true", "false"]}
    if types == {"string"} and not any(keyword in schema for keyword in (*_TEXT_ONLY, "allOf", "anyOf", "oneOf")):
        yield {"type": ["integer", "number", "boolean"]}


def _listed(values: list[JSON]) -> Iterator[JSON]:
    texts: list[JSON] = [str(value) for value in values if isinstance(value, int) and not isinstance(value, bool)]
    numbers: list[JSON] = [int(value) for value in values if isinstance(value, str) and _is_index(value)]
    if texts or numbers:
        yield {"enum": [*texts, *numbers]}


def _is_index(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10 and str(int(text)) == text


def _numbers(schema: dict[str, JSON]) -> Iterator[int]:
    """Yield whole numbers in the range of a schema, a few hundred up first, for ids seldom are 1."""
    low = max(_bound(schema, "minimum", 0), _bound(schema, "exclusiveMinimum", 0), -(10**12))
    high = min(_bound(schema, "maximum", math.inf), _bound(schema, "exclusiveMaximum", math.inf), 10**12)
    factor = schema.get("multipleOf")
    step = math.ceil(factor) if isinstance(factor, int | float) and not isinstance(factor, bool) and factor > 1 else 1
    first = math.ceil(low / step) * step + step
    for number in range(first, first + _NUMBERS * step, step):
        if low <= number <= high:
            yield number


def _bound(schema: dict[str, JSON], keyword: str, otherwise: float) -> float:
    found = schema.get(keyword)
    return found if isinstance(found, int | float) and not isinstance(found, bool) else otherwise
