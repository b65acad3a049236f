"""Predicates over JSONPath queries cut into tokens (practical reading P6)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.query.jsonpath import Query
from arazzo_runner.values import JSON

CompileQuery: TypeAlias = Callable[[str], "Query | Fault"]
"""Compiles a query of one dialect."""

MAX_LITERAL = 1_000
"""Characters of a number."""


class Malformed(Exception):
    """A text that is no predicate; carries the fault. It never leaves this package."""

    def __init__(self, message: str, offset: int, help: str = "", code: str = "predicate-malformed") -> None:
        super().__init__(message)
        self.fault = Fault(message, offset, help, code)


class Kind(Enum):
    """What a token is."""

    OPERATOR = "operator"
    LITERAL = "literal"
    QUERY = "query"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A token, and the value of a literal."""

    kind: Kind
    text: str
    start: int
    value: JSON = None


_NAMED = re.compile(r"\$[A-Za-z_][^\s()!=<>&|]{0,60}")
_SPACE = re.compile(r"\s*")
_OPERATOR = re.compile(r"===|!==|=~|==|!=|<=|>=|&&|\|\||[<>!()=&|]")
_STRING = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", re.DOTALL)
_WORD = re.compile(r"(?:true|false|null)(?![\w$])|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.])")
_STEP = re.compile(r"\.\.?(?:\*|[^\W\d][\w]*)|\.\.(?=\[)")
_IN_BRACKETS = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[\[\]]|[^'\"\[\]]+", re.DOTALL)
_FOREIGN = {
    "=": "use '=='", "===": "use '=='", "!==": "use '!='", "&": "use '&&'", "|": "use '||'",
    "=~": "use a filter with search()",
}  # fmt: skip


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a predicate, the last one of kind END. Raises `Malformed`."""
    at = _skip(text, 0)
    while at < len(text):
        token = _token(text, at)
        yield token
        at = _skip(text, at + len(token.text))
    yield Token(Kind.END, "", len(text))


def looks_like_predicate(text: str) -> bool:
    """Tell whether an operator stands in a text outside of its queries, so that a predicate was meant."""
    try:
        return any(token.kind is Kind.OPERATOR and token.text not in "()" for token in tokens(text))
    except Malformed as malformed:
        return text[malformed.fault.offset] in "=&|"


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _token(text: str, at: int) -> Token:
    if text[at] == "$":
        named = _NAMED.match(text, at)
        if named is not None:
            message = f"'{named[0]}' is no query, and no name that is declared here"
            raise Malformed(message, at, "a query begins with '$.'")
        return Token(Kind.QUERY, text[at : _query_end(text, at)], at)
    found = _STRING.match(text, at)
    if found is not None:
        return Token(Kind.LITERAL, found[0], at, _string(found[0], at))
    found = _WORD.match(text, at)
    if found is not None:
        return Token(Kind.LITERAL, found[0], at, _word(found[0], at))
    found = _OPERATOR.match(text, at)
    if found is None:
        shown = re.split(r"[\s()]", text[at : at + 20])[0] or text[at]
        raise Malformed(f"'{shown}' is no query, literal or operator", at, 'a string stands in quotes: "text"')
    if found[0] in _FOREIGN:
        raise Malformed(f"'{found[0]}' is no operator here", at, _FOREIGN[found[0]])
    return Token(Kind.OPERATOR, found[0], at)


def _string(text: str, at: int) -> str:
    """Return what a string says: as in JSON, with single quotes too."""
    inner = text[1:-1]
    if text[0] == "'":
        inner = re.sub(r"\\'|\"", lambda found: "'" if found[0] == "\\'" else '\\"', inner)
    try:
        return str(json.loads(f'"{inner}"', strict=False))
    except ValueError as error:
        raise Malformed("the string holds an unknown escape", at) from error


def _word(text: str, at: int) -> JSON:
    if len(text) > MAX_LITERAL:
        raise Malformed("the number is too long", at)
    value: JSON = json.loads(text)
    if value in (float("inf"), float("-inf")):
        raise Malformed("the number is too large", at)
    return value


def _query_end(text: str, at: int) -> int:
    """Return where a query ends: it is ``$``, then names and brackets without space between them."""
    at += 1
    while True:
        step = _STEP.match(text, at)
        if step is not None:
            at = step.end()
        elif text.startswith("[", at):
            at = _brackets_end(text, at)
        else:
            return at


def _brackets_end(text: str, start: int) -> int:
    depth, at = 0, start
    while found := _IN_BRACKETS.match(text, at):
        depth += (found[0] == "[") - (found[0] == "]")
        at = found.end()
        if depth == 0:
            return at
    raise Malformed("the bracket is not closed", start, code="query-malformed")
