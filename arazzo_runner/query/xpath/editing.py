"""Nodes of an XML document replaced, and the document written again (checklist RPL-15).

What is put in is text and never markup: an element gets it as its whole content, an attribute as its value, a text in
its place. What stands before and after the root element, the declaration with it, stays as it was written.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from arazzo_runner.query.undecided import Undecided
from arazzo_runner.query.xpath.document import Document, read_document
from arazzo_runner.query.xpath.expression import XPath
from arazzo_runner.query.xpath.limits import MAX_DOCUMENT_LENGTH
from arazzo_runner.query.xpath.result import Item, Node
from arazzo_runner.values import Nothing

if TYPE_CHECKING:
    from lxml.etree import _Element

_MISC = r"(?:\s+|<!--.*?-->|<\?.*?\?>)*"
_BEFORE = re.compile(rf"\ufeff?{_MISC}", re.DOTALL)
_ENCODING = re.compile(r"""\A\ufeff?\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")


@dataclass(slots=True)
class XMLDraft:
    """An XML document while its nodes are replaced; `text` is how it was written, `added` what was put in."""

    text: str
    document: Document
    encoding: str = ""
    added: int = 0

    def replace(self, target: XPath, text: str) -> Nothing | Undecided | None:
        """Give all nodes that an expression finds a new text; say why where that can't be done."""
        found = target.items(self.document)
        if isinstance(found, Undecided):
            return found
        if not found:
            return Nothing(f"it finds nothing in the XML ({self._root()})")
        self.added += len(found) * len(text)
        if self.added > MAX_DOCUMENT_LENGTH:
            return Undecided(f"more than {MAX_DOCUMENT_LENGTH:,} characters would be put in", "max_document_length")
        fault = next((fault for item in found if (fault := _replace(item, text))), "")
        # The size decides what an expression may cost; it is counted on, as measuring again would cost more.
        self.document = replace(self.document, size=self.document.size + len(found) * (1 + len(text) // 64))
        return Nothing(fault) if fault else None

    def written(self) -> str | bytes:
        """Return the document as text, or as bytes in its own encoding where it came so."""
        from lxml import etree

        before = _BEFORE.match(self.text)
        root: Any = self.document.tree.getroot()
        written = _writable(etree.tostring(root, encoding="unicode", with_tail=False), self.text)
        whole = f"{before[0] if before else ''}{written}{_after(root, self.text)}"
        return whole.encode(self.encoding, "xmlcharrefreplace") if self.encoding else whole

    def _root(self) -> str:
        from lxml import etree

        name = etree.QName(self.document.tree.getroot())
        if name.namespace:
            return f"its root is '{name.localname}', in a namespace: '*:{name.localname}' finds it without a prefix"
        return f"its root is '{name.localname}'"


def xml_draft(value: str | bytes) -> XMLDraft | Undecided:
    """Read the XML text of a value to change it, or say why it is none. Never raises."""
    document = read_document(value)
    if isinstance(document, Undecided):
        return document
    if isinstance(value, str):
        return XMLDraft(value, document)
    marked = value.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if marked else document.tree.docinfo.encoding or "utf-8"
    try:
        return XMLDraft(value.decode(encoding), document, encoding)
    except (UnicodeDecodeError, LookupError):
        return Undecided(f"its encoding '{encoding}' can't be written")


def _replace(item: Item, text: str) -> str:
    """Give one node a new text; return why not, or nothing."""
    if not isinstance(item, Node):
        return "it gives a value, and a value is no place in the XML"
    element = item.element
    if element is None or item.kind not in ("element", "attribute", "text"):
        return f"it finds a {item.kind}: only elements, attributes and texts can be replaced"
    try:
        match item.kind:
            case "element":
                _fill(element, text)
            case "attribute":
                element.set(item.name, text)
            case _ if item.tail:
                element.tail = text
            case _:
                element.text = text
    except ValueError:
        return "the value has a character in it that XML can't hold"
    return ""


def _fill(element: _Element, text: str) -> None:
    element.text = text  # first: where it can't be, nothing is lost
    for child in list(element):
        element.remove(child)


def _writable(root: str, text: str) -> str:
    """Return the root element with references in the place of characters that the declared encoding does not have."""
    declared = _ENCODING.match(text)
    try:
        return root.encode(declared[1], "xmlcharrefreplace").decode(declared[1]) if declared else root
    except (LookupError, UnicodeError):
        return root


def _after(root: _Element, text: str) -> str:
    """Return what follows the root element: comments and processing instructions, a line each, and blanks."""
    from lxml import etree

    following = (etree.tostring(node, encoding="unicode", with_tail=False) for node in root.itersiblings())
    return "".join(f"\n{node}" for node in following) + text[len(text.rstrip()) :]
