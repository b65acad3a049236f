"""How a message shows a value and its place: short, and nothing secret."""

from __future__ import annotations

import json
from typing import Final

from arazzo_runner.expressions.pointer import encode
from arazzo_runner.redact import REDACTED, is_secret_name
from arazzo_runner.values import Path, Value, kind

MAX_SHOWN: Final = 40
"""Characters of a value that a message shows."""


def shown(value: Value, at: Path, name: str = "") -> str:
    """Return the value at a place for a message; one whose name says that it is secret is hidden."""
    found = _at(value, at)
    names = (name, *(step for step in at if isinstance(step, str)))
    if any(map(is_secret_name, names)):
        return REDACTED
    if isinstance(found, dict | list | bytes):
        return f"{'an' if kind(found)[0] in 'ao' else ''} {kind(found)}".strip()
    text = json.dumps(found, ensure_ascii=False)
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}..."


def pointed(at: Path) -> str:
    """Return a place inside a value as a JSON Pointer behind its `#`; empty for the whole value."""
    return f"#{encode(tuple(str(step) for step in at))}" if at else ""


def _at(value: Value, at: Path) -> Value:
    for step in at:
        match value:
            case dict() if isinstance(step, str) and step in value:
                value = value[step]
            case list() if isinstance(step, int) and step < len(value):
                value = value[step]
    return value
