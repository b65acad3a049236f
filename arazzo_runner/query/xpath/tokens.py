"""XPath 1.0 cut into tokens (XML Path Language 1.0, section 3.7): enough to see paths, predicates and calls."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a token is."""

    LITERAL = "literal"
    NAME = "name"
    AXIS = "axis"
    FUNCTION = "function"
    NODE_TYPE = "node type"
    VARIABLE = "variable"
    OPERATOR = "operator"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Token:
    """A token: what it is, its text, where it starts. `depth` counts the predicates around it."""

    kind: Kind
    text: str
    start: int
    depth: int


_TOKEN = re.compile(
    r"""\s*(?:(?P<literal>"[^"]*"|'[^']*'|[0-9]+(?:\.[0-9]*)?|\.[0-9]+)|(?P<variable>\$[\w.-]+(?::[\w.-]+)?)"""
    r"""|(?P<name>[^\W\d][\w.-]*(?::(?!:)(?:\*|[^\W\d][\w.-]*))?)|(?P<mark>::|\.\.|//|!=|<=|>=|[/.@()\[\],*|+=<>-]))"""
)
_WORDS = frozenset({"and", "or", "mod", "div"})
_SIGNS = frozenset({"|", "+", "-", "=", "!=", "<", "<=", ">", ">=", "*"})
_NODE_TYPES = frozenset({"comment", "text", "processing-instruction", "node"})
_BEFORE_AN_OPERAND = frozenset({"@", "::", "(", "[", ",", "/", "//"})


def tokens(text: str) -> list[Token] | None:
    """Return the tokens of an expression; None where there is a character that starts none."""
    found: list[Token] = []
    at, depth = 0, 0
    end = len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            return None
        start, at = match.start(match.lastgroup or 0), match.end()
        word = text[start:at]
        depth -= word == "]"
        found.append(Token(_kind(match, text, at, found), word, start, depth))
        depth += word == "["
    return found


def _kind(match: re.Match[str], text: str, at: int, before: list[Token]) -> Kind:
    word = match[match.lastgroup or 0]
    operand_ended = bool(before) and before[-1].kind is not Kind.OPERATOR and before[-1].text not in _BEFORE_AN_OPERAND
    if match["literal"]:
        return Kind.LITERAL
    if match["variable"]:
        return Kind.VARIABLE
    if word in _WORDS and operand_ended:
        return Kind.OPERATOR
    if match["name"]:
        return _named(word, text[at:].lstrip()[:2])
    if word in _SIGNS and (word != "*" or operand_ended):
        return Kind.OPERATOR
    return Kind.NAME if word == "*" else Kind.MARK


def _named(word: str, after: str) -> Kind:
    if after == "::":
        return Kind.AXIS
    if not after.startswith("("):
        return Kind.NAME
    return Kind.NODE_TYPE if word in _NODE_TYPES else Kind.FUNCTION


def starts_path(found: list[Token], at: int) -> bool:
    """Tell whether a relative location path starts with this token."""
    token = found[at]
    if at and found[at - 1].text in ("/", "//", "::", "@"):
        return False
    return token.kind in (Kind.NAME, Kind.AXIS, Kind.NODE_TYPE) or token.text in (".", "..", "@")


def is_plain_path(found: list[Token]) -> bool:
    """Tell whether an expression is a path of names and node types alone: it means the same in each version."""
    allowed = {"/", "//", "@", "(", ")"}
    plain = all(token.kind in (Kind.NAME, Kind.NODE_TYPE) or token.text in allowed for token in found)
    parentheses = sum(token.text == "(" for token in found)
    return plain and len(found) > 1 and parentheses == sum(token.kind is Kind.NODE_TYPE for token in found)
