"""How simple conditions compare values (Arazzo 1.1, Criterion Object; requirements SIM-19 to SIM-30).

- Strings compare without case, by Unicode's simple case folding.
- A number and a numeric string compare as numbers. Two numeric strings are ordered as numbers, but equal as text.
- null equals null alone, and nothing is less or greater than null. No value counts as null.
- Values of other different types are unequal and without order. Objects and arrays compare deeply, with case.
- Numbers compare by value and exactly: 200 equals 200.0, and big integers are not rounded.
- The bytes of a binary body equal the text that they are in UTF-8.
"""

from __future__ import annotations

import re
from functools import lru_cache

from arazzo_runner.expressions.text import scalar_text
from arazzo_runner.values import Nothing, Value, same

MAX_NUMERIC_LENGTH = 1000
"""A longer string is text, whatever it holds."""

_NUMERIC = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def truthy(value: Value | Nothing) -> bool:
    """Tell whether a bare value passes: all but false, null, no value, 0, NaN and empty text (SIM-26, SIM-27)."""
    match value:
        case bool():
            return value
        case int() | float():
            return value == value and value != 0
        case str() | bytes():
            return len(value) > 0
        case list() | dict():
            return True
        case _:
            return False


def equal(left: Value | Nothing, right: Value | Nothing) -> bool:
    """Tell whether two operands are equal (the operator ``==``)."""
    if isinstance(left, str) and isinstance(right, str):
        return fold(left) == fold(right)
    if isinstance(left, bytes) and isinstance(right, str):
        return _is_text(left, right)
    if isinstance(left, str) and isinstance(right, bytes):
        return _is_text(right, left)
    a, b = _null_for_nothing(left), _null_for_nothing(right)
    if a is None or b is None:
        return a is b
    if isinstance(a, str) and _is_number(b):
        a = numeric(a)
    elif isinstance(b, str) and _is_number(a):
        b = numeric(b)
    return a is not None and b is not None and same(a, b)


def _is_text(content: bytes, text: str) -> bool:
    """Tell whether bytes are a text in UTF-8, with case: what is binary says nothing of letters."""
    return content == text.encode("utf-8", "surrogatepass")


def ordered(operator: str, left: Value | Nothing, right: Value | Nothing) -> bool:
    """Tell whether ``<``, ``<=``, ``>`` or ``>=`` holds; false where the operands have no order (SIM-24, SIM-29)."""
    if isinstance(left, str) and isinstance(right, str):
        first, second = numeric(left), numeric(right)
        if first is None or second is None:
            return _holds(operator, *_signs(fold(left), fold(right)))
        return _holds(operator, *_signs(first, second))
    a = numeric(left) if isinstance(left, str) else left
    b = numeric(right) if isinstance(right, str) else right
    if isinstance(a, bool) or isinstance(b, bool) or not isinstance(a, int | float) or not isinstance(b, int | float):
        return False
    return _holds(operator, *_signs(a, b))


def contains(left: Value | Nothing, right: Value | Nothing) -> bool:
    """Tell whether a string holds a text, an array an element or an object a member (practical reading P9).

    Text and elements compare as ``==`` does; the name of a member compares exactly.
    """
    match left:
        case str():
            wanted = scalar_text(right) if isinstance(right, int | float) else right
            return isinstance(wanted, str) and not isinstance(right, bool) and fold(wanted) in fold(left)
        case list():
            return any(equal(element, right) for element in left)
        case dict():
            return isinstance(right, str) and right in left
        case _:
            return False


def has_media_type(value: Value | Nothing, wanted: str) -> bool:
    """Tell whether a text is a media type, or in a range of them, leaving parameters aside (practical reading P8)."""
    if not isinstance(value, str):
        return False
    kind, _, subtype = value.partition(";")[0].strip().lower().partition("/")
    wanted_kind, _, wanted_subtype = wanted.partition(";")[0].strip().lower().partition("/")
    if not kind or not subtype or wanted_kind not in (kind, "*"):
        return False
    if wanted_subtype.startswith("*+"):
        return subtype.endswith(wanted_subtype[1:])
    return wanted_subtype in (subtype, "*")


def numeric(text: str) -> int | float | None:
    """Return the number that a numeric string holds: digits with an optional sign, fraction and exponent."""
    found = _NUMERIC.fullmatch(text) if len(text) <= MAX_NUMERIC_LENGTH else None
    if found is None:
        return None
    return float(text) if found[1] or found[2] else int(text)


@lru_cache(maxsize=1024)
def _folded(character: str) -> str:
    folded = character.casefold()
    if len(folded) > 1:
        folded = character.lower()
    return folded if len(folded) == 1 else character


def fold(text: str) -> str:
    """Return the text for comparison without case, each character folded to one (Unicode simple case folding)."""
    return text.lower() if text.isascii() else "".join(map(_folded, text))


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _null_for_nothing(value: Value | Nothing) -> Value:
    return None if isinstance(value, Nothing) else value


def _signs(left: str | float, right: str | float) -> tuple[bool, bool]:
    """Return whether the left is less and whether it is greater; both false for equal ones, both true for NaN."""
    if isinstance(left, str) and isinstance(right, str):
        return left < right, left > right
    if isinstance(left, str) or isinstance(right, str) or left != left or right != right:
        return True, True
    return left < right, left > right


def _holds(operator: str, less: bool, greater: bool) -> bool:
    if less and greater:
        return False
    match operator:
        case "<":
            return less
        case "<=":
            return not greater
        case ">":
            return greater
        case _:
            return not less
