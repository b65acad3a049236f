"""Simple conditions written back as text."""

from __future__ import annotations

import json
from typing import assert_never

from arazzo_runner.criteria.simple.syntax import (
    Compare,
    Every,
    Literal,
    MediaType,
    Node,
    Not,
    Reference,
    Some,
    StatusClass,
)


def write_condition(node: Node) -> str:
    """Return a text that parses to the same tree; parentheses only where they are needed."""
    match node:
        case Literal(value):
            return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else json.dumps(value)
        case StatusClass(digit):
            return f"{digit}XX"
        case MediaType(text):
            return text
        case Reference(text):
            return text
        case Not(operand):
            return "!" + _within(operand, Compare, Every, Some)
        case Compare(operator, left, right):
            return f"{_within(left, Compare, Every, Some)} {operator} {_within(right, Compare, Every, Some)}"
        case Every(parts):
            return " && ".join(_within(part, Every, Some) for part in parts)
        case Some(parts):
            return " || ".join(_within(part, Some) for part in parts)
        case _:
            assert_never(node)


def _within(node: Node, *looser: type) -> str:
    text = write_condition(node)
    return f"({text})" if isinstance(node, looser) else text
