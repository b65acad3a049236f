"""What XPath expressions give, from either engine, and what becomes of it.

The effective boolean value for criteria (checklist XPC-02, XPC-05), and the shape for selectors (SEL-08).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from arazzo_runner.query.undecided import Undecided
from arazzo_runner.query.xpath.limits import MAX_RESULT_LENGTH
from arazzo_runner.values import Nothing, Value

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class Node:
    """A node of an XML document.

    `kind` is element, attribute, text, comment, processing-instruction, namespace or document; `value` is its string
    value. `element` is the element itself, or the one that an attribute or text belongs to; `name` is that of an
    attribute, with its namespace in braces. A text behind an element (`tail`) belongs to that element.
    """

    kind: str
    value: str
    element: _Element | None = None
    name: str = ""
    tail: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """An atomic value of a type that JSON does not have, such as a date, by its text."""

    value: str


Item: TypeAlias = Node | Typed | bool | int | float | str | list[Value] | dict[str, Value]


def from_lxml(result: Any) -> tuple[Item, ...] | Undecided:
    """Return the items of a result of `lxml`: nodes, or one boolean, number or string."""
    if not isinstance(result, list):
        return (result if isinstance(result, bool | float) else str(result),)
    return _gathered(map(_from_lxml, result))


def _gathered(items: Iterable[Item]) -> tuple[Item, ...] | Undecided:
    """Return the items, as long as the text of their nodes is bounded: the nested ones repeat it at each level."""
    found: list[Item] = []
    length = 0
    for item in items:
        found.append(item)
        length += len(item.value) if isinstance(item, Node) else 0
        if length > MAX_RESULT_LENGTH:
            reason = f"the nodes that the expression gives have more than {MAX_RESULT_LENGTH:,} characters"
            return Undecided(reason, "max_result_length")
    return tuple(found)


def _from_lxml(item: Any) -> Item:
    if isinstance(item, tuple):
        return Node("namespace", item[1] or "", name=item[0] or "")
    if not isinstance(item, str):
        return _element(item)
    text: Any = item
    if text.is_attribute:
        return Node("attribute", str(text), text.getparent(), str(text.attrname))
    return Node("text", str(text), text.getparent(), tail=bool(text.is_tail))


def document_node(tree: Any) -> Node:
    """Return the node of a whole document: its text is all text in it, without comments."""
    from lxml import etree

    return Node("document", "".join(tree.getroot().itertext(etree.Element)))


def _element(element: Any) -> Node:
    from lxml import etree

    if element.tag is etree.Comment:
        return Node("comment", element.text or "", element)
    if element.tag is etree.ProcessingInstruction:
        return Node("processing-instruction", element.text or "", element)
    return Node("element", "".join(element.itertext(etree.Element)), element)


def from_elementpath(items: Iterable[Any]) -> tuple[Item, ...] | Undecided:
    """Return the items of a sequence of `elementpath`."""
    from elementpath.xpath_tokens import XPathFunction

    sequence = list(items)
    if any(isinstance(one, XPathFunction) and type(one).__name__ not in ("XPathMap", "XPathArray") for one in sequence):
        return Undecided("the result is a function")
    return _gathered(map(_item, sequence))


def _item(item: Any) -> Item:
    from elementpath import datatypes
    from elementpath.xpath_nodes import XPathNode

    match item:
        case XPathNode():
            return _node(item)
        case bool() | str():
            return item if isinstance(item, bool) else str(item)
        case int():
            return int(item)
        case float():
            return float(item)
        case Decimal():
            return int(item) if item == item.to_integral_value() else float(item)
        case datatypes.UntypedAtomic() | datatypes.AnyURI():
            return str(item)
    name = type(item).__name__
    if name == "XPathMap":
        return {str(key): _member(value) for key, value in item.items()}
    if name == "XPathArray":
        return [_member(value) for value in item.items()]
    return Typed(str(item))


def _member(value: Any) -> Value:
    """Return the value of a map's entry or an array's member: a sequence of one is its item."""
    items = [_plain(_item(one)) for one in (value if isinstance(value, list) else [value])]
    return items[0] if len(items) == 1 else items


def _node(node: Any) -> Node:
    text: str = node.string_value
    match node.node_kind:
        case "document":
            return document_node(node.value)
        case "element" | "comment" | "processing-instruction" as named:
            return Node(named, text, node.value)
        case "attribute":
            return Node("attribute", text, None if node.parent is None else node.parent.value, str(node.name))
        case "text":
            return _text(node)
        case _:
            return Node("namespace", text, name=str(node.name or ""))


def _text(node: Any) -> Node:
    """Find the element that a text belongs to: the one around it, or the one before it for a tail."""
    parent = node.parent
    if parent is None:
        return Node("text", node.string_value)
    before = None
    for child in parent.children:
        if child is node:
            break
        before = child
    owner = parent if before is None else before
    return Node("text", node.string_value, owner.value, tail=before is not None)


def truth(items: tuple[Item, ...]) -> bool | Undecided:
    """Return the effective boolean value of a sequence (XPath 2.0, section 2.4.3; for 1.0 its function `boolean`)."""
    if not items:
        return False
    if isinstance(items[0], Node):
        return True
    if len(items) > 1:
        return Undecided("a sequence of several values has no effective boolean value")
    match items[0]:
        case bool() | str() as item:
            return bool(item)
        case int() | float() as number:
            return number != 0 and not math.isnan(number)
        case _:
            return Undecided("the result is no node, boolean, number or string: it has no effective boolean value")


def selected(items: tuple[Item, ...]) -> Value | Nothing:
    """Return what a selector gives: nothing, one value, or the array of several; nodes by their text (SEL-08)."""
    if not items:
        return Nothing("the expression finds nothing")
    values = [_plain(item) for item in items]
    return values[0] if len(values) == 1 else values


def _plain(item: Item) -> Value:
    return item.value if isinstance(item, Node | Typed) else item
