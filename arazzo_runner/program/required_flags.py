"""`required: true` beside a property's type, as parameters of OpenAPI have it (checklist INP-01, practical mode).

In JSON Schema `required` lists names and stands beside `properties`. The flag can mean one thing only, so each is moved
to where it belongs, with a warning.
"""

from __future__ import annotations

from typing import Final

from arazzo_runner.values import JSON, Path

_INNER: Final = ("items", "additionalProperties", "not", "if", "then", "else", "contains")
_LISTS: Final = ("allOf", "anyOf", "oneOf", "prefixItems")
_MAPS: Final = ("properties", "$defs", "definitions", "patternProperties")
_MAX_DEPTH: Final = 100


def moved(schema: JSON, at: Path = ()) -> tuple[JSON, tuple[Path, ...]]:
    """Return a schema without flags, and the places of those that it had; what else is wrong stays as it is."""
    found: list[Path] = []
    return _moved(schema, at, found), tuple(found)


def _moved(schema: JSON, at: Path, found: list[Path]) -> JSON:
    if not isinstance(schema, dict) or len(at) > _MAX_DEPTH:
        return schema
    changed = _listed(schema, at, found)
    for name in _INNER:
        if name in changed:
            changed[name] = _moved(changed[name], (*at, name), found)
    for name in _LISTS:
        if isinstance(parts := changed.get(name), list):
            changed[name] = [_moved(part, (*at, name, index), found) for index, part in enumerate(parts)]
    for name in _MAPS:
        if isinstance(named := changed.get(name), dict):
            changed[name] = {key: _moved(part, (*at, name, key), found) for key, part in named.items()}
    return changed


def _listed(schema: dict[str, JSON], at: Path, found: list[Path]) -> dict[str, JSON]:
    """Return a copy of an object's schema that lists what its properties flagged."""
    properties, listed = schema.get("properties"), schema.get("required", [])
    if not isinstance(properties, dict) or not isinstance(listed, list):
        return dict(schema)
    flags = {name: flag for name, part in properties.items() if (flag := _flag(part)) is not None}
    if not flags:
        return dict(schema)
    found += [(*at, "properties", name, "required") for name in flags]
    bare = {name: _without_flag(part) if name in flags else part for name, part in properties.items()}
    wanted: list[JSON] = [name for name, flag in flags.items() if flag and name not in listed]
    return {**schema, "properties": bare, "required": [*listed, *wanted]}


def _flag(part: JSON) -> bool | None:
    flag = part.get("required") if isinstance(part, dict) else None
    return flag if isinstance(flag, bool) else None


def _without_flag(part: JSON) -> JSON:
    return {key: value for key, value in part.items() if key != "required"} if isinstance(part, dict) else part
