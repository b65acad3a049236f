"""The values of declared parameters, read back from a request (OpenAPI 3.2, Parameter Object: Style Values).

What `sources.openapi.parameters` writes is read here. Text stays text where the schema does not ask for another type:
outside of JSON it is as good as the value that it spells.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote, unquote_plus

from arazzo_runner.mock.server.exchange import Incoming
from arazzo_runner.mock.server.limits import MAX_FIELDS
from arazzo_runner.sources.openapi import media, shapes
from arazzo_runner.sources.operations import Operation, OperationParameter, Schema
from arazzo_runner.values import Nothing, Value

Pairs = list[tuple[str, str]]
"""Names, decoded, with their text as it came."""

_JOINERS: Final = {
    "spaceDelimited": re.compile(r"%20|\+| "),
    "pipeDelimited": re.compile(r"%7C|\|", re.IGNORECASE),
    "tabDelimited": re.compile(r"%09|\t"),
    "ssv": re.compile(r"%20| "),
    "pipes": re.compile(r"%7C|\|", re.IGNORECASE),
    "tsv": re.compile(r"%09|\t"),
}
_COMMA: Final = re.compile(",")
_ABSENT: Final = Nothing("it was not sent")
_KEY: Final = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Given:
    """What a request gives: the declared parameters with their values, and the query names that nobody declares."""

    values: tuple[tuple[OperationParameter, Value], ...] = ()
    undeclared: tuple[str, ...] = ()


@dataclass(slots=True)
class _Parts:
    """A request in the pieces that parameters are read from."""

    path: Mapping[str, str]
    query: Pairs
    cookies: Pairs
    incoming: Incoming
    taken: set[str] = field(default_factory=set)


class TooMany(ValueError):
    """A request has more pairs than are read."""


def read_parameters(operation: Operation, path: Mapping[str, str], incoming: Incoming) -> Given:
    """Read the declared parameters of a request; `path` is the text of each name of the path template.

    Raises:
        TooMany: there are more pairs than `MAX_FIELDS`.
    """
    cookies = (piece.strip() for text in incoming.all("cookie") for piece in text.split(";"))
    parts = _Parts(path, pairs_of(incoming.query.split("&")), pairs_of(cookies), incoming)
    # Objects whose members stand as parameters of their own take what no other parameter is called.
    ordered = sorted(operation.parameters, key=lambda one: one.location == "query" and _shape(one) == "object")
    found: dict[int, tuple[OperationParameter, Value]] = {}
    for parameter in ordered:
        value = _read(parameter, parts)
        if not isinstance(value, Nothing):
            found[operation.parameters.index(parameter)] = (parameter, value)
    whole = any(parameter.location == "querystring" for parameter in operation.parameters)
    left = dict.fromkeys(name for name, _ in parts.query if name not in parts.taken and not whole)
    return Given(tuple(found[index] for index in sorted(found)), tuple(left))


def pairs_of(pieces: Iterable[str]) -> Pairs:
    """Split pieces at their first `=`; names are decoded, and empty pieces left out.

    Raises:
        TooMany: there are more of them than `MAX_FIELDS`.
    """
    found: Pairs = []
    for piece in pieces:
        if not piece:
            continue
        name, _, text = piece.partition("=")
        found.append((unquote_plus(name), text))
        if len(found) > MAX_FIELDS:
            raise TooMany(f"there are more than {MAX_FIELDS} pairs (max_fields)")
    return found


def typed(text: str, schema: Schema | None) -> Value:
    """Return what a text spells, where its schema asks for a type that is no string."""
    wanted = shapes.types(schema)
    if not wanted or "string" in wanted:
        return text
    try:
        value = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return text
    if isinstance(value, bool) or value is None:
        return value if {"boolean", "null"} & wanted else text
    if isinstance(value, int | float):
        return value if {"integer", "number"} & wanted else text
    return value if {"object", "array"} & wanted and not isinstance(value, str) else text


def member(value: Mapping[str, str], schema: Schema | None) -> dict[str, Value]:
    """Return an object of texts with its members typed."""
    return {name: typed(text, shapes.property_of(schema, name)) for name, text in value.items()}


def nested(pairs: Iterable[tuple[str, str]], name: str, schema: Schema | None) -> Value | Nothing:
    """Put an object together from `name[key]=text` pairs (deepObject); further brackets nest, indexes make arrays."""
    found: dict[str, Value] = {}
    for key, text in pairs:
        if not key.startswith(f"{name}[") or not key.endswith("]"):
            continue
        keys = _KEY.findall(key[len(name) :])
        if keys and len(keys) <= 100:
            _put(found, keys, text, schema)
    return _as_arrays(found) if found else _ABSENT


def _read(parameter: OperationParameter, parts: _Parts) -> Value | Nothing:
    match parameter.location:
        case "path":
            text = parts.path.get(parameter.name)
            return _ABSENT if text is None else _path(parameter, text)
        case "query":
            return _query(parameter, parts)
        case "header":
            texts = parts.incoming.all(parameter.name.lower())
            return _plain(parameter, ", ".join(texts).strip(), decode=False) if texts else _ABSENT
        case "cookie":
            return _named(parameter, parts.cookies, set())
    return unquote(parts.incoming.query) if parts.incoming.query else _ABSENT


def _path(parameter: OperationParameter, text: str) -> Value | Nothing:
    if parameter.style == "label":
        text = text.removeprefix(".")
        joiner = re.compile(r"\.") if parameter.explode else _COMMA
        return _plain(parameter, text, joiner)
    if parameter.style == "matrix":
        return _named(parameter, pairs_of(text.strip(";").split(";")), set())
    return _plain(parameter, text)


def _query(parameter: OperationParameter, parts: _Parts) -> Value | Nothing:
    if parameter.style == "deepObject":
        decoded = [(name, unquote_plus(text)) for name, text in parts.query]
        parts.taken |= {name for name, _ in decoded if name.startswith(f"{parameter.name}[")}
        return nested(decoded, parameter.name, parameter.schema)
    return _named(parameter, parts.query, parts.taken)


def _named(parameter: OperationParameter, pairs: Pairs, taken: set[str]) -> Value | Nothing:
    """Read a parameter whose pieces carry names: its own, or those of the members of an exploded object."""
    shape = _shape(parameter)
    if shape == "object" and parameter.explode and parameter.content is None:
        own = {name: unquote_plus(text) for name, text in pairs if _is_member(parameter, name, taken)}
        taken.update(own)
        return member(own, parameter.schema) if own else _ABSENT
    texts = [text for name, text in pairs if name == parameter.name]
    if not texts:
        return _ABSENT
    taken.add(parameter.name)
    if shape == "array" and (parameter.explode or len(texts) > 1) and parameter.content is None:
        items = shapes.items_of(parameter.schema)
        return [typed(unquote_plus(text), items) for text in texts]
    if len(texts) > 1 and not shapes.types(parameter.schema):
        return [unquote_plus(text) for text in texts]
    return _plain(parameter, texts[-1])


def _is_member(parameter: OperationParameter, name: str, taken: set[str]) -> bool:
    if name in taken:
        return False
    declared = shapes.keyword(parameter.schema, "properties")
    return not isinstance(declared, dict) or not declared or name in declared or _is_open(parameter)


def _is_open(parameter: OperationParameter) -> bool:
    return shapes.keyword(parameter.schema, "additionalProperties") not in (None, False)


def _plain(
    parameter: OperationParameter, text: str, joiner: re.Pattern[str] | None = None, *, decode: bool = True
) -> Value | Nothing:
    """Read a text without a name: one value, or parts with a delimiter between them."""
    decoded = unquote_plus if decode and parameter.location == "query" else unquote if decode else str.strip
    if parameter.content is not None:
        return _content(decoded(text), parameter.content.name)
    joiner = joiner or (_COMMA if parameter.explode else _JOINERS.get(parameter.style, _COMMA))
    match _shape(parameter):
        case "array":
            items = shapes.items_of(parameter.schema)
            return [typed(decoded(part), items) for part in joiner.split(text)] if text else []
        case "object":
            parts = [decoded(part) for part in joiner.split(text)] if not parameter.explode else []
            members = dict(zip(parts[::2], parts[1::2], strict=False))
            if parameter.explode:
                pairs = (piece.partition("=") for piece in joiner.split(text))
                members = {decoded(name): decoded(value) for name, _, value in pairs if name}
            return member(members, parameter.schema)
    return typed(decoded(text), parameter.schema)


def _content(text: str, content_type: str) -> Value:
    if not media.is_json(content_type):
        return text
    try:
        value: Value = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return text
    return value


def _shape(parameter: OperationParameter) -> str:
    """Return what the schema wants: an array, an object, or a single value (empty)."""
    schema = parameter.schema
    wanted = shapes.types(schema)
    for name, keyword in (("array", "items"), ("object", "properties")):
        if name in wanted or (not wanted and shapes.keyword(schema, keyword) is not None):
            return name
    return ""


def _put(found: dict[str, Value], keys: list[str], text: str, schema: Schema | None) -> None:
    here: dict[str, Value] = found
    for key in keys[:-1]:
        schema = _below(schema, key)
        below = here.setdefault(key, {})
        if not isinstance(below, dict):
            return
        here = below
    last = keys[-1] or str(len(here))
    here[last] = typed(text, _below(schema, last))


def _below(schema: Schema | None, key: str) -> Schema | None:
    if "array" in shapes.types(schema) and (key.isdecimal() or not key):
        return shapes.items_of(schema)
    return shapes.property_of(schema, key)


def _as_arrays(value: Value) -> Value:
    """Make arrays of the objects whose keys count from 0."""
    if not isinstance(value, dict):
        return value
    members = {key: _as_arrays(part) for key, part in value.items()}
    if members and all(key == str(index) for index, key in enumerate(members)):
        return list(members.values())
    return members


def _refuse(name: str) -> Iterator[Value]:
    raise ValueError(f"{name} is no JSON")
