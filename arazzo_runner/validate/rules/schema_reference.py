"""schema-reference: a schema of an operation that a step calls refers to a schema that is not there.

What: a `$ref` in the schemas of the parameters, the body or the answers of the operation leads nowhere, or in a circle
of references alone.
Why: nothing is known of what stands there: no value is checked against it, `--mock` invents anything for it, and the
pointers that read it can't be judged.
Example: `schema: {$ref: '#/components/schemas/Ordr'}` where the description has `Order`.
Instead: correct the reference in the API description.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from arazzo_runner.diagnostics import Diagnostic, Related
from arazzo_runner.document.model import Step
from arazzo_runner.sources.operations import MediaType, Operation, Schema
from arazzo_runner.validate.subject import Subject
from arazzo_runner.values import Path

MAX_NODES: Final = 20_000
"""Parts of the schemas of one operation that are looked at."""

MAX_SHOWN: Final = 3
"""References that a finding names."""

_NO_SCHEMAS: Final = frozenset(("example", "examples", "default", "enum", "const", "discriminator", "xml"))


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find references of schemas that lead nowhere, each operation once a workflow."""
    judged: set[Path] = set()
    seen: set[tuple[str, Path]] = set()
    for step, _, call in subject.calls():
        if call.operation.at not in judged:
            judged.add(call.operation.at)
            broken = list(_broken(call.operation, seen))
            if broken:
                yield _found(subject, step, call.operation, broken)


def _found(subject: Subject, step: Step, operation: Operation, broken: list[Schema]) -> Diagnostic:
    names = list(dict.fromkeys(str(one.node["$ref"]) for one in broken if isinstance(one.node, dict)))
    more = f" and {len(names) - MAX_SHOWN} more" if len(names) > MAX_SHOWN else ""
    listed = ", ".join(names[:MAX_SHOWN]) + more
    lead = "leads" if len(names) == 1 else "lead"
    message = f"the description of {operation.method} {operation.path} refers to {listed}, which {lead} nowhere"
    at = (*step.at, "operationId" if step.operation_id is not None else "operationPath")
    found = subject.warning("schema-reference", message, at, "correct the reference in the API description")
    places = (one.document.span((*one.at, "$ref")) for one in broken[:MAX_SHOWN])
    return replace(found, related=tuple(Related("a reference stands here", place) for place in places))


def _broken(operation: Operation, seen: set[tuple[str, Path]]) -> Iterator[Schema]:
    waiting = list(_schemas(operation))
    count = 0
    while waiting and count < MAX_NODES:
        schema = waiting.pop()
        count += 1
        key = (schema.document.uri, schema.at)
        if key in seen:
            continue
        seen.add(key)
        node = schema.node
        if isinstance(node, dict) and isinstance(node.get("$ref"), str):
            target = schema.document.follow(schema)
            if target is None:
                yield schema
            else:
                waiting.append(target)
        waiting += _below(schema)


def _below(schema: Schema) -> Iterator[Schema]:
    node = schema.node
    if isinstance(node, dict):
        for name, inner in node.items():
            if isinstance(inner, dict | list) and name not in _NO_SCHEMAS and not name.startswith("x-"):
                yield from _members(schema, name) if name in _MAPS else (_child(schema, name, inner),)
    elif isinstance(node, list):
        yield from (_child(schema, index, inner) for index, inner in enumerate(node) if isinstance(inner, dict))


_MAPS: Final = frozenset(("properties", "patternProperties", "$defs", "definitions", "dependentSchemas"))
"""Members whose own members are named freely: one that is called `example` is a schema there."""


def _members(schema: Schema, name: str) -> Iterator[Schema]:
    inner = schema.node[name] if isinstance(schema.node, dict) else None
    if isinstance(inner, dict):
        for each, value in inner.items():
            yield Schema(value, schema.document, (*schema.at, name, each))


def _child(schema: Schema, step: str | int, inner: object) -> Schema:
    return Schema(inner, schema.document, (*schema.at, step))  # type: ignore[arg-type]  # read from JSON


def _schemas(operation: Operation) -> Iterator[Schema]:
    for parameter in operation.parameters:
        if parameter.schema is not None:
            yield parameter.schema
        if parameter.content is not None:
            yield from _of_media(parameter.content)
    contents = [operation.body.content] if operation.body is not None else []
    contents += [response.content for response in operation.responses.values()]
    for content in contents:
        for media in content.values():
            yield from _of_media(media)


def _of_media(media: MediaType) -> Iterator[Schema]:
    if media.schema is not None:
        yield media.schema
