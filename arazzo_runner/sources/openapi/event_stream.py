"""Server-sent events as a request body: text/event-stream (WHATWG HTML, section 9.2.6; OpenAPI 3.2, Media Type Object).

A payload is an array of events, or one event. An event is an object with `data`, `event`, `id` and `retry`; members of
other names are written too, though receivers ignore them. `data` may have several lines, and what is no string there
goes as JSON. A payload item that is no object is the data of an event. Null members are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from arazzo_runner.sources.openapi import shapes
from arazzo_runner.sources.openapi.scalars import Unserialisable, a_kind, scalar_text
from arazzo_runner.sources.operations import Schema
from arazzo_runner.values import Value

_LINE_END = re.compile(r"\r\n|\r|\n")
_FIELD = re.compile(r"[^:\r\n\ufeff][^:\r\n]*")


def encode(payload: Value, item_schema: Schema | None) -> str | Unserialisable:
    """Write events. The reason of an `Unserialisable` names the event by its index."""
    written: list[str] = []
    for index, item in enumerate(payload if isinstance(payload, list) else [payload]):
        event: dict[str, Value] = item if isinstance(item, dict) else {"data": item}
        for line in _event(event, item_schema):
            if isinstance(line, Unserialisable):
                return Unserialisable(f"event {index}: {line.reason}")
            written.append(line + "\n")
        written.append("\n")
    return "".join(written)


def _event(event: dict[str, Value], schema: Schema | None) -> Iterator[str | Unserialisable]:
    for name, value in event.items():
        if value is None:
            continue
        text = _text(name, value, shapes.property_of(schema, name))
        if isinstance(text, Unserialisable):
            yield text
        else:
            # A parser takes one space off, so one is put there whatever the text begins with.
            yield from (f"{name}: {line}" for line in _LINE_END.split(text))


def _text(name: str, value: Value, schema: Schema | None) -> str | Unserialisable:
    if not _FIELD.fullmatch(name):
        return Unserialisable(f"{name!r} can't be the name of a field")
    if isinstance(value, list | dict) and name != "data":
        return Unserialisable(f"the field '{name}' can't be {a_kind(value)}")
    text = scalar_text(value, schema)
    if isinstance(text, Unserialisable) or name == "data":
        return text
    if _LINE_END.search(text) or (name == "id" and "\0" in text):
        return Unserialisable(f"the field '{name}' must be one line")
    if name == "retry" and not (text.isascii() and text.isdigit()):
        return Unserialisable(f"the field 'retry' must be a whole number of milliseconds, not {text!r}")
    return text
