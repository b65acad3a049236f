"""Parts of a self-contained schema: what it says of a member, an item, a place further inside.

A part carries the `$defs` of its whole, so it is self-contained again, and is looked into only as far as it is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from jsonschema_rs import Draft202012Validator

from arazzo_runner.mock.demands.demand import ANYTHING
from arazzo_runner.values import JSON, Path

_MAX_PARTS: Final = 60


def inside(schema: JSON, path: Path) -> JSON:
    """Return what a schema says of a place; everything where it says nothing."""
    found = schema
    for token in path:
        found = member(found, token)
    return found


def member(schema: JSON, token: str | int) -> JSON:
    """Return what a schema says of one member or item; alternatives stay alternatives."""
    said = [found for part in _held(schema) if (found := _member(part, token)) is not ANYTHING]
    return _whole(_joined(said), _definitions(schema))


def requires(schema: JSON, name: str) -> bool:
    """Tell whether a schema requires a member in any case."""
    return any(name in required for part in _held(schema) if isinstance(required := part.get("required"), list))


def marked(schema: JSON, keyword: str, value: JSON = None) -> bool:
    """Tell whether a schema has a keyword in any case, with that value where one is given."""
    said = [part[keyword] for part in _held(schema) if keyword in part]
    return any(one == value for one in said) if value is not None else bool(said)


def types_of(schema: JSON) -> frozenset[str]:
    """Return the types that a schema names; empty where it names none."""
    found: list[frozenset[str]] = []
    for part in _held(schema):
        named = part.get("type")
        names = named if isinstance(named, list) else [named]
        types = frozenset(name for name in names if isinstance(name, str))
        for keyword in ("anyOf", "oneOf"):
            options = part.get(keyword)
            definitions = _definitions(schema)
            each = [types_of(_whole(one, definitions)) for one in options] if isinstance(options, list) else []
            if each and all(each):
                found.append(frozenset().union(*each))
        if types:
            found.append(types)
    return frozenset.intersection(*found) if found else frozenset()


def fitting(schema: JSON, constants: dict[str, JSON]) -> JSON:
    """Return a schema without the alternatives that the constant members of an object rule out."""
    held = _held(schema) if constants else []
    if not any("anyOf" in part or "oneOf" in part for part in held):
        return schema
    definitions = _definitions(schema)
    parts: list[JSON] = [_without_others(part, constants, definitions) for part in held]
    return _whole({"allOf": parts}, definitions)


def _without_others(part: dict[str, JSON], constants: dict[str, JSON], definitions: JSON) -> JSON:
    found = {key: value for key, value in part.items() if key not in ("allOf", "$ref", "$defs")}
    for keyword in ("anyOf", "oneOf"):
        options = part.get(keyword)
        if isinstance(options, list):
            whole = [_whole(option, definitions) for option in options]
            kept: list[JSON] = [option for option in whole if _admits(option, constants)]
            found[keyword] = kept or options
    return found


def _admits(schema: JSON, constants: dict[str, JSON]) -> bool:
    return all(_valid(member(schema, name), value) for name, value in constants.items())


def _valid(schema: JSON, value: JSON) -> bool:
    if schema is ANYTHING:
        return True
    try:
        return Draft202012Validator(schema).is_valid(value)  # type: ignore[arg-type]  # any JSON: a fault is told
    except ValueError:
        return True


def _held(schema: JSON) -> list[dict[str, JSON]]:
    """Return the schemas that hold together with this one, itself first; references are followed."""
    definitions = _definitions(schema)
    found: list[dict[str, JSON]] = []
    waiting, passed = [schema], set[str]()
    while waiting and len(found) < _MAX_PARTS:
        part = waiting.pop()
        if not isinstance(part, dict):
            continue
        found.append({**part, "$defs": definitions} if definitions is not None else part)
        inner, reference = part.get("allOf"), part.get("$ref", part.get("$dynamicRef"))
        waiting += inner if isinstance(inner, list) else []
        if isinstance(reference, str) and reference not in passed and isinstance(definitions, dict):
            passed.add(reference)
            waiting.append(definitions.get(named_by(reference), True))
    return found


def named_by(reference: str) -> str:
    """Return the name in `$defs` that a reference leads to; empty where it leads elsewhere."""
    return reference.partition("#/$defs/")[2].replace("~1", "/").replace("~0", "~")


def _definitions(schema: JSON) -> JSON:
    return schema.get("$defs") if isinstance(schema, dict) else None


def _whole(schema: JSON, definitions: JSON) -> JSON:
    """Return a part with the definitions that it may refer to."""
    return {**schema, "$defs": definitions} if isinstance(schema, dict) and definitions is not None else schema


def _joined(said: list[JSON]) -> JSON:
    if not said:
        return ANYTHING
    return said[0] if len(said) == 1 else {"allOf": said}


def _member(part: dict[str, JSON], token: str | int) -> JSON:
    return _joined([*_named(part, token), *_alternatives(part, token)])


def _named(part: dict[str, JSON], token: str | int) -> Iterator[JSON]:
    properties, prefix = part.get("properties"), part.get("prefixItems")
    if isinstance(properties, dict) and token in properties:
        yield properties[str(token)]
    elif isinstance(token, str) and isinstance(extra := part.get("additionalProperties"), dict):
        yield extra
    index = int(token) if isinstance(token, int) or (token.isdecimal() and len(token) < 5) else None
    if index is None:
        return
    if isinstance(prefix, list) and index < len(prefix):
        yield prefix[index]
    elif isinstance(items := part.get("items"), dict):
        yield items


def _alternatives(part: dict[str, JSON], token: str | int) -> Iterator[JSON]:
    for keyword in ("anyOf", "oneOf"):
        options = part.get(keyword)
        if isinstance(options, list):
            said = [member(_whole(option, _definitions(part)), token) for option in options]
            if said and ANYTHING not in said:
                yield {"anyOf": said}
