"""Bare words in simple conditions: what they can mean, and what was probably meant."""

from __future__ import annotations

import re

from arazzo_runner.criteria.simple.syntax import Literal, MediaType, Node
from arazzo_runner.criteria.simple.tokens import Malformed, Token
from arazzo_runner.diagnostics import near_matches

_ROOTS = (
    "url", "method", "statusCode", "self", "request", "response", "message", "inputs", "outputs", "steps", "workflows",
    "sourceDescriptions", "components",
)  # fmt: skip
_VALUES = {
    "true": "true", "false": "false", "null": "null", "none": "null", "nil": "null", "undefined": "null",
}  # fmt: skip
_OPERATORS = {"and": "&&", "or": "||", "not": "!", "eq": "==", "ne": "!=", "is": "==", "equals": "=="}
_MEDIA_TYPE = re.compile(r"(?:\*|[\w!#$&^.+-]+)/(?:\*|(?:\*\+)?[\w!#$&^.+-]+)", re.ASCII)


def bare_word(token: Token) -> Node:
    """Return the string or media type that a bare word next to ``==`` or ``!=`` is (practical reading P8).

    Raises `Malformed` where the word can just as well be an expression without ``$``, or a boolean or null.
    """
    word = token.text
    if word.casefold() in _VALUES:
        raise _two_readings(token, _VALUES[word.casefold()])
    if word.partition(".")[0] in _ROOTS and ("." in word or word == "statusCode"):
        raise _two_readings(token, f"${word}")
    return MediaType(word) if _MEDIA_TYPE.fullmatch(word) else Literal(word)


def _two_readings(token: Token, other: str) -> Malformed:
    text = f"the string '{token.text}'"
    message = f"'{token.text}' can be read as {other} and as {text}"
    return Malformed(message, token.start, f"write {other} or '{token.text}'", "condition-ambiguous")


def misplaced_word(token: Token, expected: str) -> Malformed:
    """Return the fault for a word that stands where no bare word can be read."""
    word = token.text
    message = f"the word '{word}' stands where {expected} is expected"
    if word.casefold() in _VALUES:
        return Malformed(message, token.start, f"write {_VALUES[word.casefold()]}")
    if word.casefold() in _OPERATORS:
        return Malformed(message, token.start, f"use '{_OPERATORS[word.casefold()]}'")
    root = word.partition(".")[0]
    close = (root,) if root in _ROOTS else near_matches(root, _ROOTS, 1)
    if close:
        return Malformed(message, token.start, f"did you mean '${close[0]}{word[len(root) :]}'?")
    return Malformed(message, token.start, f"a string stands in single quotes: '{word}'")
