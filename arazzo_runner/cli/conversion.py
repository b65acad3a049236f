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
from typing import Final, NoReturn

from arazzo_runner.program.accepted_types import ALL_TYPES
from arazzo_runner.program.input_schema import parts
from arazzo_runner.sources.openapi import media
from arazzo_runner.values import JSON, Value, kind

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


def with_article(name: str) -> str:
    """Return the name of a JSON type as a sentence has it: ``an array``."""
    if name == "null":
        return name
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
