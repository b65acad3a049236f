"""The JSON Schema of events, made from the types of the events: what ``events.schema.json`` must say.

Run as a module it writes that file anew.
"""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import arazzo_runner.reports.run
from arazzo_runner.engine.events import Event
from arazzo_runner.journal.codec import parts_of, tag
from arazzo_runner.reports.run.ndjson import SCHEMA_VERSION
from arazzo_runner.values import Nothing

PLACE = Path(arazzo_runner.reports.run.__file__).with_name("events.schema.json")
_SIMPLE = {str: "string", int: "integer", bool: "boolean", type(None): "null"}
_FORMS: dict[str, Any] = {
    "value": {
        "description": "Any value of a run. What JSON has no form for is an object with one member: $text or $base64 "
        "(bytes), $number (not finite, or an integer too long for base 10), $nothing (no value, and why), $object (an "
        "object that would look like one of these)."
    },
    "bytes": {
        "description": "Bytes: as text where they are UTF-8, else in base64.",
        "oneOf": [
            {
                "type": "object",
                "properties": {form: {"type": "string"}},
                "required": [form],
                "additionalProperties": False,
            }
            for form in ("$text", "$base64")
        ],
    },
    "number": {
        "description": "A number; one that is not finite is an object with the member $number.",
        "anyOf": [{"type": "number"}, {"type": "object", "required": ["$number"]}],
    },
}


def schema() -> dict[str, Any]:
    """Return the schema of one line."""
    definitions: dict[str, Any] = {}
    event = {"anyOf": [_of(kind, definitions) for kind in get_args(Event)]}
    number = {"$ref": "#/$defs/number"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "One line of the ndjson report of a run: an event",
        "type": "object",
        "properties": {
            "schemaVersion": {"const": SCHEMA_VERSION, "description": "The version of this form."},
            "wall": {**number, "description": "When it was told: seconds since the Unix epoch."},
            "monotonic": {**number, "description": "The same on a clock that never goes back, to tell spans of time."},
            "event": {**event, "description": "What happened; 'is' names its kind."},
        },
        "required": ["schemaVersion", "wall", "monotonic", "event"],
        "additionalProperties": False,
        "$defs": dict(sorted({**definitions, **_FORMS}.items())),
    }


def _of(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _union(arguments, definitions)
    if origin in (tuple, list, frozenset) and (len(arguments) == 1 or arguments[1] is ...):
        return {"type": "array", "items": _of(arguments[0], definitions)}
    if origin is tuple:
        items = [_of(each, definitions) for each in arguments]
        return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _of(arguments[1], definitions)}
    if kind in _SIMPLE:
        return {"type": _SIMPLE[kind]}
    if kind is float:
        return {"$ref": "#/$defs/number"}
    if kind in (bytes, Any, Nothing):
        return {"$ref": "#/$defs/bytes" if kind is bytes else "#/$defs/value"}
    if issubclass(kind, Enum):
        return {"enum": [each.value for each in kind]}
    return _record(kind, definitions)


def _union(arguments: tuple[Any, ...], definitions: dict[str, Any]) -> dict[str, Any]:
    if {bool, float} <= set(arguments):
        return {"$ref": "#/$defs/value"}
    return {"anyOf": [_of(each, definitions) for each in arguments]}


def _record(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    name = tag(kind)
    if name not in definitions:
        definitions[name] = {}
        hints = get_type_hints(kind)
        members = {part.member: _of(hints[part.name], definitions) for part in parts_of(kind)}
        definitions[name] |= {
            "description": " ".join((kind.__doc__ or "").split("\n\n")[0].split()).replace("`", "'"),
            "type": "object",
            "properties": {"is": {"const": name}, **members},
            "required": ["is", *(part.member for part in parts_of(kind) if part.default is dataclasses.MISSING)],
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{name}"}


if __name__ == "__main__":
    PLACE.write_text(json.dumps(schema(), indent=2) + "\n", "utf-8")
