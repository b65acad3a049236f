"""`elementpath` with every step counted: the engine of XPath 2.0, 3.0 and 3.1.

The library evaluates an expression by its tokens. Each kind of token is given a class of its own here, which counts
what is evaluated, what is selected and how large it is (`counting`; what works inside is counted ahead).

Functions that read files, the network, the environment, a clock or chance are taken out: there they don't exist.
"""

from __future__ import annotations

import datetime
from functools import cache
from typing import Any

from arazzo_runner.query.xpath.counting import CODEPOINTS, Meter, counted
from arazzo_runner.query.xpath.document import Document

FORBIDDEN = frozenset(
    """doc doc-available collection uri-collection unparsed-text unparsed-text-lines unparsed-text-available json-doc
    environment-variable available-environment-variables load-xquery-module transform random-number-generator
    current-dateTime current-date current-time default-language collation-key generate-id trace""".split()
)
"""The functions that are taken out."""

_LONG_AGO = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


def parser_for(version: str, namespaces: dict[str, str]) -> Any:
    """Make a parser for ``2.0``, ``3.0`` or ``3.1`` whose expressions are counted."""
    parser = _parser_class(version)(namespaces=namespaces, default_collation=CODEPOINTS)
    parser.symbol_table = _symbols(version)
    parser.meter = Meter()
    return parser


def context_for(document: Document) -> Any:
    """Make the context of an evaluation: the document, a fixed date, and a meter of its own."""
    from elementpath import XPathContext

    context: Any = XPathContext(document.tree, current_dt=_LONG_AGO, timezone="Z")
    context.meter = Meter(document.size)
    return context


@cache
def _parser_class(version: str) -> Any:
    from elementpath import XPath2Parser
    from elementpath.xpath30 import XPath30Parser
    from elementpath.xpath31 import XPath31Parser

    return {"2.0": XPath2Parser, "3.0": XPath30Parser, "3.1": XPath31Parser}[version]


@cache
def _symbols(version: str) -> dict[str, Any]:
    parser = _parser_class(version)
    if parser.tokenizer is None:
        parser.build()
    return {name: counted(cls) for name, cls in parser.symbol_table.items() if name not in FORBIDDEN}
