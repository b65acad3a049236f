"""Simple conditions cut into tokens.

An operand ends at whitespace and at ``( ) ! = < > & | { }`` (SIM-16), so names and pointers that hold one of these
can't be written in a condition; a declared name that does is taken whole in practical mode (P5). Strings stand in
single quotes, a quote inside is doubled (SIM-03, SIM-04).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from arazzo_runner.criteria.simple.limits import MAX_NUMBER_LENGTH
from arazzo_runner.expressions.grammar import Declared, Dialect, Fault
from arazzo_runner.expressions.unbraced import declared_at
from arazzo_runner.values import JSON


class Malformed(Exception):
    """A condition that can't be read; carries the fault. It never leaves the compiler of conditions."""

    def __init__(self, message: str, offset: int, help: str = "", code: str = "condition-malformed") -> None:
        super().__init__(message)
        self.fault = Fault(message, offset, help, code)


class Kind(Enum):
    """What a token is."""

    OPERATOR = "operator"
    LITERAL = "literal"
    DOUBLE_QUOTED = "double-quoted string"
    STATUS_CLASS = "status class"
    WORD = "word"
    REFERENCE = "reference"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its text, where it starts, and the value of a literal."""

    kind: Kind
    text: str
    start: int
    value: JSON = None


_SPACE = re.compile(r"\s*")
_OPERAND = re.compile(r"[^\s()!=<>&|{}]+")
_BARE = re.compile(r"[^\s()!=<>&|{}'\"]+")
_OPERATOR = re.compile(r"===|!==|=~|=>|<>|==|!=|<=|>=|&&|\|\||[<>!(){}=&|]")
_SINGLE = re.compile(r"'[^']*(?:''[^']*)*'")
_DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_STATUS_CLASS = re.compile(r"[1-5][xX]{2}")
_WORD = re.compile(r"[A-Za-z_*]")
_KEYWORDS: dict[str, JSON] = {"true": True, "false": False, "null": None}
_INSTEAD = {
    "=": "use '=='", "===": "use '=='", "!==": "use '!='", "<>": "use '!='", "=>": "use '>='", "&": "use '&&'",
    "|": "use '||'", "=~": "use a criterion of type regex",
}  # fmt: skip


def tokens(text: str, dialect: Dialect, declared: Declared) -> Iterator[Token]:
    """Yield the tokens of a condition, the last one of kind END. Raises `Malformed`."""
    at = _skip(text, 0)
    while at < len(text):
        token = _token(text, at, dialect, declared)
        yield token
        at = _skip(text, at + len(token.text))
    yield Token(Kind.END, "", len(text))


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _token(text: str, at: int, dialect: Dialect, declared: Declared) -> Token:
    match text[at]:
        case "'":
            return _single(text, at)
        case '"':
            return _double(text, at, dialect)
        case "$":
            return Token(Kind.REFERENCE, text[at : _reference_end(text, at, dialect, declared)], at)
    operator = _OPERATOR.match(text, at)
    if operator is None:
        return _bare(text, at, dialect)
    if operator[0] in _INSTEAD:
        raise Malformed(f"'{operator[0]}' is no operator of simple conditions", at, _INSTEAD[operator[0]])
    return Token(Kind.OPERATOR, operator[0], at)


def _single(text: str, at: int) -> Token:
    found = _SINGLE.match(text, at)
    if found is None:
        raise Malformed("the string has no closing quote", at, "a quote inside a string is written twice: 'it''s'")
    return Token(Kind.LITERAL, found[0], at, found[0][1:-1].replace("''", "'"))


def _double(text: str, at: int, dialect: Dialect) -> Token:
    found = _DOUBLE.match(text, at)
    if dialect.strict:
        raise Malformed("strings stand in single quotes", at, "write 'text' instead of \"text\"")
    if found is None:
        raise Malformed("the string has no closing quote", at)
    try:
        value = json.loads(found[0], strict=False)
    except ValueError as error:
        raise Malformed("the string holds an unknown escape", at, "write the string in single quotes") from error
    return Token(Kind.DOUBLE_QUOTED, found[0], at, value)


def _reference_end(text: str, at: int, dialect: Dialect, declared: Declared) -> int:
    start = at
    if not dialect.strict:
        named = declared_at(text, at, len(text), declared)
        if named is not None and not _OPERAND.fullmatch(named.text):
            start = at + len(named.text)
    found = _OPERAND.match(text, start)
    return found.end() if found else start


def _bare(text: str, at: int, dialect: Dialect) -> Token:
    found = _BARE.match(text, at)
    run = found[0] if found else text[at]
    if run in _KEYWORDS:
        return Token(Kind.LITERAL, run, at, _KEYWORDS[run])
    if _NUMBER.fullmatch(run):
        return Token(Kind.LITERAL, run, at, _number(run, at))
    if _STATUS_CLASS.fullmatch(run) and not dialect.strict:
        return Token(Kind.STATUS_CLASS, run, at)
    if _WORD.match(run):
        return Token(Kind.WORD, run, at)
    help = "a number has digits before and after its point, and no '+'" if run[0] in "+.0123456789-" else ""
    shown = run if len(run) <= 20 else run[:20] + "..."
    raise Malformed(f"'{shown}' is no number, string, name or operator", at, help)


def _number(text: str, at: int) -> int | float:
    if len(text) > MAX_NUMBER_LENGTH:
        raise Malformed(f"the number is longer than {MAX_NUMBER_LENGTH:,} characters", at, code="condition-too-large")
    found = float(text) if any(mark in text for mark in ".eE") else int(text)
    if found in (float("inf"), float("-inf")):
        raise Malformed(f"the number {text} is too large", at)
    return found
