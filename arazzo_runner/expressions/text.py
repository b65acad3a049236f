"""Values as text: what an embedded expression puts into the string around it.

Arazzo 1.1, Runtime Expressions (embedding): scalars become their string form, a string stays as it is, objects and
arrays become JSON text. A number is written as JSON would, but without an exponent where its digits fit in a line.
"""

from __future__ import annotations

import json
from decimal import Decimal

from arazzo_runner.values import Nothing, Value, kind

MAX_PLAIN_EXPONENT = 21
"""A number from 1e-7 up to ten to this power is written with all its digits, as JavaScript does for its upper end."""


def text_of(value: Value) -> str | Nothing:
    """Return the string form of a value; Nothing where it has none (bytes that are no UTF-8 text)."""
    match value:
        case str():
            return value
        case bytes():
            return _decoded(value)
        case list() | dict():
            return json_text(value)
        case _:
            return scalar_text(value)


def scalar_text(value: bool | int | float | None) -> str:
    """Return the JSON text of null, a boolean or a number, without an exponent where that stays readable."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return format(Decimal(value), "f")  # str() refuses integers of more than some thousand digits
    written = repr(value)
    if "e" not in written or not 1e-7 <= abs(value) < 10.0**MAX_PLAIN_EXPONENT:
        return written
    plain = format(Decimal(written), "f")
    return plain if "." in plain else plain + ".0"


def json_text(value: Value) -> str | Nothing:
    """Return the compact JSON text of a value (RFC 8259); Nothing where it holds bytes or is nested too deeply."""
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    except TypeError:
        return Nothing("the value holds bytes, which have no JSON text")
    except (RecursionError, ValueError):
        return Nothing(f"the {kind(value)} is nested too deeply for JSON text, or a number in it is too long")


def json_string_part(text: str) -> str:
    """Return the text as it stands between the quotes of a JSON string."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _decoded(value: bytes) -> str | Nothing:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return Nothing("the value is binary, which has no text")
