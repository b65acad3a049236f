"""The text of one value where OpenAPI leaves the conversion open (OpenAPI 3.2, Appendix B: Data Type Conversion).

Strings as they are, booleans `true` and `false`, numbers as JSON writes them, an object or array inside a place that
holds one value as compact JSON. Bytes are text where they are UTF-8, base64 where the schema says so.
"""

from __future__ import annotations

import base64
import json
import math
from dataclasses import dataclass
from decimal import Decimal

from arazzo_runner.sources.openapi import shapes
from arazzo_runner.sources.operations import Schema
from arazzo_runner.values import Value, kind

_PLAIN_EXPONENTS = range(-6, 21)
"""The powers of ten that are written without an exponent, as JSON writers of browsers do."""


@dataclass(frozen=True, slots=True)
class Unserialisable:
    """A value that can't be put on the wire as the API description asks; `reason` is a whole clause for a person."""

    reason: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A doubt about something that is sent all the same: a warning's `code` and `message`."""

    code: str
    message: str


def scalar_text(value: Value, schema: Schema | None = None) -> str | Unserialisable:
    """Return the text of a value that stands alone; an object or array becomes compact JSON.

    `schema` decides that 1.0 of an integer is `1`, and how bytes are written.
    """
    match value:
        case str():
            return encodable(value)
        case bytes():
            return _bytes_text(value, schema)
        case bool() | None:
            return json.dumps(value)
        case int() | float():
            return number_text(value, integer="integer" in shapes.types(schema))
        case _:
            return json_text(value)


def number_text(value: int | float, *, integer: bool = False) -> str | Unserialisable:
    """Return a number as JSON has it: all digits up to 21 of them, never a `+` in the exponent.

    A float stays one to its reader, with a fraction or an exponent: `1000.0`, `10000000000000000.0`, `1e21`. With
    `integer`, one that is whole is written without either.
    """
    if isinstance(value, float) and not math.isfinite(value):
        return Unserialisable(f"{value} is no number of JSON")
    if isinstance(value, int) or (integer and value.is_integer()):
        return _integer_text(int(value))
    decimal = Decimal(repr(value))
    if decimal.adjusted() in _PLAIN_EXPONENTS:
        text = format(decimal, "f")
        return text if "." in text else f"{text}.0"
    return repr(value).replace("e+", "e").replace("e-0", "e-")


def json_text(value: Value) -> str | Unserialisable:
    """Return compact JSON (RFC 8259): no spaces, no escapes but the needed ones, members in their order."""
    try:
        return encodable(json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")))
    except TypeError:
        return Unserialisable("bytes can't stand inside JSON: encode them first (base64), or send them alone")
    except RecursionError:
        return Unserialisable("the value is nested too deeply for JSON")
    except ValueError:
        return Unserialisable("the value holds a number that JSON can't carry (NaN, infinite or beyond 4,300 digits)")


def encodable(text: str) -> str | Unserialisable:
    """Return the text if UTF-8 can carry it: half a surrogate pair can't travel."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return Unserialisable("the text holds half a surrogate pair, which no encoding carries")
    return text


def a_kind(value: Value) -> str:
    """Name the kind of a value with its article, for a message: ``an array``, ``a string``, ``null``."""
    noun = kind(value)
    if noun in ("null", "bytes"):
        return noun
    return f"an {noun}" if noun[0] in "aio" else f"a {noun}"


def _integer_text(value: int) -> str | Unserialisable:
    try:
        return str(value)
    except ValueError:
        return Unserialisable("the integer has more digits than can be written (4,300)")


def _bytes_text(value: bytes, schema: Schema | None) -> str | Unserialisable:
    match shapes.content_encoding(schema):
        case "base64":
            return base64.b64encode(value).decode()
        case "base64url":
            return base64.urlsafe_b64encode(value).decode()
    try:
        return value.decode()
    except UnicodeDecodeError:
        return Unserialisable(f"{kind(value)} that are not UTF-8 can't stand in text")
