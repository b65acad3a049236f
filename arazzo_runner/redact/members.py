"""Members of JSON text, hidden by their names where they stand; the rest of the text stays as it was written.

The text is read as a row of strings and marks, not as a tree: so a body that was cut, or is no JSON after all, is read
as well, in one pass and at any depth.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Final

from arazzo_runner.redact.names import REDACTED, holds_stand_ins_alone, is_stand_in

IsSecret = Callable[[str], bool]

_NAME: Final = re.compile(r'"([^"\\]*+(?:\\.[^"\\]*+)*+)(?:"|\\?\Z)(\s*+:\s*+)?', re.DOTALL)
_SPACED: Final = re.compile(r'"\s+:')
_STRING: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
_NUMBER: Final = re.compile(r"[-+.0-9][-+.0-9eE]*+")
_MARK: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|[{}\[\]]', re.DOTALL)


def hide_members(text: str, is_secret: IsSecret) -> str:
    """Return the text with the values of those members replaced whose names are secret.

    True, false, null and stand-ins give nothing away and stay.
    """
    if not _may_have(text, is_secret):
        return text
    pieces: list[str] = []
    done = place = 0
    while (found := _NAME.search(text, place)) is not None:
        place = found.end()
        if not found[2] or not is_secret(_plain(found[1])):
            continue
        place = _end(text, place)
        if place > found.end():
            pieces += (text[done : found.end()], f'"{REDACTED}"')
            done = place
    return "".join((*pieces, text[done:])) if pieces else text


def _may_have(text: str, is_secret: IsSecret) -> bool:
    """Tell whether any member may be secret; quick, since most texts have none."""
    names = {piece[piece.rfind('"') + 1 :] for piece in text.split('":')[:-1]}
    return any(is_secret(name) or "\\" in name for name in names) or _SPACED.search(text) is not None


def _plain(name: str) -> str:
    if "\\" not in name:
        return name
    try:
        return str(json.loads(f'"{name}"'))
    except ValueError:
        return name


def _end(text: str, start: int) -> int:
    """Return where the value at `start` ends; `start` itself for one that gives nothing away."""
    match text[start : start + 1]:
        case '"':
            string = _STRING.match(text, start)
            assert string is not None
            return start if is_stand_in(string[0]) else string.end()
        case "{" | "[":
            end = _end_of_container(text, start)
            return start if _is_of_stand_ins(text[start:end]) else end
        case _:
            number = _NUMBER.match(text, start)
            return number.end() if number else start


def _is_of_stand_ins(text: str) -> bool:
    if "arazzoStandIn" not in text:
        return False
    try:
        return holds_stand_ins_alone(json.loads(text))
    except (ValueError, RecursionError):
        return False


def _end_of_container(text: str, start: int) -> int:
    depth = 0
    for mark in _MARK.finditer(text, start):
        if mark[0] in ("{", "["):
            depth += 1
        elif mark[0] in ("}", "]"):
            depth -= 1
            if depth == 0:
                return mark.end()
    return len(text)
