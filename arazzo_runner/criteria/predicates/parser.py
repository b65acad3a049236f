"""Predicates over JSONPath queries parsed (practical reading P6). Nesting is bounded, chains are loops."""

from __future__ import annotations

from dataclasses import dataclass

from arazzo_runner.criteria.predicates.syntax import Compare, Count, Every, Length, Literal, Node, Not, Single, Some
from arazzo_runner.criteria.predicates.tokens import CompileQuery, Kind, Malformed, Token, tokens
from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.query.jsonpath.limits import MAX_QUERY_NESTING

MAX_PREDICATE_LENGTH = 20_000
"""Characters of a predicate."""

_COMPARISONS = ("==", "!=", "<=", ">=", "<", ">")
_LENGTH = ".length"


def parse_predicate(text: str, compile_query: CompileQuery) -> Node | Fault:
    """Return the tree of a predicate whose queries are of one dialect, or why it is none. Never raises."""
    if len(text) > MAX_PREDICATE_LENGTH:
        return Fault(f"the condition is longer than {MAX_PREDICATE_LENGTH:,} characters", 0, code="query-too-large")
    try:
        return _Parser(list(tokens(text)), compile_query).predicate()
    except Malformed as malformed:
        return malformed.fault


@dataclass(slots=True)
class _Parser:
    tokens: list[Token]
    compile: CompileQuery
    at: int = 0
    depth: int = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def take(self, *operators: str) -> str:
        """Step over an operator if one of these comes next, and return it."""
        token = self.token
        if token.kind is not Kind.OPERATOR or token.text not in operators:
            return ""
        self.at += 1
        return token.text

    def predicate(self) -> Node:
        tree = self.some()
        if self.token.kind is not Kind.END:
            raise self.unexpected("an operator")
        return tree

    def some(self) -> Node:
        parts = [self.every()]
        while self.take("||"):
            parts.append(self.every())
        return parts[0] if len(parts) == 1 else Some(tuple(parts))

    def every(self) -> Node:
        parts = [self.comparison()]
        while self.take("&&"):
            parts.append(self.comparison())
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def comparison(self) -> Node:
        left = self.unary()
        operator = self.take(*_COMPARISONS)
        if not operator:
            return left
        right = self.unary()
        again = self.token
        if self.take(*_COMPARISONS):
            raise Malformed("comparisons can't be chained", again.start, "join two comparisons with '&&'")
        return Compare(operator, left, right)

    def unary(self) -> Node:
        start = self.token.start
        mark = self.take("!", "(")
        if not mark:
            return self.operand()
        self.depth += 1
        if self.depth > MAX_QUERY_NESTING:
            message = f"the condition is nested deeper than {MAX_QUERY_NESTING} levels (max_query_nesting)"
            raise Malformed(message, start, code="query-too-large")
        inner = Not(self.unary()) if mark == "!" else self.some()
        if mark == "(" and not self.take(")"):
            raise self.unexpected("')'")
        self.depth -= 1
        return inner

    def operand(self) -> Node:
        token = self.token
        if token.kind is Kind.LITERAL:
            self.at += 1
            return Literal(token.value)
        if token.kind is not Kind.QUERY:
            raise self.unexpected("a query or a literal")
        self.at += 1
        return self.query(token)

    def query(self, token: Token) -> Node:
        query = self.compile(token.text)
        if isinstance(query, Fault):
            raise Malformed(query.message, token.start + query.offset, query.help, query.code)
        inner = self.compile(token.text.removesuffix(_LENGTH)) if _ends_in_length(token.text) else None
        if inner is not None and not isinstance(inner, Fault):
            return Length(inner, query) if inner.singular else Count(inner)
        if not query.singular:
            message = f"'{token.text}' can be read as any one of the values it finds, and as all of them"
            help = "write a filter such as $[?...], or count what it finds with .length"
            raise Malformed(message, token.start, help, "condition-ambiguous")
        return Single(query)

    def unexpected(self, wanted: str) -> Malformed:
        token = self.token
        if token.kind is Kind.END:
            return Malformed(f"the condition ends where {wanted} is expected", token.start)
        return Malformed(f"'{token.text[:40]}' stands where {wanted} is expected", token.start)


def _ends_in_length(text: str) -> bool:
    return text.endswith(_LENGTH) and not text.endswith("." + _LENGTH)
