"""How a string is written as a scalar: plain, in quotes, or as it has to be in JSON (YAML 1.2.2, chapter 7; RFC 8259).

The style of the author is kept where the new value can be written in it.
"""

from __future__ import annotations

import json
import re
from typing import Final

from arazzo_runner.document.yaml.scalars import resolve

LONGEST_KEY: Final = 1_000
"""Characters of a key that YAML reads without a question mark in front are 1,024 at most."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_INDICATORS: Final = frozenset(",[]{}#&*!|>'\"%@`")
_FLOW: Final = frozenset(",[]{}")
_ESCAPES: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def is_plain(value: str, *, flow: bool, key: bool = False) -> bool:
    """Tell whether a string can stand without quotes and is read as itself; `flow`: between brackets or braces."""
    if not value or value != value.strip() or _CONTROL.search(value):
        return False
    if value[0] in _INDICATORS or (value[0] in "-?:" and not value[1:2].strip()):
        return False
    if ": " in value or " #" in value or value.endswith(":") or value.startswith(("---", "...")):
        return False
    if flow and (_FLOW & set(value) or value[0] in "-?:"):
        return False
    if key and (len(value) > LONGEST_KEY or value == "<<"):
        return False
    return isinstance(resolve(value), str)


def fits_single(value: str) -> bool:
    """Tell whether a string can be written in single quotes on one line."""
    return _CONTROL.search(value) is None


def single(value: str) -> str:
    """Return what stands between single quotes for a string that fits there."""
    return value.replace("'", "''")


def double(value: str) -> str:
    """Return what stands between double quotes, in JSON too."""
    return "".join(_ESCAPES.get(letter) or _escaped(letter) for letter in value)


def _escaped(letter: str) -> str:
    return json.dumps(letter)[1:-1] if _CONTROL.match(letter) else letter


def quoted(value: str, *, prefer: str = "") -> str:
    """Return a string in quotes: in those that are preferred if it fits, else those that need fewer escapes."""
    if prefer == '"' or not fits_single(value):
        return f'"{double(value)}"'
    if prefer != "'" and "'" in value and not ({'"', "\\"} & set(value)):
        return f'"{value}"'
    return f"'{single(value)}'"


def written(value: str, style: str, *, flow: bool, key: bool = False) -> str:
    """Return a string as a scalar, in a style if it can be: a quotation mark, or empty for a plain one."""
    if not style and is_plain(value, flow=flow, key=key):
        return value
    return quoted(value, prefer=style)
