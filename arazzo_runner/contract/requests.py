"""What an operation says of its requests: parameters and body (OpenAPI 3.2, Parameter Object, Request Body Object).

Values are judged as they were before they were written on the wire. Outside of a JSON body everything travels as text,
so there the text "5" is as good an integer as 5.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from arazzo_runner.contract.breach import Breach
from arazzo_runner.contract.places import keyword_place
from arazzo_runner.contract.schemas import Schemas, Wrong
from arazzo_runner.contract.shown import pointed, shown
from arazzo_runner.sources.openapi.bodies import is_structured
from arazzo_runner.sources.openapi.media import essence, is_json, is_xml, media_for
from arazzo_runner.sources.openapi.scalars import Unserialisable, json_text, scalar_text
from arazzo_runner.sources.operations import Operation, OperationParameter, Schema
from arazzo_runner.values import Nothing, Value

_NOT_PARAMETERS: Final = frozenset({"accept", "content-type", "authorization"})
"""Headers whose declaration as a parameter counts for nothing (OpenAPI 3.2, Parameter Object: name)."""


def parameter_breaches(parameter: OperationParameter, value: Value, schemas: Schemas) -> Iterator[Breach]:
    """Yield what is wrong with the value that a step gives for a declared parameter."""
    schema = parameter.schema or (parameter.content.schema if parameter.content is not None else None)
    if schema is None or isinstance(value, bytes):
        return
    wrong = _wrong_as_text(schema, value, schemas)
    for each in wrong:
        place = f"the {parameter.location} parameter '{parameter.name}'{pointed(each.at)}"
        document, at = keyword_place(schema, each.keyword)
        message = f"{place} is {shown(value, each.at, parameter.name)}: {each.message}"
        yield Breach("contract-request-parameter", message, document, at, (parameter.location, parameter.name))


def missing_breaches(operation: Operation, given: frozenset[tuple[str, str]]) -> Iterator[Breach]:
    """Yield the required parameters that no value was given for; `given` holds names and places, headers lower case."""
    for parameter in operation.parameters:
        name = parameter.name.lower() if parameter.location == "header" else parameter.name
        if parameter.location == "header" and name in _NOT_PARAMETERS:
            continue
        if parameter.required and (name, parameter.location) not in given:
            message = f"the {parameter.location} parameter '{parameter.name}' is required, and none was sent"
            yield Breach("contract-request-parameter", message, operation.document, parameter.at)


def body_breaches(operation: Operation, body: Value | Nothing, content_type: str, schemas: Schemas) -> Iterator[Breach]:
    """Yield what is wrong with the body of a request; `body` is the payload as it was before encoding."""
    declared = operation.body
    if isinstance(body, Nothing):
        if declared is not None and declared.required:
            message = f"{operation.method} {operation.path} requires a body, and none was sent"
            yield Breach("contract-request-body", message, operation.document, declared.at)
        return
    if declared is None or not declared.content:
        return
    media = media_for(declared, content_type)
    if media is None:
        message = (
            f"the body was sent as '{essence(content_type)}', and the operation takes {', '.join(declared.content)}"
        )
        at = (*declared.at, "content")
        yield Breach("contract-request-content-type", message, operation.document, at)
    elif media.schema is not None:
        yield from _content(media.schema, body, content_type, schemas)


def _content(schema: Schema, body: Value, content_type: str, schemas: Schemas) -> Iterator[Breach]:
    if isinstance(body, bytes) or (isinstance(body, str) and is_xml(content_type)):
        return
    unusable = schemas.fault(schema)
    if unusable:
        message = f"the body can't be judged: its schema can't be used: {unusable}"
        yield Breach("contract-unjudged", message, schema.document, schema.at)
    wrong = schemas.wrong(schema, body) if is_json(content_type) else _wrong_as_text(schema, body, schemas)
    if wrong and isinstance(body, dict | list) and not is_structured(content_type):
        text = json_text(body)  # it is sent so (BOD-15)
        wrong = () if isinstance(text, str) and schemas.holds(schema, text) else wrong
    for each in wrong:
        document, at = keyword_place(schema, each.keyword)
        message = f"the body{pointed(each.at)} is {shown(body, each.at)}: {each.message}"
        yield Breach("contract-request-body", message, document, at, each.at)


def _wrong_as_text(schema: Schema, value: Value, schemas: Schemas) -> tuple[Wrong, ...]:
    """Return what is wrong with a value that travels as text, in each reading of that text; the value's own faults."""
    wrong = schemas.wrong(schema, value)
    if not wrong or any(schemas.holds(schema, reading) for reading in _readings(value)):
        return ()
    return wrong


def _readings(value: Value) -> Iterator[Value]:
    """Yield what the other side may take a value for: its scalars as text, its texts as scalars."""
    match value:
        case list():
            yield [_text(each) for each in value]
            yield [_parsed(each) for each in value]
        case dict():
            # What is null is not sent.
            present: dict[str, Value] = {name: each for name, each in value.items() if each is not None}
            yield present
            yield {name: _text(each) for name, each in present.items()}
            yield {name: _parsed(each) for name, each in present.items()}
        case str() if "," in value:  # most styles part the items of an array so
            yield [*value.split(",")]
            yield [_parsed(each) for each in value.split(",")]
        case _:
            yield _text(value)
            yield _parsed(value)


def _text(value: Value) -> Value:
    if isinstance(value, dict | list | bytes | str):
        return value
    text = scalar_text(value)
    return value if isinstance(text, Unserialisable) else text


def _parsed(value: Value) -> Value:
    if not isinstance(value, str):
        return value
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return value
    return found if isinstance(found, bool | int | float) or found is None else value
