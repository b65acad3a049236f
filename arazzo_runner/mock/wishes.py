"""Wishes: schemas for what a criterion or an output wants to find in an answer.

A comparison becomes the schema of the values for which it holds, by the rules of `criteria.simple.compare`: strings
compare without case, a number and a numeric string compare as numbers, null equals null alone and no value.
"""

from __future__ import annotations

import math
import operator as operator_of
import re
from typing import Final

from arazzo_runner.criteria.simple.compare import fold, numeric
from arazzo_runner.expressions.pointer import MeantName
from arazzo_runner.mock.limits import MAX_ITEMS
from arazzo_runner.values import JSON, Path, Value

ABSENT: Final[JSON] = False
"""The wish that there be no value at a place."""

PRESENT: Final[JSON] = {"not": {"enum": [None, ""]}}
"""The wish for a value that is of use: neither null nor empty text."""

_MAX_FOLDED: Final = 500
_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,8}")
_SYNTAX: Final = re.compile(r"[\\^$.*+?()\[\]{}|/]")
_LATEST: Final = ("2999-01-01T00:00:00Z", "2999-01-01")
_EARLIEST: Final = ("1970-01-01T00:00:00Z", "1970-01-01")
_DATED: Final = re.compile(r"[0-9]{4}(?=-[0-9]{2})")

KEYWORDS: Final = {"<": "exclusiveMaximum", "<=": "maximum", ">": "exclusiveMinimum", ">=": "minimum"}
"""The keyword that a comparison of numbers is."""


def nested(path: Path, schema: JSON) -> JSON:
    """Return the schema of a body in which `schema` holds at a path."""
    wish = schema
    for token in reversed(path):
        if isinstance(token, int):
            wish = _item(token, wish)
        elif _INDEX.fullmatch(token):  # the token of a pointer: an index, or a name, by what it meets
            wish = {"anyOf": [_item(int(token), wish), _member(str(token), wish)]}
        elif isinstance(token, MeantName):
            inside = _member(str(token), wish)
            wish = {"anyOf": [inside, _item(0, inside)]}
        else:
            wish = _member(token, wish)
    return wish


def _member(name: str, wish: JSON) -> JSON:
    if wish is ABSENT:
        return {"type": "object", "properties": {name: False}}
    return {"type": "object", "required": [name], "properties": {name: wish}}


def _item(index: int, wish: JSON) -> JSON:
    if wish is ABSENT:
        return {"type": "array", "maxItems": index}
    if index >= MAX_ITEMS:  # no array is made that long; the reason is told where it is tried
        return {"type": "array", "minItems": index + 1}
    before: list[JSON] = [True] * index
    return {"type": "array", "minItems": index + 1, "prefixItems": [*before, wish]}


def some_member(schema: JSON) -> JSON:
    """Return the schema of the objects that have a member, of whatever name, for which `schema` holds."""
    return {"type": "object", "minProperties": 1, "not": {"additionalProperties": {"not": schema}}}


def truth(wanted: bool) -> JSON:
    """Return the schema of the values that pass, or do not pass, where they stand alone in a condition."""
    empty: JSON = {"enum": [False, 0, "", None]}
    return {"not": empty} if wanted else empty


def compared(operator: str, constant: Value) -> JSON:
    """Return the schema of the values that compare so with a constant; `False` where none does."""
    if isinstance(constant, bytes):
        return False
    if operator == "==":
        return {"anyOf": _equals(constant)}
    if operator == "!=":
        return {"not": {"anyOf": _equals(constant)}}
    number = numeric(constant) if isinstance(constant, str) else constant
    if isinstance(number, int | float) and not isinstance(number, bool) and math.isfinite(number):
        text = text_beyond(operator, number)
        return {"anyOf": [{"type": "number", KEYWORDS[operator]: number}, {"type": "string", "const": text}]}
    if isinstance(constant, str):
        if operator == "<" and not constant:
            return False  # no text comes before the empty one
        if operator == "<=" and not constant:
            return {"type": "string", "const": ""}
        return {"anyOf": [{"type": "string", "enum": ordered_texts(operator, constant)}, {"type": "string"}]}
    return False


def holding(constant: Value) -> JSON:
    """Return the schema of the values that contain a constant (practical reading P9)."""
    if isinstance(constant, bytes):
        return False
    options: list[JSON] = [{"type": "array", "minItems": 1, "contains": {"anyOf": _equals(constant)}}]
    if isinstance(constant, str):
        options.insert(0, {"type": "string", "pattern": folded(constant)})
        options.append({"type": "object", "required": [constant]})
    elif isinstance(constant, int | float) and not isinstance(constant, bool):
        options.insert(0, {"type": "string", "pattern": folded(number_text(constant))})
    return {"anyOf": options}


def media_type(text: str, wanted: bool) -> JSON:
    """Return the schema of the texts that are a media type, or in a range of them."""
    kind, _, subtype = text.partition(";")[0].strip().partition("/")
    parts = [".+" if part == "*" else folded(part).replace(r"\*", ".*") for part in (kind, subtype)]
    found: JSON = {"type": "string", "pattern": f"^{parts[0]}/{parts[1]}($|;)"}
    return found if wanted else {"not": found}


def folded(text: str) -> str:
    """Return a pattern for a text without regard to case."""
    if len(text) > _MAX_FOLDED:
        return _SYNTAX.sub(r"\\\g<0>", text)
    return "".join(_folded_character(character) for character in text)


def _folded_character(character: str) -> str:
    lower, upper = character.lower(), character.upper()
    if lower != upper and len(lower) == len(upper) == 1:
        return f"[{lower}{upper}]"
    return _SYNTAX.sub(r"\\\g<0>", character)


def _equals(constant: Value) -> list[JSON]:
    match constant:
        case bool() | None:
            return [{"const": constant}]
        case int() | float():
            return [{"const": constant}, {"type": "string", "const": number_text(constant)}]
        case str():
            found: list[JSON] = [{"const": constant}, {"type": "string", "pattern": f"^{folded(constant)}$"}]
            number = numeric(constant)
            return found if number is None or not math.isfinite(number) else [*found, {"const": number}]
        case bytes():
            return []
        case _:
            return [{"const": constant}]  # type: ignore[dict-item]  # no bytes stand inside what a condition compares


def _neighbour(operator: str, number: int | float) -> int | float:
    match operator:
        case ">":
            return math.floor(number) + 1
        case "<":
            return math.ceil(number) - 1
        case _:
            return number


def text_beyond(operator: str, number: int | float) -> str:
    """Return the text of a whole number that compares so with a number."""
    return number_text(_neighbour(operator, number))


def number_text(number: int | float) -> str:
    """Return a number as text, a whole one without a fraction."""
    return str(int(number)) if isinstance(number, float) and number.is_integer() else str(number)


def ordered_texts(operator: str, constant: str) -> list[JSON]:
    """Return texts on the right side of another, with case and without: itself, dates of other years, and such."""
    if operator.startswith(">"):
        found = [constant, _DATED.sub("2999", constant, count=1), constant + "z", "zzz", *_LATEST]
    else:
        found = [constant, _DATED.sub("1970", constant, count=1), constant[:-1], "0", "", *_EARLIEST]
    holds = {"<": operator_of.lt, "<=": operator_of.le, ">": operator_of.gt, ">=": operator_of.ge}[operator]
    texts = (text for text in dict.fromkeys(found) if holds(text, constant) and holds(fold(text), fold(constant)))
    return [*texts]
