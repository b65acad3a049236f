"""Which types an input welcomes, as far as its schema tells without a value at hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, cast
from urllib.parse import unquote

from arazzo_runner.values import JSON, Value, kind

ALL_TYPES: Final = frozenset(("string", "integer", "number", "boolean", "null", "array", "object"))
MAX_SCHEMA_DEPTH: Final = 32
"""How far references and compositions of a schema are followed to learn which types it welcomes."""


def accepted_types(schema: JSON, root: JSON) -> frozenset[str]:
    """Return the JSON types that a schema welcomes, as far as its type, enum, const and compositions tell.

    `root` is the schema document that references inside `schema` point into.
    """
    return _accepted(schema, root, {}, MAX_SCHEMA_DEPTH)


def _accepted(schema: JSON, root: JSON, known: dict[str, frozenset[str]], depth: int) -> frozenset[str]:
    """`known` holds what each reference welcomes, so that none is followed twice, nor in a circle."""
    if schema is False:
        return frozenset()
    if not isinstance(schema, dict) or depth == 0:
        return ALL_TYPES
    accepted = _named(schema.get("type")) & _of_values(schema)
    if isinstance(reference := schema.get("$ref"), str):
        if reference not in known:
            known[reference] = ALL_TYPES
            known[reference] = _accepted(_follow(reference, root), root, known, depth - 1)
        accepted &= known[reference]
    for part in _parts(schema, "allOf"):
        accepted &= _accepted(part, root, known, depth - 1)
    for keyword in ("anyOf", "oneOf"):
        if parts := _parts(schema, keyword):
            accepted &= frozenset().union(*(_accepted(part, root, known, depth - 1) for part in parts))
    return accepted


def ordered_types(types: Iterable[str]) -> tuple[str, ...]:
    """Return type names in a fixed order; `number` says `integer` too."""
    found = set(types)
    if "number" in found:
        found.discard("integer")
    order = ("string", "integer", "number", "boolean", "array", "object", "null")
    assert set(order) == ALL_TYPES
    return tuple(name for name in order if name in found)


def described(schema: JSON, root: JSON) -> dict[str, JSON]:
    """Return a schema with what its references say too; its own words win. Empty for a boolean schema."""
    merged: dict[str, JSON] = {}
    for _ in range(MAX_SCHEMA_DEPTH):
        if not isinstance(schema, dict):
            break
        merged = schema | merged
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            break
        schema = _follow(reference, root)
    return merged


def _named(types: JSON) -> frozenset[str]:
    match types:
        case str():
            names = {types}
        case list():
            names = {name for name in types if isinstance(name, str)}
        case _:
            return ALL_TYPES
    return frozenset(names | ({"integer"} if "number" in names else set()))


def _of_values(schema: dict[str, JSON]) -> frozenset[str]:
    if "const" in schema:
        return frozenset((_kind(schema["const"]),))
    if isinstance(values := schema.get("enum"), list):
        return frozenset(_kind(value) for value in values)
    return ALL_TYPES


def _parts(schema: dict[str, JSON], keyword: str) -> list[JSON]:
    parts = schema.get(keyword)
    return parts if isinstance(parts, list) else []


def _follow(reference: str, root: JSON) -> JSON:
    """Return what a reference inside the document points at; True, which welcomes all, where that can't be told."""
    if not reference.startswith("#"):
        return True
    found = root
    for part in unquote(reference[1:]).split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        match found:
            case dict() if name in found:
                found = found[name]
            case list() if name.isdecimal() and int(name) < len(found):
                found = found[int(name)]
            case _:
                return True
    return found


def _kind(value: JSON) -> str:
    return kind(cast(Value, value))  # JSON is a part of Value; lists of the one are no lists of the other to mypy
