"""JSON text with line breaks and indents, made from its tokens alone: numbers keep their digits, members their order.

So a body is shown as it was sent but for the blanks between its tokens, and the beginning of a body that is too long
to be shown whole can be laid out too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

MAX_CHECKED = 1_000_000
"""Characters of a text that is read as JSON to be sure that it is; a longer one is taken at its word."""

MAX_INDENT = 40
"""Levels that are indented; what is deeper stands where these end."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[][{}:,]|[^\s"\][{}:,]+', re.S)


def is_json(body: str, content_type: str) -> bool:
    """Tell whether a text is a JSON object or array; a very long one is if its media type says so."""
    if body.lstrip(" \t\r\n")[:1] not in ("{", "["):
        return False
    if len(body) > MAX_CHECKED:
        return "json" in content_type.lower()
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True


def laid_out(body: str, most: int) -> str:
    """Return the first `most` characters of JSON text, laid out; the text may end anywhere."""
    pieces: list[str] = []
    length = 0
    for piece in _pieces(body):
        pieces.append(piece)
        length += len(piece)
        if length >= most:
            break
    return "".join(pieces)[:most]


def _pieces(body: str) -> Iterator[str]:
    level, before = 0, ""
    for found in _TOKEN.finditer(body):
        token = found[0]
        if token in ("}", "]"):
            level = max(0, level - 1)
        yield _gap(before, token, level) + token
        if token in ("{", "["):
            level += 1
        before = token


def _gap(before: str, token: str, level: int) -> str:
    """Return what stands between two tokens."""
    if before == ":":
        return " "
    if token in (",", ":") or not before or before + token in ("{}", "[]"):
        return ""
    return "\n" + "  " * min(level, MAX_INDENT)
