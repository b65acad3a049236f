"""XML from a value, by the `xml` keywords of its schema (OpenAPI 3.2, XML Object; 3.0 and 3.1: attribute, wrapped).

The value decides what is written, and in its order; the schema decides names, namespaces and kinds of nodes. An
element is named by the `name` of its XML Object, else by its property or (3.2) component, the root by its component.
Where nothing names the root, an object of one member is taken as the root and its content. Null is an element with
`xsi:nil`, and no attribute. No XML declaration is written: the charset stands in the Content-Type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from arazzo_runner.sources.openapi import shapes
from arazzo_runner.sources.openapi.scalars import Unserialisable, a_kind, scalar_text
from arazzo_runner.sources.operations import Schema
from arazzo_runner.values import JSON, Value

MAX_DEPTH = 100
"""How deeply the elements of a body may be nested."""

_NAME = re.compile(r"[A-Za-z_\u00c0-\U000effff][\w.\-\u00b7]*")
# What XML 1.0 has no way to write, not even as a reference (section 2.2).
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BREAKS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE_BREAKS = _BREAKS | str.maketrans({"\n": "&#10;", "\t": "&#9;", '"': "&quot;"})
_NIL = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"'


@dataclass(frozen=True, slots=True)
class _Nodes:
    """What a value adds to the element around it: attributes, written with a blank before each, and content."""

    attributes: str = ""
    content: str = ""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the XML Object of a schema says, defaults filled in; `declarations` are namespaces, as attributes."""

    node: str
    name: str
    declarations: str = ""


def encode(value: Value, schema: Schema | None, name: str = "") -> str | Unserialisable:
    """Write a value as an XML document. `name` is the root element's, where the schema has none."""
    named = root_name(schema) or name
    if not named and isinstance(value, dict) and len(value) == 1:
        ((named, value),) = value.items()
        schema = shapes.property_of(schema, named)
    if not named:
        return Unserialisable("nothing names the root element: the schema needs an `xml` with a `name`")
    from xml.parsers import expat  # few requests have a body of XML

    try:
        nodes = _nodes(value, schema, named, 0)
        expat.ParserCreate().Parse(nodes.content.encode(), True)
    except _NotXML as fault:
        return Unserialisable(fault.reason)
    except expat.ExpatError:
        return Unserialisable("the value gives no single root element: its schema must make one of it (`xml`)")
    return nodes.content


class _NotXML(Exception):
    """Unwinds the walk; never leaves this module."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


def _nodes(value: Value, schema: Schema | None, inferred: str, depth: int) -> _Nodes:
    if depth > MAX_DEPTH:
        raise _NotXML(f"the value is nested more than {MAX_DEPTH} deep")
    kind = _kind(value, schema, inferred)
    match kind.node:
        case "attribute":
            return _attribute(value, schema, kind)
        case "text":
            return _Nodes(content=_text(value, schema))
        case "cdata":
            # The end mark can't stand inside a section: it is split over two.
            return _Nodes(content=f"<![CDATA[{_legal(value, schema).replace(']]>', ']]]]><![CDATA[>')}]]>")
        case "none":
            return _inside(value, schema, inferred, depth)
        case _:
            return _element(value, schema, kind, inferred, depth)


def _element(value: Value, schema: Schema | None, kind: _Kind, inferred: str, depth: int) -> _Nodes:
    if value is None:
        return _Nodes(content=f"<{kind.name}{kind.declarations}{_NIL}/>")
    # The items of a wrapped list are named like their wrapper, unless they have a name of their own.
    inner = _inside(value, schema, kind.name.rpartition(":")[2] or inferred, depth)
    return _Nodes(content=f"<{kind.name}{kind.declarations}{inner.attributes}>{inner.content}</{kind.name}>")


def _inside(value: Value, schema: Schema | None, name: str, depth: int) -> _Nodes:
    match value:
        case dict():
            named = ((part, shapes.property_of(schema, key), key) for key, part in value.items())
            members = ((part, described, _inferred(described, key)) for part, described, key in named)
        case list():
            items = _items(value, schema)
            members = (
                (part, described, _inferred(described, name, under_root=depth == 0)) for part, described in items
            )
        case _:
            return _Nodes(content=_text(value, schema))
    found = [_nodes(part, described, key, depth + 1) for part, described, key in members]
    return _Nodes("".join(part.attributes for part in found), "".join(part.content for part in found))


def _inferred(schema: Schema | None, name: str, *, under_root: bool = False) -> str:
    """Return the name of an element whose schema gives it none (OpenAPI 3.2, XML Node Names).

    From 3.2 on, a reference stands for no node of its own: the component that it leads to gives its name. Before, the
    property does; the items of a list that is the root have none, so theirs is the component's in each version.
    """
    refers = schema is not None and isinstance(schema.node, dict) and "$ref" in schema.node
    if schema is None or not refers or not (under_root or schema.document.version >= "3.2"):
        return name
    return _component(schema) or name


def _items(value: list[Value], schema: Schema | None) -> Iterator[tuple[Value, Schema | None]]:
    repeats = _repeats(value, schema)
    for index, item in enumerate(value):
        yield item, schema if repeats else shapes.item_of(schema, index)


def _repeats(value: Value, schema: Schema | None) -> bool:
    """Tell whether a list stands where the schema knows no list: each item is then what the schema describes."""
    types = shapes.types(schema)
    return isinstance(value, list) and bool(types) and "array" not in types


def _attribute(value: Value, schema: Schema | None, kind: _Kind) -> _Nodes:
    if isinstance(value, list | dict):
        raise _NotXML(f"{a_kind(value)} can't be the value of the attribute '{kind.name}'")
    if value is None:
        return _Nodes()
    text = _legal(value, schema).translate(_ATTRIBUTE_BREAKS)
    return _Nodes(attributes=f'{kind.declarations} {kind.name}="{text}"')


def _text(value: Value, schema: Schema | None) -> str:
    return "" if value is None else _legal(value, schema).translate(_BREAKS)


def _legal(value: Value, schema: Schema | None) -> str:
    text = scalar_text(value, schema)
    if isinstance(text, Unserialisable):
        raise _NotXML(text.reason)
    found = _ILLEGAL.search(text)
    if found:
        raise _NotXML(f"XML can't hold the character U+{ord(found.group()):04X}")
    return text


def _kind(value: Value, schema: Schema | None, inferred: str) -> _Kind:
    written = shapes.own_keyword(schema, "xml")
    xml = written if isinstance(written, dict) else {}
    node = "none" if _repeats(value, schema) else _node_type(xml, isinstance(value, list))
    local = xml.get("name") if isinstance(xml.get("name"), str) and node != "none" else inferred
    prefix, namespace = xml.get("prefix"), xml.get("namespace")
    name = f"{prefix}:{local}" if isinstance(prefix, str) and prefix else str(local)
    if node in ("element", "attribute") and not all(_NAME.fullmatch(part) for part in name.split(":", 1)):
        raise _NotXML(f"'{name}' can't be the name of an XML {node}")
    return _Kind(node, name, _declaration(prefix, namespace, node))


def _node_type(xml: dict[str, JSON], is_list: bool) -> str:
    named = xml.get("nodeType")
    if named in ("element", "attribute", "text", "cdata", "none"):
        return str(named)
    if is_list:
        return "element" if xml.get("wrapped") is True else "none"
    return "attribute" if xml.get("attribute") is True else "element"


def _declaration(prefix: JSON, namespace: JSON, node: str) -> str:
    if not isinstance(namespace, str) or not namespace or _ILLEGAL.search(namespace):
        return ""
    if isinstance(prefix, str) and prefix:
        return f' xmlns:{prefix}="{namespace.translate(_ATTRIBUTE_BREAKS)}"'
    return f' xmlns="{namespace.translate(_ATTRIBUTE_BREAKS)}"' if node == "element" else ""


def root_name(schema: Schema | None) -> str:
    """Return the root's name: of the XML Object, else of the component that the schema refers to."""
    xml = shapes.own_keyword(schema, "xml")
    if isinstance(xml, dict) and isinstance(xml.get("name"), str):
        return str(xml["name"])
    return _component(schema) if schema is not None else ""


def _component(schema: Schema) -> str:
    target = schema.document.follow(schema)
    at = target.at if target is not None else ()
    return str(at[-1]) if at[:-1] in (("components", "schemas"), ("definitions",)) else ""
