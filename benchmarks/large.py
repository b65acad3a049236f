"""An API description of 10 MB with 3,000 operations, as YAML and as JSON, and workflows that call some of them.

Made from numbers alone, as `benchmarks.documents`: the same on every machine. Both texts hold the same data.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

OPERATIONS: Final = 3_000
_FIELDS: Final = 12
"""The fields of each schema, which give the description its size."""


def path_of(number: int) -> str:
    """Return the path of an operation; the benchmarks' server answers it (`benchmarks.answering`)."""
    return f"/part{number}/items/{{id}}"


def description(operations: int) -> dict[str, Any]:
    """Return the data of a description with that many operations, each with a schema of its own; 3.4 kB each."""
    numbers = range(operations)
    return {
        "openapi": "3.1.0",
        "info": {"title": "A very big API", "version": "1"},
        "servers": [{"url": "http://127.0.0.1"}],
        "paths": {path_of(number): {"get": _operation(number)} for number in numbers},
        "components": {"schemas": {f"Item{number}": _schema(number, operations) for number in numbers}},
    }


def _operation(number: int) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/Item{number}"}
    return {
        "operationId": f"getItem{number}",
        "summary": f"Gives one of the items of part {number}.",
        "description": "The item is given as it stands now: what changed it last is not told, and nothing is locked.",
        "parameters": [
            {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "maxLength": 40}},
            {"name": "fields", "in": "query", "description": "Which fields to give.", "schema": {"type": "string"}},
        ],
        "responses": {
            "200": {"description": "It is this one.", "content": {"application/json": {"schema": schema}}},
            "404": {"description": "There is no item of this identifier in the part."},
        },
    }


def _schema(number: int, operations: int) -> dict[str, Any]:
    fields: dict[str, Any] = {
        f"field{index}": {
            "type": "string" if index % 2 else "number",
            "description": f"The value number {index} of item {number}: it is there where its owner gave one.",
            "examples": [f"value {index}" if index % 2 else index],
            "deprecated": False,
        }
        for index in range(_FIELDS)
    }
    other = {"$ref": f"#/components/schemas/Item{min(number ^ 1, operations - 1)}"}
    return {
        "type": "object",
        "description": f"An item of part {number}.",
        "required": ["id", "next"],
        "properties": {"id": {"type": "string"}, "next": {"type": "string"}, "other": other, **fields},
    }


def as_json(data: dict[str, Any]) -> str:
    """Return the text of data as JSON."""
    return json.dumps(data, indent=1) + "\n"


def as_yaml(data: dict[str, Any]) -> str:
    """Return the text of data as YAML, in blocks, as people write it."""
    return "".join(f"{line}\n" for line in _lines(data))


def _lines(value: dict[str, Any] | list[Any]) -> Iterator[str]:
    """Yield the lines of a value that is not empty."""
    pairs = value.items() if isinstance(value, dict) else (("-", each) for each in value)
    for name, inner in pairs:
        head = name if name == "-" else f"{_scalar(name)}:"
        if not isinstance(inner, dict | list):
            yield f"{head} {_scalar(inner)}"
            continue
        yield head
        yield from (f"  {line}" for line in _lines(inner))


def _scalar(value: object) -> str:
    plain = isinstance(value, str) and value[:1].isalpha() and not set(value) & set(":#{}[]$'\"")
    return str(value) if plain else json.dumps(value)


def chained(steps: int, operations: int) -> str:
    """Return an Arazzo description of one workflow: each step gets what the one before it names as the next.

    Each step calls another operation, as long as there are others.
    """
    lines = [
        "arazzo: 1.0.1",
        "info: {title: A chain, version: '1'}",
        "sourceDescriptions: [{name: api, url: api.yml, type: openapi}]",
        "workflows:",
        "- workflowId: chain",
        "  inputs: {type: object, required: [first], properties: {first: {type: string}}}",
        "  steps:",
    ]
    for step in range(steps):
        value = f"$steps.s{step - 1}.outputs.next" if step else "$inputs.first"
        lines += [
            f"  - stepId: s{step}",
            f"    operationId: getItem{step % operations}",
            f"    parameters: [{{name: id, in: path, value: {value}}}]",
            "    successCriteria: [{condition: $statusCode == 200}]",
            "    outputs: {next: $response.body#/next}",
        ]
    return "\n".join([*lines, f"  outputs: {{last: $steps.s{steps - 1}.outputs.next}}", ""])


def write(folder: Path, steps: int, operations: int, called: int | None = None) -> Path:
    """Write both documents into a folder, and return the path of the Arazzo description.

    `called` is how many of the operations the workflow calls; all of them, as far as there are steps, without it.
    """
    (folder / "api.yml").write_text(as_yaml(description(operations)), "utf-8", newline="\n")
    path = folder / "chain.yml"
    path.write_text(chained(steps, called or operations), "utf-8", newline="\n")
    return path
