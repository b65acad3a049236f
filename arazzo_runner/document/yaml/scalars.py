"""The plain scalars of YAML 1.2, core schema (YAML 1.2.2, section 10.3.2): `no` and dates are text here."""

from __future__ import annotations

import math
import re
from typing import Final

from arazzo_runner.values import JSON

_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMERIC_STARTS: Final = frozenset("-+.0123456789")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o([0-7]+)|0x([0-9a-fA-F]+)")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_ENDLESS = re.compile(r"([-+]?)\.(?:inf|Inf|INF)")
_NOT_A_NUMBER: Final = frozenset((".nan", ".NaN", ".NAN"))

MAX_DIGITS: Final = 4_000
"""The longest integer that is read as one; Python refuses to convert much longer ones."""


def resolve(text: str) -> JSON:
    """Return what a plain scalar means; text that is no null, boolean or number is itself.

    Numbers that JSON can't write (`.inf`, `.nan`, beyond the range of a double, over `MAX_DIGITS` digits) come as a
    float that is not finite.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMERIC_STARTS:
        return text
    return number(text)


def number(text: str) -> JSON:
    """Return the number that a plain scalar writes, or the text where it writes none."""
    if _INTEGER.fullmatch(text):
        return int(text) if len(text) <= MAX_DIGITS else math.inf
    if _FLOAT.fullmatch(text):
        return float(text)
    if based := _BASED.fullmatch(text):
        return _based(based)
    if endless := _ENDLESS.fullmatch(text):
        return -math.inf if endless[1] == "-" else math.inf
    return math.nan if text in _NOT_A_NUMBER else text


def _based(found: re.Match[str]) -> JSON:
    if len(found[0]) > MAX_DIGITS:
        return math.inf
    return int(found[1], 8) if found[1] else int(found[2], 16)
