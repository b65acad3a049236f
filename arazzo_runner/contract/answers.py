"""What an operation says of its answers: status, content type, headers and body (OpenAPI 3.2, Responses Object)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from arazzo_runner.contract.breach import Breach
from arazzo_runner.contract.places import keyword_place
from arazzo_runner.contract.schemas import Schemas
from arazzo_runner.contract.shown import pointed, shown
from arazzo_runner.expressions.scope import Received
from arazzo_runner.sources.openapi.media import essence, is_json, is_json_lines, is_json_sequence, within
from arazzo_runner.sources.operations import MediaType, Operation, OperationHeader, OperationResponse, Schema
from arazzo_runner.values import Nothing, Path, Value

MAX_ITEMS: Final = 1_000
"""Items of a sequence (OpenAPI 3.2, itemSchema) that are judged."""

_BODILESS: Final = frozenset({204, 205, 304})


def response_for(operation: Operation, status: int) -> OperationResponse | None:
    """Return the Response Object of a status: the exact one, else that of its class, else `default`, else None."""
    keys = (str(status), f"{status // 100}XX", f"{status // 100}xx", "default")
    return next((operation.responses[key] for key in keys if key in operation.responses), None)


def answer_breaches(operation: Operation, received: Received, schemas: Schemas) -> Iterator[Breach]:
    """Yield what is wrong with an answer; nothing where the description says nothing of answers."""
    if not operation.responses:
        return
    response = response_for(operation, received.status)
    if response is None:
        declared = ", ".join(operation.responses)
        message = f"the status {received.status} is not declared: {operation.method} {operation.path} has {declared}"
        yield Breach("contract-response-status", message, operation.document, (*operation.at, "responses"))
        return
    yield from _headers(operation, response, received, schemas)
    yield from _content(operation, response, received, schemas)


def _headers(
    operation: Operation, response: OperationResponse, received: Received, schemas: Schemas
) -> Iterator[Breach]:
    for name, declared in response.headers.items():
        texts = [text for key, text in received.headers if key.lower() == name.lower()]
        if not texts:
            if declared.required:
                message = f"the answer has no header '{name}', which its status {response.status} requires"
                at = (*response.at, "headers", name)
                yield Breach("contract-response-header", message, operation.document, at)
        elif declared.schema is not None and not _header_fits(declared, texts, schemas):
            wrong = schemas.wrong(declared.schema, texts[0])
            said = wrong[0].message if wrong else "it is not as its schema says"
            message = f"the answer's header '{name}' is {shown(texts[0], (), name)}: {said}"
            document, at = keyword_place(declared.schema, wrong[0].keyword if wrong else ())
            yield Breach("contract-response-header", message, document, at)


def _header_fits(declared: OperationHeader, texts: list[str], schemas: Schemas) -> bool:
    """Tell whether a header's text is what some value that the schema accepts is written as (style: simple)."""
    assert declared.schema is not None
    joined = ", ".join(texts)
    items = [item.strip() for item in joined.split(",")]
    readings: list[Value] = [texts[0], joined, *_scalars(joined), list(items), [_scalar(item) for item in items]]
    readings.append(_object(items))
    return any(schemas.holds(declared.schema, reading) for reading in readings)


def _scalars(text: str) -> list[Value]:
    found = _scalar(text)
    return [] if isinstance(found, str) else [found]


def _scalar(text: str) -> Value:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return found if isinstance(found, bool | int | float) or found is None else text


def _object(items: list[str]) -> Value:
    """Read ``a=1,b=2`` (exploded) or ``a,1,b,2`` as an object."""
    if all("=" in item for item in items):
        pairs = [(name, text) for name, _, text in (item.partition("=") for item in items)]
    else:
        pairs = list(zip(items[::2], items[1::2], strict=False))
    return {name: _scalar(text) for name, text in pairs}


def _content(
    operation: Operation, response: OperationResponse, received: Received, schemas: Schemas
) -> Iterator[Breach]:
    at = (*response.at, "content")
    if isinstance(received.body, Nothing):
        if response.content and received.status not in _BODILESS and operation.method != "HEAD":
            message = f"the answer has no body, but its status {response.status} declares one"
            yield Breach("contract-response-body", message, operation.document, at)
        return
    if not response.content:
        return  # a description that is silent about the body forbids none
    media = media_of(response, received.content_type)
    if media is None:
        offered = ", ".join(response.content)
        found = f"the content type '{essence(received.content_type)}'" if received.content_type else "no content type"
        message = f"the answer has {found}, and status {response.status} declares {offered}"
        yield Breach("contract-response-content-type", message, operation.document, at)
        return
    yield from _body(media, received, schemas)


def media_of(response: OperationResponse, content_type: str) -> MediaType | None:
    """Return the Media Type Object of an answer's content type: the most specific one that covers it."""
    fitting = [media for name, media in response.content.items() if within(content_type, name)]
    return min(fitting, key=lambda media: (media.name.count("*"), -len(media.name)), default=None)


def _body(media: MediaType, received: Received, schemas: Schemas) -> Iterator[Breach]:
    value, sequence = received.body, is_json_lines(received.content_type) or is_json_sequence(received.content_type)
    if isinstance(value, Nothing | bytes):
        return
    if not (sequence or is_json(received.content_type)):
        # Of plain text a schema says something; of XML, events and the like it says too little.
        if media.schema is not None and isinstance(value, str) and essence(received.content_type) == "text/plain":
            yield from _text(media.schema, value, schemas)
        return
    if media.schema is not None:
        yield from _against(media.schema, value, (), schemas)
    if media.item_schema is not None and sequence and isinstance(value, list):
        for index, item in enumerate(value[:MAX_ITEMS]):
            yield from _against(media.item_schema, item, (index,), schemas)


def _text(schema: Schema, value: str, schemas: Schemas) -> Iterator[Breach]:
    """Judge plain text, as which a number or a boolean may come too."""
    if not any(schemas.holds(schema, reading) for reading in (value, *_scalars(value))):
        yield from _against(schema, value, (), schemas)


def _against(schema: Schema, value: Value, start: Path, schemas: Schemas) -> Iterator[Breach]:
    unusable = schemas.fault(schema)
    if unusable:
        message = f"the answer's body can't be judged: its schema can't be used: {unusable}"
        yield Breach("contract-unjudged", message, schema.document, schema.at)
    for wrong in schemas.wrong(schema, value):
        place = f"the answer's body{pointed((*start, *wrong.at))}"
        document, at = keyword_place(schema, wrong.keyword)
        message = f"{place} is {shown(value, wrong.at)}: {wrong.message}"
        yield Breach("contract-response-body", message, document, at)
