"""XML for a value, by the XML Objects of its schema (OpenAPI 3.1, XML Object)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from arazzo_runner.mock.shape import Shape, shape
from arazzo_runner.sources.openapi.scalars import Unserialisable, scalar_text
from arazzo_runner.sources.operations import Schema
from arazzo_runner.values import JSON

ROOT: Final = "response"
"""The element of a document whose schema names none."""

_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ITEM: Final = "item"


def xml(value: JSON, schema: Schema | None) -> str:
    """Return the document for a value. An element has the name of its schema's `xml`, else of the schema or member."""
    described = shape(schema, ROOT)
    return '<?xml version="1.0" encoding="UTF-8"?>' + _element(value, described, listed=_ITEM)


def _element(value: JSON, described: Shape, *, listed: str = "") -> str:
    """Write an element; `listed` is what the items of an array are called that have no name of their own."""
    start = described.tag + _namespace(described)
    match value:
        case dict():
            return _object(start, value, described)
        case list():
            item = described.item()
            each = Shape(listed, item.parts) if listed and not item.told("name") else item
            return _closed(start, "".join(_element(one, each, listed=listed) for one in value))
        case None:
            return f"<{start}/>"
    return _closed(start, escape(_text(value)))


def _closed(start: str, content: str) -> str:
    return f"<{start}>{content}</{start.partition(' ')[0]}>"


def _namespace(described: Shape) -> str:
    namespace, prefix = described.told("namespace"), described.tag.rpartition(":")[0]
    return f" xmlns{':' + prefix if prefix else ''}={quoteattr(namespace)}" if namespace else ""


def _object(start: str, value: Mapping[str, JSON], described: Shape) -> str:
    attributes, children = "", ""
    for name, item in value.items():
        inner = described.member(name)
        if inner.says("attribute") and not isinstance(item, dict | list):
            attributes += f" {inner.name}={quoteattr(_text(item))}"
        elif isinstance(item, list) and not inner.says("wrapped"):
            children += "".join(_element(one, inner.item(), listed=_ITEM) for one in item)
        else:
            children += _element(item, inner)
    return _closed(start, children).replace(f"<{start}>", f"<{start}{attributes}>", 1)


def _text(value: JSON) -> str:
    if isinstance(value, str):
        return _ILLEGAL.sub("", value)
    text = scalar_text(value)  # type: ignore[arg-type]  # JSON is a Value; lists are only invariant
    return "" if isinstance(text, Unserialisable) else text
