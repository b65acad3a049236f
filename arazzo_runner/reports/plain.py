"""Values as JSON can carry them, for reports that are read by programs and for values shown to a person.

What JSON has no form for is given one that is described in the schemas of the reports: bytes are an object with the
single member ``$base64``; numbers that are not finite, and integers beyond `HUGE_BITS` (in base 16), are strings.
"""

from __future__ import annotations

import json
import math
from base64 import b64encode
from typing import TextIO

from arazzo_runner.values import JSON, Value

MAX_DEPTH = 200
"""Values nested deeper are left out, and the place says so."""

HUGE_BITS = 8192
"""Integers with more bits are not written in base 10, which takes a time that grows with the square of their length."""


def plain(value: Value, depth: int = 0) -> JSON:
    """Return the value as JSON data that every JSON reader takes; never raises."""
    if depth > MAX_DEPTH and isinstance(value, (list, dict)):
        return f"(left out: nested deeper than {MAX_DEPTH} levels)"
    match value:
        case None | bool():
            return value
        case int():
            return value if value.bit_length() <= HUGE_BITS else hex(value)
        case float():
            return value if math.isfinite(value) else _not_finite(value)
        case str():
            return whole(value)
        case bytes():
            return {"$base64": b64encode(value).decode("ascii")}
        case list():
            return [plain(item, depth + 1) for item in value]
        case dict():
            return {whole(name): plain(item, depth + 1) for name, item in value.items()}


def _not_finite(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    return "Infinity" if value > 0 else "-Infinity"


def whole(text: str) -> str:
    """Return the text without halves of surrogate pairs, which no encoding can carry."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def shown(value: Value, indent: int | None = None) -> str:
    """Return the value as JSON text for a person, on one line unless `indent` is given."""
    return json.dumps(plain(value), ensure_ascii=False, allow_nan=False, indent=indent)


def write_json(stream: TextIO, document: JSON) -> None:
    """Write one JSON document and a line break, in ASCII: any stream can carry it, any reader reads it."""
    stream.write(json.dumps(document, indent=2, allow_nan=False) + "\n")
    stream.flush()
