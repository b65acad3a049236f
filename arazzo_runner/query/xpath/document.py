"""XML documents, read without DTD, entities or network (checklist XPC-07)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from arazzo_runner.query.undecided import Undecided
from arazzo_runner.query.xpath.limits import MAX_DOCUMENT_LENGTH, MAX_DOCUMENT_NODES
from arazzo_runner.values import Value, kind

if TYPE_CHECKING:
    from lxml.etree import _Element, _ElementTree


@dataclass(frozen=True, slots=True)
class Document:
    """An XML document.

    `size` is the number of its nodes, with its text counted in lines of some length; `depth` is that of its elements.
    `namespaces` maps the prefixes in scope at the root element to their URIs (XPC-06).
    """

    tree: _ElementTree = field(repr=False)
    size: int
    depth: int
    namespaces: dict[str, str]


def read_document(value: Value) -> Document | Undecided:
    """Parse the XML text of a value, or say why it is none (checklist XPC-04). Never raises."""
    if not isinstance(value, str | bytes):
        named = kind(value)
        return Undecided(f"{named} is no XML" if named in ("null", "bytes") else f"a value of type {named} is no XML")
    if len(value) > MAX_DOCUMENT_LENGTH:
        return Undecided(f"the XML is longer than {MAX_DOCUMENT_LENGTH:,} characters", "max_document_length")
    root = _parsed(value)
    return root if isinstance(root, Undecided) else _measured(root)


def _parsed(value: str | bytes) -> _Element | Undecided:
    from lxml import etree

    encoding = "utf-8" if isinstance(value, str) else None
    parser = etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
    )
    try:
        root = etree.fromstring(value.encode("utf-8", "replace") if isinstance(value, str) else value, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        return Undecided(f"it is no well-formed XML (line {line}, column {column})")
    except ValueError:
        return Undecided("it is no well-formed XML")
    tree: Any = root.getroottree()
    if tree.docinfo.doctype:
        return Undecided("XML with a document type declaration is not read: it could define entities")
    return root


def _measured(root: _Element) -> Document | Undecided:
    nodes, text, deepest = 0, 0, 0
    waiting = [(root, 1)]
    while waiting:
        element, depth = waiting.pop()
        nodes += 1 + len(element.attrib) + (element.text is not None) + (element.tail is not None)
        if nodes > MAX_DOCUMENT_NODES:
            return Undecided(f"the XML has more than {MAX_DOCUMENT_NODES:,} nodes", "max_document_nodes")
        text += len(element.text or "") + len(element.tail or "")
        deepest = max(deepest, depth)
        waiting += [(child, depth + 1) for child in element]
    namespaces = {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
    return Document(root.getroottree(), nodes + text // 64, deepest, namespaces)
