"""XML for a value, by the XML Objects of its schema (OpenAPI 3.1, XML Object)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from arazzo_runner.sources.openapi.scalars import Unserialisable, scalar_text
from arazzo_runner.sources.operations import Schema
from arazzo_runner.values import JSON

_NAME: Final = re.compile(r"[A-Za-z_][\w.-]*")
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ROOT: Final = "response"
_NO_SCHEMA: Final[Mapping[str, JSON]] = {}


def xml(value: JSON, schema: Schema | None) -> str:
    """Return the document for a value. An element has the name of its schema's `xml`, else of the schema or member."""
    node, name = _followed(schema, _ROOT)
    return '<?xml version="1.0" encoding="UTF-8"?>' + _element(_told(node, "name") or name, value, node, schema)


def _followed(schema: Schema | None, name: str) -> tuple[Mapping[str, JSON], str]:
    """Follow the references of a schema; its name is that of the last reference."""
    found = schema
    for _ in range(10):
        if found is None or not isinstance(found.node, dict):
            return _NO_SCHEMA, name
        reference = found.node.get("$ref")
        if not isinstance(reference, str):
            return found.node, name
        name = reference.rpartition("/")[2]
        found = found.document.follow(found)
    return _NO_SCHEMA, name


def _told(node: Mapping[str, JSON], field: str) -> str:
    """Return a text of the XML Object of a schema."""
    found = node.get("xml")
    text = found.get(field) if isinstance(found, dict) else None
    return text if isinstance(text, str) else ""


def _is(node: Mapping[str, JSON], field: str) -> bool:
    found = node.get("xml")
    return isinstance(found, dict) and found.get(field) is True


def _member(node: Mapping[str, JSON], name: str, within: Schema | None) -> tuple[Mapping[str, JSON], Schema | None]:
    properties = node.get("properties")
    if within is None or not isinstance(properties, dict) or not isinstance(properties.get(name), dict):
        return _NO_SCHEMA, None
    schema = Schema(properties[name], within.document, (*within.at, "properties", name))
    return _followed(schema, name)[0], schema


def _element(name: str, value: JSON, node: Mapping[str, JSON], schema: Schema | None) -> str:
    tag = name if _NAME.fullmatch(name) else "item"
    match value:
        case dict():
            return _object(tag, value, node, schema)
        case list():
            items = "".join(_element("item", item, _NO_SCHEMA, None) for item in value)
            return f"<{tag}>{items}</{tag}>"
        case None:
            return f"<{tag}/>"
    return f"<{tag}>{escape(_text(value))}</{tag}>"


def _object(tag: str, value: Mapping[str, JSON], node: Mapping[str, JSON], schema: Schema | None) -> str:
    attributes, children = "", ""
    namespace = _told(node, "namespace")
    if namespace:
        attributes += f" xmlns={quoteattr(namespace)}"
    for name, item in value.items():
        inner, inner_schema = _member(node, name, schema)
        called = _told(inner, "name") or name
        if _is(inner, "attribute") and not isinstance(item, dict | list):
            attributes += f" {called if _NAME.fullmatch(called) else 'item'}={quoteattr(_text(item))}"
        elif isinstance(item, list) and not _is(inner, "wrapped"):
            children += "".join(_element(called, each, _NO_SCHEMA, None) for each in item)
        else:
            children += _element(called, item, inner, inner_schema)
    return f"<{tag}{attributes}>{children}</{tag}>"


def _text(value: JSON) -> str:
    if isinstance(value, str):
        return _ILLEGAL.sub("", value)
    text = scalar_text(value)  # type: ignore[arg-type]  # JSON is a Value; lists are only invariant
    return "" if isinstance(text, Unserialisable) else text
