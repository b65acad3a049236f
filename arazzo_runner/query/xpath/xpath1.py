"""The engine of XPath 1.0, and of plain paths in every version: `lxml`.

`lxml` starts relative paths at the root element, XPath at the node that it is given, here the document. So a relative
path outside of predicates is made an absolute one, and functions that read the node at hand are given the document.
"""

from __future__ import annotations

from typing import Any

from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.query.undecided import Undecided
from arazzo_runner.query.xpath.cost import cost
from arazzo_runner.query.xpath.document import Document
from arazzo_runner.query.xpath.limits import MAX_XPATH_WORK
from arazzo_runner.query.xpath.result import Item, document_node, from_lxml
from arazzo_runner.query.xpath.tokens import Kind, Token, starts_path, tokens

MAX_TOKENS = 2_000
"""Tokens of an expression; the library evaluates chains of operators by recursion."""

_OF_THE_NODE = frozenset("string number name local-name namespace-uri string-length normalize-space".split())
_OF_THE_PLACE = frozenset({"position", "last"})


def read_xpath1(text: str, namespaces: dict[str, str]) -> Fault | None:
    """Return the fault of an expression that is none of XPath 1.0."""
    from lxml import etree

    found = tokens(text)
    if found is not None and len(found) > MAX_TOKENS:
        return Fault(f"the expression has more than {MAX_TOKENS:,} tokens", 0, "", "query-too-large")
    unknown = None if found is None else _unknown(found)
    if unknown is not None:
        return Fault(f"XPath 1.0 has no {unknown.text}", unknown.start, "", "query-malformed")
    try:
        etree.XPath(text, namespaces=namespaces, regexp=False)
        query: Any = etree.XPath(from_the_document(found or []), namespaces=namespaces, regexp=False)
        query(etree.ElementTree(etree.Element("x")))
    except (etree.XPathError, ValueError) as error:  # ValueError: a character that XML does not have
        message = f"this is no expression of XPath 1.0 ({str(error)[:1].lower()}{str(error)[1:]})"
        return Fault(message, 0, "", "query-malformed")
    return None if found else Fault("this is no expression of XPath 1.0", 0, "", "query-malformed")


_FUNCTIONS = frozenset(
    """last position count id local-name namespace-uri name string concat starts-with contains substring-before
    substring-after substring string-length normalize-space translate boolean not true false lang number sum floor
    ceiling round""".split()
)
_AXES = frozenset(
    """ancestor ancestor-or-self attribute child descendant descendant-or-self following following-sibling namespace
    parent preceding preceding-sibling self""".split()
)


def _unknown(found: list[Token]) -> Token | None:
    for token in found:
        known = _FUNCTIONS if token.kind is Kind.FUNCTION else _AXES if token.kind is Kind.AXIS else None
        if (known is not None and token.text not in known) or token.kind is Kind.VARIABLE:
            return token
    return None


def evaluate_xpath1(text: str, document: Document, *, as_boolean: bool) -> tuple[Item, ...] | Undecided:
    """Evaluate an expression in a document; `as_boolean` for its truth alone. Never raises."""
    from lxml import etree

    found = tokens(text) or []
    if cost(found, document.size, document.depth) > MAX_XPATH_WORK:
        reason = f"the expression can look at more than {MAX_XPATH_WORK:,} nodes of this document"
        return Undecided(reason, "max_xpath_work")
    if not as_boolean and [token.text for token in found] in (["/"], ["."]):
        return (document_node(document.tree),)
    written = from_the_document(found)
    try:
        query: Any = etree.XPath(
            f"boolean({written})" if as_boolean else written, namespaces=document.namespaces, regexp=False
        )
        return from_lxml(query(document.tree))
    except (etree.XPathError, ValueError) as error:
        return Undecided(f"the expression can't be evaluated in this document: {error}")


def from_the_document(found: list[Token]) -> str:
    """Return the expression with the document in the place of the node at hand."""
    written: list[str] = []
    at = 0
    while at < len(found):
        token = found[at]
        call = _call_of_the_document(found, at)
        if call:
            written.append(call)
            at += 2
        else:
            written.append("/" + token.text if token.depth == 0 and starts_path(found, at) else token.text)
        at += 1
    return " ".join(written)


def _call_of_the_document(found: list[Token], at: int) -> str:
    """Return a call without arguments, outside of predicates, as one for the document; empty for all else."""
    token = found[at]
    if token.depth or token.kind is not Kind.FUNCTION or [one.text for one in found[at + 1 : at + 3]] != ["(", ")"]:
        return ""
    return f"{token.text}(/)" if token.text in _OF_THE_NODE else "1" if token.text in _OF_THE_PLACE else ""
