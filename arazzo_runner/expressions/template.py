"""Compiled values: what a parameter, payload or replacement becomes once its expressions are known.

A value is compiled once and filled for each attempt. What is absent because an optional input was not given leaves no
trace (practical reading P14, BOD-17): the whole value is an optional `Nothing`, an object member is left out, an array
element is null, a place in a text is empty. Any other missing value makes the whole result that `Nothing`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, TypeAlias, assert_never

from arazzo_runner.expressions.evaluate import evaluate
from arazzo_runner.expressions.grammar import Expression
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.expressions.text import json_string_part, json_text, text_of
from arazzo_runner.values import JSON, Nothing, Value

MAX_FILLED_CHARACTERS = 64 * 1024 * 1024
"""Characters of a text with its expressions filled in, and of all texts in a value."""

MAX_FILLED_VALUES = 5_000_000
"""Values in an array or object with its expressions filled in, each counted as often as it stands there."""

_TOO_LARGE = Nothing(
    f"with its expressions filled in it has more than {MAX_FILLED_CHARACTERS:,} characters (max_filled_characters) "
    f"or {MAX_FILLED_VALUES:,} values (max_filled_values)"
)
_QUOTE_OR_ESCAPE = re.compile(r'\\.|"', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Constant:
    """A value without expressions, as the document has it."""

    value: JSON


@dataclass(frozen=True, slots=True)
class Whole:
    """A string that is one expression: its value keeps its type (RES-19)."""

    expression: Expression


@dataclass(frozen=True, slots=True)
class Template:
    """A string with expressions in it: literal text and expressions in their order; always gives a string (EMB-07).

    `text` is the string as written. `quoted` tells for each part whether it starts inside a JSON string, should the
    text be JSON.
    """

    parts: tuple[str | Expression, ...]
    text: str
    quoted: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class ListValue:
    """An array with expressions somewhere in it."""

    items: tuple[CompiledValue, ...]


@dataclass(frozen=True, slots=True)
class ObjectValue:
    """An object with expressions somewhere in its values; names are never evaluated (BOD-06)."""

    members: tuple[tuple[str, CompiledValue], ...]


class Select(Protocol):
    """Takes the wanted part out of a value: a compiled query, which stands on a floor above."""

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """The runtime expressions that the query's own text embeds."""

    def __call__(self, value: Value, scope: Scope) -> Value | Nothing:
        """Return what is selected, or why nothing is; never raises."""


@dataclass(frozen=True, slots=True)
class Selected:
    """A Selector Object (Arazzo 1.1): a part of what its context gives. `text` is the selector as written."""

    context: Expression
    select: Select
    text: str


CompiledValue: TypeAlias = Constant | Whole | Template | ListValue | ObjectValue | Selected


def template(parts: tuple[str | Expression, ...], text: str) -> Template:
    """Make a template, and note which of its parts stand inside the strings of JSON text (BOD-09)."""
    inside = False
    quoted = []
    for part in parts:
        quoted.append(inside)
        if isinstance(part, str):
            inside = _inside_string(part, inside)
    return Template(parts, text, tuple(quoted))


def fill(compiled: CompiledValue, scope: Scope) -> Value | Nothing:
    """Return the value in a scope, as a new object where expressions are in it. Never raises.

    Gives the `Nothing` of the first expression that has to have a value and has none, or one that says that the value
    is too large: what a step sends can be what the next one sends twice.
    """
    found = _fill(compiled, scope)
    if isinstance(compiled, ListValue | ObjectValue) and not isinstance(found, Nothing) and _is_too_large(found):
        return _TOO_LARGE
    return found


def _fill(compiled: CompiledValue, scope: Scope) -> Value | Nothing:
    match compiled:
        case Constant(value):
            return value  # type: ignore[return-value]  # JSON is a Value; lists are only invariant
        case Whole(expression):
            return evaluate(expression, scope)
        case Template():
            return _fill_template(compiled, scope)
        case ListValue(items):
            return _fill_list(items, scope)
        case ObjectValue(members):
            return _fill_object(members, scope)
        case Selected(context, select):
            found = evaluate(context, scope)
            return found if isinstance(found, Nothing) else select(found, scope)
        case _:
            assert_never(compiled)


def fill_as_json(compiled: Template, scope: Scope) -> str | Nothing:
    """Return the text of a template that is to be JSON text (BOD-08, BOD-09, BOD-10).

    Inside a string of the template the inserted text is escaped, so that the result stays one string. Outside of
    strings the value goes in as JSON text; a string that is JSON text itself goes in as it is (EMB-04), any other
    string with quotes. Where an optional input is absent there, `null` stands.
    """
    texts: list[str] = []
    for part, quoted in zip(compiled.parts, compiled.quoted, strict=True):
        found = part if isinstance(part, str) else _json_part(evaluate(part, scope), quoted)
        if isinstance(found, Nothing):
            return found
        texts.append(found)
    return _joined(texts)


def expressions_of(compiled: CompiledValue) -> tuple[Expression, ...]:
    """Return the expressions that a value reads, in the order of the document."""
    return tuple(_walk(compiled))


def _walk(compiled: CompiledValue) -> Iterator[Expression]:
    match compiled:
        case Constant():
            return
        case Whole(expression):
            yield expression
        case Template(parts):
            yield from (part for part in parts if not isinstance(part, str))
        case ListValue(items):
            for item in items:
                yield from _walk(item)
        case ObjectValue(members):
            for _, member in members:
                yield from _walk(member)
        case Selected(context, select):
            yield context
            yield from select.expressions
        case _:
            assert_never(compiled)


def _fill_template(compiled: Template, scope: Scope) -> str | Nothing:
    texts: list[str] = []
    for part in compiled.parts:
        found = part if isinstance(part, str) else _text_part(evaluate(part, scope))
        if isinstance(found, Nothing):
            return found
        texts.append(found)
    return _joined(texts)


def _joined(texts: list[str]) -> str | Nothing:
    return _TOO_LARGE if sum(map(len, texts)) > MAX_FILLED_CHARACTERS else "".join(texts)


def _is_too_large(value: Value) -> bool:
    values = characters = 0
    waiting: list[Value] = [value]
    while waiting and values <= MAX_FILLED_VALUES and characters <= MAX_FILLED_CHARACTERS:
        inner = waiting.pop()
        if isinstance(inner, dict):
            waiting += inner.values()
        elif isinstance(inner, list):
            waiting += inner
        elif isinstance(inner, str | bytes):
            characters += len(inner)
        values += 1
    return bool(waiting) or characters > MAX_FILLED_CHARACTERS


def _fill_list(items: tuple[CompiledValue, ...], scope: Scope) -> Value | Nothing:
    filled: list[Value] = []
    for item in items:
        found = _fill(item, scope)
        if isinstance(found, Nothing):
            if not found.optional:
                return found
            found = None
        filled.append(found)
    return filled


def _fill_object(members: tuple[tuple[str, CompiledValue], ...], scope: Scope) -> Value | Nothing:
    filled: dict[str, Value] = {}
    for name, member in members:
        found = _fill(member, scope)
        if not isinstance(found, Nothing):
            filled[name] = found
        elif not found.optional:
            return found
    return filled


def _text_part(found: Value | Nothing) -> str | Nothing:
    if isinstance(found, Nothing):
        return "" if found.optional else found
    return text_of(found)


def _json_part(found: Value | Nothing, quoted: bool) -> str | Nothing:
    if quoted:
        text = _text_part(found)
        return text if isinstance(text, Nothing) else json_string_part(text)
    if isinstance(found, Nothing):
        return "null" if found.optional else found
    if isinstance(found, str):
        return found if _is_json(found) else json_text(found)
    return text_of(found)


def _is_json(text: str) -> bool:
    try:
        json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return False
    return True


def _no_constant(name: str) -> None:
    raise ValueError(name)  # NaN and Infinity are no JSON


def _inside_string(text: str, inside: bool) -> bool:
    """Tell whether JSON text ends inside a string literal, given whether it starts in one."""
    quotes = sum(found[0] == '"' for found in _QUOTE_OR_ESCAPE.finditer(text))
    return inside != (quotes % 2 == 1)
