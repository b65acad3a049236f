"""The text of a flag or a variable, read as the input schema wants it.

A text has no type; the schema says which ones are welcome. A string is taken whole, as it stands. Any other type is
read as JSON. Where a string and other types are welcome, the others are tried first. Where the schema names no type,
the text stays a text: `name:=JSON` says otherwise. Whether the value then satisfies the whole schema (its limits, its
pattern) is judged later, for all inputs at once.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Final, NoReturn, cast
from urllib.parse import unquote

from arazzo_runner.program.input_schema import parts
from arazzo_runner.sources.openapi import media
from arazzo_runner.values import JSON, Value, kind

ALL_TYPES: Final = frozenset(("string", "integer", "number", "boolean", "null", "array", "object"))
MAX_SCHEMA_DEPTH: Final = 32
"""How far references and compositions of a schema are followed to learn which types it welcomes."""

_WANTED: Final = {
    "string": "a text",
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
    "array": 'an array in JSON, such as ["a", "b"]',
    "object": 'an object in JSON, such as {"name": "value"}',
}


class ConversionError(ValueError):
    """A text is none of the types that its schema welcomes. The message never holds the text."""


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


def is_binary(schema: JSON, root: JSON) -> bool:
    """Tell whether a schema says that a value is no plain text: raw bytes, or a text that encodes bytes.

    That is `format: binary` or `byte`, a `contentEncoding`, or a `contentMediaType` that is no text.
    """
    for part in parts(schema, root):
        media_type = part.get("contentMediaType")
        if part.get("format") in ("binary", "byte") or isinstance(part.get("contentEncoding"), str):
            return True
        if isinstance(media_type, str) and not _is_textual(media_type):
            return True
    return False


def _is_textual(content_type: str) -> bool:
    name = content_type.partition(";")[0].strip().lower()
    return name.startswith("text/") or media.is_json(name) or media.is_xml(name) or media.is_yaml(name)


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


def convert(text: str, types: frozenset[str]) -> Value:
    """Return the value that a text stands for.

    Raises:
        ConversionError: the text is none of these types.
    """
    if types >= ALL_TYPES or types == {"string"}:
        return text
    try:
        value = parse_json(text)
    except ConversionError:
        if "string" in types:
            return text
        raise ConversionError(f"it should be {wanted(types)}") from None
    if isinstance(value, float) and value.is_integer() and "number" not in types:
        value = int(value)
    if kind(value) in types and not isinstance(value, str):
        return value
    if "string" in types:
        return text
    raise ConversionError(f"it should be {wanted(types)}, and it is {with_article(kind(value))}")


def parse_json(text: str) -> Value:
    """Return the value that a JSON text stands for.

    Raises:
        ConversionError: the text is no JSON (RFC 8259), or a number in it is too large.
    """
    try:
        value: Value = json.loads(text, parse_constant=_refuse, parse_float=_finite)
    except json.JSONDecodeError as fault:
        where = f"line {fault.lineno}, column {fault.colno}" if "\n" in text else f"column {fault.colno}"
        raise ConversionError(f"it is no JSON: {fault.msg} at {where}") from None
    except ValueError:
        raise ConversionError("it is no JSON: a number in it is out of range") from None
    except RecursionError:
        raise ConversionError("it is nested too deeply") from None
    return value


def _refuse(constant: str) -> NoReturn:
    raise json.JSONDecodeError(f"{constant} is no number of JSON", constant, 0)


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError
    return number


def wanted(types: Iterable[str]) -> str:
    """Return what is welcome, as a message or a prompt says it: ``an integer or null``."""
    names = set(types)
    if "number" in names:
        names.discard("integer")
    phrases = [phrase for name, phrase in _WANTED.items() if name in names]
    return " or ".join(phrases) if phrases else "left out: the schema allows no value"


def _kind(value: JSON) -> str:
    return kind(cast(Value, value))  # JSON is a part of Value; lists of the one are no lists of the other to mypy


def with_article(name: str) -> str:
    """Return the name of a JSON type as a sentence has it: ``an array``."""
    if name == "null":
        return name
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
