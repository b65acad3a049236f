"""XPath expressions compiled and evaluated, in the versions that Arazzo names (Arazzo 1.1, Expression Type Object).

Version 1.0 is `lxml`'s, the later ones are `elementpath`'s: they mean different things by the same text. A plain path
means the same in all of them and goes to `lxml`, which is much faster.

The prefixes of an expression are those in scope at the root of the document (XPC-06), so an expression is compiled
again for each document; what can be found wrong without one is found beforehand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.query.undecided import Undecided
from arazzo_runner.query.xpath.counting import Exhausted, TooDeep, Unsupported
from arazzo_runner.query.xpath.document import Document, read_document
from arazzo_runner.query.xpath.limits import (
    MAX_EXPRESSION_LENGTH,
    MAX_EXPRESSION_NESTING,
    MAX_EXPRESSION_OPERATORS,
    MAX_XPATH_STEPS,
)
from arazzo_runner.query.xpath.metered import context_for, parser_for
from arazzo_runner.query.xpath.result import Item, from_elementpath, selected, truth
from arazzo_runner.query.xpath.tokens import is_plain_path, tokens
from arazzo_runner.query.xpath.variables import unbound_variable
from arazzo_runner.query.xpath.xpath1 import evaluate_xpath1, read_xpath1
from arazzo_runner.values import Nothing, Value

VERSIONS: Final[Mapping[str, str]] = {"xpath-10": "1.0", "xpath-20": "2.0", "xpath-30": "3.0", "xpath-31": "3.1"}
"""The versions, by the names that Arazzo has for them."""

_PREFIX = re.compile(r"(?<![\w.:$-])([A-Za-z_][\w.-]*):(?![:=])(?=[\w*])")
_PLACE = re.compile(r"line ([0-9]+), column ([0-9]+)")
_HEAD = re.compile(r"^.*?\[err:[A-Z]+[0-9]+\] ?", re.DOTALL)
_CLASS = re.compile(r"<class '(?:\w+\.)*(\w+)'>")
_TOO_LONG = f"the expression takes more than {MAX_XPATH_STEPS:,} steps, or has a regular expression that could"


@dataclass(frozen=True, slots=True)
class XPath:
    """A compiled expression. `version` is 1.0, 2.0, 3.0 or 3.1; `plain` tells of a path that all of them share."""

    text: str
    version: str
    plain: bool

    def holds(self, value: Value) -> bool | Undecided:
        """Return the effective boolean value in the XML document that a value holds as text. Never raises."""
        document = read_document(value)
        if isinstance(document, Undecided):
            return document
        items = self.items(document, as_boolean=True)
        return items if isinstance(items, Undecided) else truth(items)

    def selected(self, value: Value) -> Value | Nothing | Undecided:
        """Return what a selector gives in the XML document that a value holds as text (SEL-08). Never raises."""
        document = read_document(value)
        if isinstance(document, Undecided):
            return document
        items = self.items(document)
        return items if isinstance(items, Undecided) else selected(items)

    def items(self, document: Document, *, as_boolean: bool = False) -> tuple[Item, ...] | Undecided:
        """Return the items that the expression gives in a document; `as_boolean` if only their truth is wanted."""
        if self.version == "1.0":
            return evaluate_xpath1(self.text, document, as_boolean=as_boolean)
        if self.plain and _has_prefixes(self.text, document.namespaces):
            found = evaluate_xpath1(self.text, document, as_boolean=as_boolean)
            if not isinstance(found, Undecided):
                return found
        return _evaluated(self.text, self.version, document)


@lru_cache(maxsize=256)
def compile_xpath(text: str, version: str) -> XPath | Fault:
    """Compile an expression of a version (a value of `VERSIONS`), or say why it is none. Never raises."""
    fault = _oversize(text) or _fault(text, version)
    if fault is not None:
        return fault
    found = tokens(text)
    return XPath(text, version, found is not None and is_plain_path(found))


def _fault(text: str, version: str) -> Fault | None:
    namespaces = {found[1]: f"urn:x-unknown:{found[1]}" for found in _PREFIX.finditer(text)}
    if version == "1.0":
        return read_xpath1(text, namespaces)
    try:
        parser_for(version, {name: uri for name, uri in namespaces.items() if name not in _KNOWN}).parse(text)
    except Exhausted:
        return Fault(_TOO_LONG, 0, "", "query-too-large")
    except Unsupported as unsupported:
        return Fault(str(unsupported), 0, "", "query-unsupported")
    except (TooDeep, RecursionError):
        return Fault("the expression is nested too deeply", 0, "", "query-too-large")
    except Exception as error:  # the library's errors, and whatever its parser stumbles over
        return Fault(_told(error, version), _offset(text, error), "", "query-malformed")
    return unbound_variable(text)


_KNOWN = frozenset({"fn", "xs", "math", "map", "array", "xml", "err"})


def _evaluated(text: str, version: str, document: Document) -> tuple[Item, ...] | Undecided:
    try:
        root: Any = parser_for(version, document.namespaces).parse(text)
        return from_elementpath(root.select(context_for(document)))
    except Exhausted:
        return Undecided(_TOO_LONG, "max_xpath_steps")
    except Unsupported as unsupported:
        return Undecided(str(unsupported))
    except (TooDeep, RecursionError):
        return Undecided("the expression calls itself without end, or is nested too deeply", "max_evaluation_depth")
    except Exception as error:  # what XPath calls a dynamic error, in many classes
        return Undecided(f"the expression can't be evaluated in this document: {_told(error, version)}")


def _told(error: Exception, version: str) -> str:
    told = _CLASS.sub(r"\1", _HEAD.sub("", str(error))).strip()
    return told if told else f"this is no expression of XPath {version}"


def _offset(text: str, error: Exception) -> int:
    found = _PLACE.search(str(error))
    if found is None:
        return 0
    lines = text.split("\n")
    line = min(int(found[1]), len(lines)) - 1
    return min(sum(len(one) + 1 for one in lines[:line]) + int(found[2]) - 1, len(text))


def _has_prefixes(text: str, namespaces: dict[str, str]) -> bool:
    return all(found[1] in namespaces for found in _PREFIX.finditer(text))


def _oversize(text: str) -> Fault | None:
    if len(text) > MAX_EXPRESSION_LENGTH:
        return Fault(f"the expression is longer than {MAX_EXPRESSION_LENGTH:,} characters", 0, "", "query-too-large")
    depth, operators = 0, 0
    for found in _MARKS.finditer(text):
        mark = found[0]
        depth += (mark in "([{") - (mark in ")]}")
        if depth > MAX_EXPRESSION_NESTING:
            message = f"the expression is nested deeper than {MAX_EXPRESSION_NESTING} levels (max_expression_nesting)"
            return Fault(message, found.start(), "", "query-too-large")
        operators += mark not in "()[]{}" and mark[0] not in "'\""
        if operators > MAX_EXPRESSION_OPERATORS:
            most = f"{MAX_EXPRESSION_OPERATORS} operators and steps (max_expression_operators)"
            return Fault(f"the expression has more than {most}", found.start(), "", "query-too-large")
    return None


_MARKS = re.compile(
    r"""'[^']*'|"[^"]*"|[()\[\]{}]|//?|\|\|?|=>|[!<>]?=|[<>!+,]|(?<![\w.])-|\*|(?<![\w.-])(?:and|or|div|mod|idiv|to|eq|ne|lt|le|gt|ge|is"""
    r"""|union|intersect|except|instance|treat|castable|cast|return|then|else|satisfies)(?![\w.-])"""
)
