"""`elementpath` with every step counted: the engine of XPath 2.0, 3.0 and 3.1.

The library evaluates an expression by its tokens. Each kind of token is given a class of its own here, which counts
what is evaluated, what is selected and how large it is. A few functions do their work inside and are counted ahead:
comparisons of sequences, and those with regular expressions, which run on Python's `re` and are refused where its time
can't be bounded.

Functions that read files, the network, the environment, a clock or chance are taken out: there they don't exist.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from arazzo_runner.query.xpath.limits import MAX_XPATH_STEPS
from arazzo_runner.query.xpath.regexes import backtracks

if TYPE_CHECKING:
    from elementpath import XPathContext, XPathToken
    from elementpath.xpath2 import XPath2Parser
    from lxml.etree import _ElementTree

FORBIDDEN = frozenset(
    """doc doc-available collection uri-collection unparsed-text unparsed-text-lines unparsed-text-available json-doc
    environment-variable available-environment-variables load-xquery-module transform random-number-generator
    current-dateTime current-date current-time default-language collation-key trace parse-ietf-date""".split()
)
"""The functions that are taken out."""

_CODEPOINTS = "http://www.w3.org/2005/xpath-functions/collation/codepoint"
_TEXT_A_STEP = 64
_RE_STEPS_A_STEP = 32
_COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
_REGEXES = frozenset({"matches", "replace", "tokenize", "analyze-string"})
_FORMATS = frozenset({"format-integer", "format-number", "format-date", "format-dateTime", "format-time"})
_WIDE = re.compile(r"[0-9]{5}")
_LONG_AGO = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


class Exhausted(Exception):
    """The steps are used up. It never leaves the room of queries."""


class Meter:
    """Counts the steps of one evaluation."""

    __slots__ = ("inputs", "steps")

    def __init__(self) -> None:
        self.steps = MAX_XPATH_STEPS
        self.inputs: dict[int, int] = {}

    def spend(self, steps: int = 1) -> None:
        """Count steps. Raises `Exhausted`."""
        self.steps -= steps
        if self.steps < 0:
            raise Exhausted

    def weigh(self, item: object) -> None:
        """Count the size of a value. Raises `Exhausted`."""
        match item:
            case str() | bytes():
                self.spend(len(item) // _TEXT_A_STEP)
            case int():
                self.spend(item.bit_length() // _TEXT_A_STEP)
            case Decimal():
                self.spend(len(item.as_tuple().digits) // _TEXT_A_STEP)
            case list() | tuple():
                self.spend(len(item))


def parser_for(version: str, namespaces: dict[str, str]) -> XPath2Parser:
    """Make a metered parser for ``2.0``, ``3.0`` or ``3.1``."""
    parser = _parser_class(version)(namespaces=namespaces, default_collation=_CODEPOINTS)
    parser.symbol_table = _metered_symbols(version)
    parser.meter = Meter()
    return parser


def context_for(tree: _ElementTree) -> XPathContext:
    """Make the context of an evaluation: the document, a fixed date, and a meter of its own."""
    from elementpath import XPathContext

    context = XPathContext(tree, current_dt=_LONG_AGO, timezone="Z")
    context.meter = Meter()
    return context


@cache
def _parser_class(version: str) -> Any:
    from elementpath import XPath2Parser
    from elementpath.xpath30 import XPath30Parser
    from elementpath.xpath31 import XPath31Parser

    return {"2.0": XPath2Parser, "3.0": XPath30Parser, "3.1": XPath31Parser}[version]


@cache
def _metered_symbols(version: str) -> dict[str, Any]:
    parser = _parser_class(version)
    if parser.tokenizer is None:
        parser.build()
    return {name: _metered(cls) for name, cls in parser.symbol_table.items() if name not in FORBIDDEN}


def _metered(cls: type[XPathToken]) -> type[Any]:
    symbol = str(cls.symbol)
    parts: tuple[type, ...] = (_Metered,)
    if symbol in _COMPARISONS:
        parts = (_Comparing, *parts)
    if symbol in _REGEXES:
        parts = (_Matching, *parts)
    if symbol in _FORMATS:
        parts = (_Formatting, *parts)
    if symbol == "string-join":
        parts = (_Joining, *parts)
    return type(cls)(cls.__name__, (*parts, cls), {"__module__": __name__})


def _meter(token: Any, context: Any) -> Meter:
    found: Meter = token.parser.meter if context is None else getattr(context, "meter", token.parser.meter)
    return found


class _Metered:
    def evaluate(self, context: Any = None) -> Any:
        meter = _meter(self, context)
        meter.spend()
        found = super().evaluate(context)  # type: ignore[misc]  # the token's own class comes next in the order
        meter.weigh(found)
        return found

    def select(self, context: Any = None) -> Iterator[Any]:
        meter = _meter(self, context)
        meter.spend()
        for item in super().select(context):  # type: ignore[misc]  # the token's own class comes next in the order
            meter.spend()
            meter.weigh(item)
            yield item


class _Comparing:
    """Comparisons of sequences: each pair counts."""

    def iter_comparison_data(self, context: Any) -> Iterator[Any]:
        meter = _meter(self, context)
        for pair in super().iter_comparison_data(context):  # type: ignore[misc]  # the token's own class comes next
            meter.spend()
            yield pair


class _Matching:
    """Functions with a regular expression: the steps that it can take back count, before it runs."""

    def get_argument(self, context: Any, index: int = 0, **options: Any) -> Any:
        found = super().get_argument(context, index, **options)  # type: ignore[misc]  # the token's own class comes next
        meter = _meter(self, context)
        if index == 0:
            meter.inputs[id(self)] = len(found or "")
        elif index == 1:
            meter.spend(backtracks(str(found), meter.inputs.get(id(self), 0)) // _RE_STEPS_A_STEP)
        elif str(self.symbol) == "replace":  # type: ignore[attr-defined]  # the token's own class has it
            meter.spend(len(str(found)) * meter.inputs.get(id(self), 0) // _TEXT_A_STEP)
        return found


class _Formatting:
    """Functions that write numbers and dates: a Roman number is as long as its value, a width is what a picture says."""

    def get_argument(self, context: Any, index: int = 0, **options: Any) -> Any:
        found = super().get_argument(context, index, **options)  # type: ignore[misc]  # the token's own class comes next
        if isinstance(found, int | Decimal) and not isinstance(found, bool):
            _meter(self, context).spend(int(abs(found)) // 65_536)
        elif isinstance(found, str) and _WIDE.search(found):
            raise Exhausted
        return found


class _Joining:
    """`string-join`: the separator counts once for each item, and there are at most as many as steps so far."""

    def get_argument(self, context: Any, index: int = 0, **options: Any) -> Any:
        found = super().get_argument(context, index, **options)  # type: ignore[misc]  # the token's own class comes next
        meter = _meter(self, context)
        meter.spend(len(found or "") * (MAX_XPATH_STEPS - meter.steps) // _TEXT_A_STEP)
        return found
