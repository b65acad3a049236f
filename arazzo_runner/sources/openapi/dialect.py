"""From the schema dialects of OpenAPI to JSON Schema 2020-12: one table of keywords, and what older versions spell
in their own way (OpenAPI 3.0, Schema Object; Swagger 2.0, Schema Object).

Published descriptions hold keywords with values of the wrong type (``required: true`` beside a property is the usual
one). A validator refuses a whole schema for one of them; here the keyword is left out, and reported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from arazzo_runner.values import JSON

TYPES = frozenset({"null", "boolean", "object", "array", "number", "integer", "string"})

ONE_SCHEMA = frozenset(
    {
        "additionalProperties",
        "contains",
        "contentSchema",
        "else",
        "if",
        "items",
        "not",
        "propertyNames",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    }
)
SCHEMA_LISTS = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
SCHEMA_MAPS = frozenset({"dependentSchemas", "patternProperties", "properties"})
UNUSED = frozenset(
    {
        "$anchor",
        "$defs",
        "$dynamicAnchor",
        "$dynamicRef",
        "$id",
        "$recursiveAnchor",
        "$recursiveRef",
        "$schema",
        "$vocabulary",
        "additionalItems",
        "definitions",
        "dependencies",
    }
)
"""Keywords that mean nothing in a bundle: what they name has been followed, or 2020-12 does not have them."""

KEPT = frozenset({"$anchor", "$defs", "$dynamicAnchor"})
"""Of these, the ones that a schema with an `$id` of its own needs for its dynamic references."""


def _is_number(value: JSON) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_size(value: JSON) -> bool:
    return _is_number(value) and isinstance(value, int | float) and value >= 0 and value == int(value)


def _is_text(value: JSON) -> bool:
    return isinstance(value, str)


def _is_flag(value: JSON) -> bool:
    return isinstance(value, bool)


def _is_list(value: JSON) -> bool:
    return isinstance(value, list)


def _is_names(value: JSON) -> bool:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        return False
    return len({*map(str, value)}) == len(value)


def _is_type(value: JSON) -> bool:
    if isinstance(value, str):
        return value in TYPES
    return _is_names(value) and bool(value) and TYPES.issuperset(_any(value))


def _is_bound(value: JSON) -> bool:
    return _is_number(value) or isinstance(value, bool)


def _is_name_lists(value: JSON) -> bool:
    return isinstance(value, dict) and all(_is_names(names) for names in value.values())


def _is_factor(value: JSON) -> bool:
    return _is_number(value) and _any(value) > 0


def _any(value: JSON) -> Any:
    return value


SOUND: Mapping[str, Callable[[JSON], bool]] = {
    "$comment": _is_text,
    "contentEncoding": _is_text,
    "contentMediaType": _is_text,
    "dependentRequired": _is_name_lists,
    "deprecated": _is_flag,
    "description": _is_text,
    "enum": _is_list,
    "examples": _is_list,
    "exclusiveMaximum": _is_bound,
    "exclusiveMinimum": _is_bound,
    "format": _is_text,
    "maxContains": _is_size,
    "maxItems": _is_size,
    "maxLength": _is_size,
    "maxProperties": _is_size,
    "maximum": _is_number,
    "minContains": _is_size,
    "minItems": _is_size,
    "minLength": _is_size,
    "minProperties": _is_size,
    "minimum": _is_number,
    "multipleOf": _is_factor,
    "pattern": _is_text,
    "readOnly": _is_flag,
    "required": _is_names,
    "title": _is_text,
    "type": _is_type,
    "uniqueItems": _is_flag,
    "writeOnly": _is_flag,
}
"""What the value of a keyword must be; keywords that are not named may hold anything."""


_NARROWING = ("$ref", "allOf", "anyOf", "const", "if", "not", "oneOf")


def modernise(schema: dict[str, JSON], *, nullable_counts: bool = True, literal: bool = False) -> JSON:
    """Translate, in place, what OpenAPI 3.0 and Swagger 2.0 spell differently; return the schema to put there.

    `nullable` (in Swagger 2.0 `x-nullable`) is taken in its author's sense: where it stands without a `type`, beside an
    `enum` that has no null, or in a description of 3.1, where it has no meaning any more, null is allowed too. The same
    goes for boolean limits in 3.1, which were moved there from older descriptions.

    Whoever invents a value wants one that nobody can object to: `literal` adds no null to an `enum`, or
    where no `type` stands, and without `nullable_counts` the keyword has no meaning.
    """
    for limit, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        flag = schema.get(exclusive)
        if isinstance(flag, bool):
            del schema[exclusive]
            if flag and limit in schema:
                schema[exclusive] = schema.pop(limit)
    nullable = schema.pop("nullable", schema.get("x-nullable"))
    if nullable is not True or not nullable_counts:
        return schema
    enum, named = schema.get("enum"), schema.get("type")
    if isinstance(enum, list) and None not in enum and not literal:
        schema["enum"] = [*enum, None]
    if isinstance(named, str):
        schema["type"] = [named, "null"]
        return schema
    if isinstance(named, list):
        schema["type"] = named if "null" in named else [*named, "null"]
        return schema
    narrowed = not literal and any(name in schema for name in _NARROWING)
    return {"anyOf": [schema, {"type": "null"}]} if narrowed else schema
