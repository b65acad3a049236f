"""The JSON Schema of a line of a journal, made from the types of the records.

The file beside this module is what it makes; a test sees that they are the same.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from enum import Enum
from typing import Any, Final, Union, get_args, get_origin

from arazzo_runner.engine.events import Stamped
from arazzo_runner.journal.codec import parts_of, tag
from arazzo_runner.journal.records import VERSION, Came, Header, Intent, Resumed
from arazzo_runner.values import JSON, Nothing

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_LINES: Final = (Header, Intent, Came, Stamped, Resumed)
_SIMPLE: Final[dict[Any, str]] = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
_VALUE: Final[dict[str, JSON]] = {
    "description": "A value of the run. What JSON has no form for is an object with a single member whose name begins "
    "with $: bytes ($text, $base64, $body: the number of a body that stands in the journal before, or now with it), "
    "numbers that are not finite or too long ($number), no value ($nothing), an object that looks like one of these "
    "($object)."
}


def line_schema() -> JSON:
    """Return the schema of a line."""
    definitions: dict[str, JSON] = {"value": dict(_VALUE)}
    lines: list[JSON] = [_schema(kind, definitions) for kind in _LINES]
    return {
        "$schema": DIALECT,
        "$id": f"urn:arazzo-runner:schema:journal:{VERSION}",
        "title": "A line of a journal",
        "description": "A journal is lines of text, each a JSON object, the header first. An intent stands before its "
        "effect is performed, its outcome ('came') after; an intent without one is something nobody knows about. A "
        "text arazzoStandIn...z stands for a secret; FILE.secrets says for which. Members that are left out have their "
        "defaults.",
        "oneOf": lines,
        "$defs": dict(sorted(definitions.items())),
    }


def _schema(kind: Any, definitions: dict[str, JSON]) -> JSON:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Union or origin is types.UnionType:
        return _of_union(arguments, definitions)
    if origin is tuple and arguments[-1] is not ...:
        items: list[JSON] = [_schema(one, definitions) for one in arguments]
        return {"type": "array", "prefixItems": items, "items": False, "minItems": len(items)}
    if origin in (tuple, list, frozenset):
        return {"type": "array", "items": _schema(arguments[0], definitions)}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _schema(arguments[1], definitions)}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [each.value for each in kind]}
    if kind in _SIMPLE:
        return {"type": _SIMPLE[kind]}
    if isinstance(kind, type) and dataclasses.is_dataclass(kind) and kind is not Nothing:
        return _of_record(kind, definitions)
    return {"$ref": "#/$defs/value"}


def _of_union(arguments: tuple[Any, ...], definitions: dict[str, JSON]) -> JSON:
    if {bool, float} <= set(arguments) or Nothing in arguments:
        return {"$ref": "#/$defs/value"}
    return {"anyOf": [_schema(one, definitions) for one in arguments]}


def _of_record(kind: Any, definitions: dict[str, JSON]) -> JSON:
    name = tag(kind)
    if name not in definitions:
        definitions[name] = {}  # a record may hold itself
        members: dict[str, JSON] = {"is": {"const": name}}
        members |= {part.member: _schema(part.kind, definitions) for part in parts_of(kind)}
        needed: list[JSON] = ["is"]
        needed += [part.member for part in parts_of(kind) if part.default is dataclasses.MISSING]
        first = (kind.__doc__ or "").strip().partition("\n\n")[0]
        definitions[name] = {
            "description": " ".join(first.split()),
            "type": "object",
            "required": needed,
            "properties": members,
        }
    return {"$ref": f"#/$defs/{name}"}


def main() -> None:
    """Write the file: ``python -m arazzo_runner.journal.schema``."""
    import json
    from pathlib import Path

    Path(__file__).with_name("line.schema.json").write_text(json.dumps(line_schema(), indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
