"""The members inside the inputs of a workflow that their schema marks as secrets, by their names."""

from __future__ import annotations

from collections.abc import Iterator

from arazzo_runner.program.input_schema import parts
from arazzo_runner.program.model import InputSchema
from arazzo_runner.redact.marks import is_marked
from arazzo_runner.values import JSON

_MOST = 5_000


def marked_inputs(inputs: InputSchema) -> dict[str, frozenset[str]]:
    """Return, for each input with secrets inside, the names of the members that are marked, at any depth below it."""
    found = {name: _marked(inputs, schema) for name, schema in inputs.properties.items()}
    return {name: marked for name, marked in found.items() if marked}


def _marked(inputs: InputSchema, schema: JSON) -> frozenset[str]:
    names: set[str] = set()
    waiting = [("", schema)]
    seen: set[tuple[str, int]] = set()
    while waiting and len(seen) < _MOST:
        name, schema = waiting.pop()
        for part in parts(schema, inputs.schema):
            if (name, id(part)) in seen:
                continue
            seen.add((name, id(part)))
            if name and is_marked(part):
                names.add(name)
            waiting += _inside(name, part)
    return frozenset(names)


def _inside(name: str, part: dict[str, JSON]) -> Iterator[tuple[str, JSON]]:
    properties = part.get("properties")
    yield from properties.items() if isinstance(properties, dict) else ()
    for keyword in ("items", "additionalProperties"):
        if keyword in part:
            yield name, part[keyword]
    for keyword in ("prefixItems", "anyOf", "oneOf"):
        listed = part.get(keyword)
        yield from ((name, inner) for inner in listed) if isinstance(listed, list) else ()
