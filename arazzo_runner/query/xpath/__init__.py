"""XPath, in the versions that Arazzo names (Arazzo 1.1, Expression Type Object), bounded."""

from arazzo_runner.query.xpath.document import Document, read_document
from arazzo_runner.query.xpath.expression import VERSIONS, XPath, compile_xpath
from arazzo_runner.query.xpath.result import Item, Node, Typed, selected, truth

__all__ = [
    "VERSIONS", "Document", "Item", "Node", "Typed", "XPath", "compile_xpath", "read_document", "selected", "truth",
]  # fmt: skip
