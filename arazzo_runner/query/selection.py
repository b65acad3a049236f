"""Selections: a part of a value, found by a JSON Pointer, a JSONPath query or an XPath expression.

(Arazzo 1.1, Selector Object and Expression Type Object.) A pointer gives what it finds. So does a query that can find
one value at most; any other gives the array of all that it finds. Of XML come typed values, and nodes as their text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, Protocol, TypeAlias

from arazzo_runner.expressions import pointer
from arazzo_runner.expressions.grammar import Fault, Tokens
from arazzo_runner.query.undecided import Undecided
from arazzo_runner.values import Nothing, Value, kind

MAX_POINTER_LENGTH = 20_000
"""Characters of a JSON Pointer."""

MAX_SELECTED_VALUES = 1_000_000
"""Values in what a query gives, those inside of others included: ``$..*`` gives each as often as it is deep."""

MAX_SELECTED_DEPTH = 100
"""How deep the arrays and maps that an XPath expression makes may be nested."""


class Selection(Protocol):
    """A compiled selector without expressions in it.

    `extensions` are the parts that are read and that its language does not have (`jsonpath.Query`).
    """

    @property
    def extensions(self) -> tuple[str, ...]:
        """What is read beyond the language."""

    def apply(self, value: Value) -> Value | Nothing | Undecided:
        """Return what is selected; Nothing where nothing is, `Undecided` where that can't be told. Never raises.

        The reasons are clauses about the selector ("it finds nothing: ...") and quote no data.
        """


Compile: TypeAlias = Callable[[str], Selection | Fault]


def compile_selection(language: str, version: str | None, text: str) -> Selection | Fault:
    """Compile a selector of a language and version that `LANGUAGES` has (None: the default); never raises.

    The offset of a fault counts in the text.
    """
    versions = LANGUAGES[language]
    found = versions[version or next(iter(versions))](text)
    if isinstance(found, Fault) and not found.help:
        return replace(found, help=advice(language, text))
    return found


def advice(language: str, text: str) -> str:
    """Return what was probably meant by a selector that is none of its language; empty where nobody knows."""
    if language != "jsonpath" and text.startswith(("$.", "$[")):
        return "this looks like a JSONPath query: set 'type: jsonpath'"
    match language:
        case "jsonpath" if text.startswith(("/", "#/")):
            return "this looks like a JSON Pointer: set 'type: jsonpointer'"
        case "jsonpath" if text and not text.startswith("$"):
            return f"a query begins with '$': did you mean '$.{text.removeprefix('@').lstrip('.')[:60]}'?"
        case "jsonpointer" if text.startswith("#") and text[1:2] in ("", "/"):
            return f"write '{text[1:][:60]}', without the '#'"
        case "jsonpointer" if text and not text.startswith("/"):
            return f"did you mean '/{text.removeprefix('#')[:60]}'?"
        case _:
            return ""


@dataclass(frozen=True, slots=True)
class _Pointer:
    tokens: Tokens
    extensions: tuple[str, ...] = ()

    def apply(self, value: Value) -> Value | Nothing | Undecided:
        unfit = _unstructured(value)
        return unfit if unfit is not None else pointer.resolve(value, self.tokens)


_POINTER = re.compile(r"(?:/(?:[^/~]|~[01])*)*")


def _pointer(text: str) -> Selection | Fault:
    if len(text) > MAX_POINTER_LENGTH:
        return Fault(f"the pointer is longer than {MAX_POINTER_LENGTH:,} characters", 0, "", "query-too-large")
    found = _POINTER.match(text)
    end = found.end() if found else 0
    if end == len(text):
        return _Pointer(pointer.decode(text))
    if end == 0:
        message = f"a JSON Pointer is empty or begins with '/', not with '{text[0]}'"
        return Fault(message, 0, "", "query-malformed")
    return Fault("'~' has to be written '~0', and '/' in a name '~1'", end, "", "query-malformed")


@dataclass(frozen=True, slots=True)
class _Query:
    """A JSONPath query; its fields are those of the compiled one."""

    select: Callable[[Value], Value | Nothing | Undecided]
    singular: bool
    extensions: tuple[str, ...]

    def apply(self, value: Value) -> Value | Nothing | Undecided:
        unfit = _unstructured(value)
        if unfit is not None:
            return unfit
        found = self.select(value)
        if isinstance(found, Nothing):
            return Nothing("it finds nothing")
        if self.singular or isinstance(found, Undecided) or not _is_larger(found, MAX_SELECTED_VALUES):
            return found
        return Undecided(f"it gives more than {MAX_SELECTED_VALUES:,} values", "max_selected_values")


def _rfc9535(text: str) -> Selection | Fault:
    from arazzo_runner.query.jsonpath import compile_rfc9535

    query = compile_rfc9535(text)
    return query if isinstance(query, Fault) else _Query(query.selected, query.singular, query.extensions)


def _goessner(text: str) -> Selection | Fault:
    from arazzo_runner.query.jsonpath import compile_goessner

    query = compile_goessner(text)
    return query if isinstance(query, Fault) else _Query(query.selected, query.singular, query.extensions)


def _is_larger(value: Value, limit: int) -> bool:
    """Tell whether a value is made of more than `limit` values."""
    count, waiting = 0, [value]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, dict | list):
            count += len(inner)
            if count > limit:
                return True
            waiting += inner.values() if isinstance(inner, dict) else inner
    return False


@dataclass(frozen=True, slots=True)
class _Path:
    """An XPath expression; `select` is that of the compiled one."""

    select: Callable[[Value], Value | Nothing | Undecided]
    extensions: tuple[str, ...] = ()

    def apply(self, value: Value) -> Value | Nothing | Undecided:
        found = self.select(value)
        if isinstance(found, Nothing):
            return Nothing("it finds nothing")
        return found if isinstance(found, Undecided) else _as_json(found, 0)


def _xpath(name: str, text: str) -> Selection | Fault:
    from arazzo_runner.query import xpath

    expression = xpath.compile_xpath(text, xpath.VERSIONS[name])
    return expression if isinstance(expression, Fault) else _Path(expression.selected)


def _as_json(value: Value, depth: int) -> Value | Undecided:
    """Return a value of XPath as JSON has it: a whole number without a fraction, as XPath writes it too."""
    match value:
        case float():
            if not math.isfinite(value):
                return Undecided("the result is NaN or infinite, which JSON does not have")
            return int(value) if value.is_integer() and abs(value) < 1e15 else value
        case list() | dict() if depth == MAX_SELECTED_DEPTH:
            return Undecided(f"its result is nested deeper than {MAX_SELECTED_DEPTH} levels", "max_selected_depth")
        case list():
            return _all_as_json(value, depth)
        case dict():
            members = _all_as_json(list(value.values()), depth)
            return dict(zip(value, members, strict=True)) if isinstance(members, list) else members
        case _:
            return value


def _all_as_json(values: list[Value], depth: int) -> list[Value] | Undecided:
    found: list[Value] = []
    for value in values:
        one = _as_json(value, depth + 1)
        if isinstance(one, Undecided):
            return one
        found.append(one)
    return found


def _unstructured(value: Value) -> Undecided | None:
    """Return why a value has no structure to select from; text is not parsed, whatever it holds (SEL-03)."""
    match value:
        case dict() | list():
            return None
        case str():
            return Undecided("its context is text, and text is not parsed: it needs an object or an array")
        case _:
            return Undecided(f"its context is {_article(kind(value))}, and it needs an object or an array")


def _article(noun: str) -> str:
    return noun if noun in ("null", "bytes") else f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


LANGUAGES: Final[Mapping[str, Mapping[str, Compile]]] = {
    "jsonpath": {"rfc9535": _rfc9535, "draft-goessner-dispatch-jsonpath-00": _goessner},
    "xpath": {name: partial(_xpath, name) for name in ("xpath-31", "xpath-30", "xpath-20", "xpath-10")},
    "jsonpointer": {"rfc6901": _pointer},
}
"""The languages with their versions; the first version is the default (checklist ETO-05)."""
