"""XPath expressions as trees: the part of the language that criteria are written in.

Location paths with predicates, comparisons with constants, `and`, `or`, `not` and the functions below. All else is
`Unsolved`: nothing is promised for it, and the criterion itself is the judge.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from arazzo_runner.query.xpath.tokens import Kind, Token, tokens

_WORDS: Final = {"eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_COMPARISONS: Final = frozenset({"=", "!=", "<", "<=", ">", ">="})
_MAX_NESTING: Final = 30


class Unsolved(Exception):
    """A part of the language that is not turned round. It never leaves the room of solvers."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A string or a number."""

    value: str | int | float


@dataclass(frozen=True, slots=True)
class Stride:
    """A step of a path: a name with its axis, and its predicates."""

    name: str
    axis: str = "child"
    predicates: tuple[Tree, ...] = ()


@dataclass(frozen=True, slots=True)
class Location:
    """A path; `absolute` where it starts at the document."""

    strides: tuple[Stride, ...]
    absolute: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A function and its arguments."""

    name: str
    arguments: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison, by the signs of XPath 1.0."""

    operator: str
    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class Both:
    """Parts joined by `and`."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Parts joined by `or`."""

    parts: tuple[Tree, ...]


Tree: TypeAlias = Literal | Location | Call | Compare | Both | Either


def read(text: str) -> Tree:
    """Return the tree of an expression. Raises `Unsolved`."""
    found = tokens(text)
    if not found:
        raise Unsolved
    reader = _Reader([replace(one, kind=Kind.OPERATOR) if _is_word(found, at) else one for at, one in enumerate(found)])
    tree = reader.either()
    if reader.at < len(reader.tokens):
        raise Unsolved
    return tree


def _is_word(found: list[Token], at: int) -> bool:
    """Tell whether a name is a comparison of XPath 2.0: one that stands behind an operand."""
    if found[at].text not in _WORDS or not at:
        return False
    before = found[at - 1]
    return before.kind in (Kind.LITERAL, Kind.NAME) or before.text in (")", "]", ".")


class _Reader:
    def __init__(self, found: list[Token]) -> None:
        self.tokens, self.at, self.depth = found, 0, 0

    def text(self) -> str:
        return self.tokens[self.at].text if self.at < len(self.tokens) else ""

    def kind(self) -> Kind | None:
        return self.tokens[self.at].kind if self.at < len(self.tokens) else None

    def take(self, *wanted: str) -> str:
        found = self.text()
        if found not in wanted or self.kind() is Kind.LITERAL:
            return ""
        self.at += 1
        return found

    def expect(self, wanted: str) -> None:
        if not self.take(wanted):
            raise Unsolved

    def either(self) -> Tree:
        parts = self._chain("or", self.both)
        return parts[0] if len(parts) == 1 else Either(parts)

    def both(self) -> Tree:
        parts = self._chain("and", self.comparison)
        return parts[0] if len(parts) == 1 else Both(parts)

    def _chain(self, word: str, part: Callable[[], Tree]) -> tuple[Tree, ...]:
        parts = [part()]
        while self.kind() is Kind.OPERATOR and self.take(word):
            parts.append(part())
        return tuple(parts)

    def comparison(self) -> Tree:
        left = self.operand()
        if self.kind() is not Kind.OPERATOR:
            return left
        operator = _WORDS.get(self.text(), self.text())
        if operator not in _COMPARISONS:
            return left
        self.at += 1
        return Compare(operator, left, self.operand())

    def operand(self) -> Tree:
        self.depth += 1
        if self.depth > _MAX_NESTING:
            raise Unsolved
        found = self._operand()
        self.depth -= 1
        return found

    def _operand(self) -> Tree:
        kind, text = self.kind(), self.text()
        if kind is Kind.LITERAL:
            self.at += 1
            if text[0] in "'\"":
                return Literal(text[1:-1])
            return Literal(float(text) if "." in text else int(text))
        if kind is Kind.FUNCTION:
            self.at += 1
            return Call(text, self.arguments())
        if self.take("("):
            inner = self.either()
            self.expect(")")
            return inner
        return self.location()

    def arguments(self) -> tuple[Tree, ...]:
        self.expect("(")
        if self.take(")"):
            return ()
        found = [self.either()]
        while self.take(","):
            found.append(self.either())
        self.expect(")")
        return tuple(found)

    def location(self) -> Location:
        start = self.take("//", "/")
        strides = [self.stride("descendant" if start == "//" else "child")]
        while separator := self.take("//", "/"):
            strides.append(self.stride("descendant" if separator == "//" else "child"))
        kept = tuple(stride for stride in strides if stride.name not in (".", "text()"))
        return Location(kept, bool(start))

    def stride(self, axis: str) -> Stride:
        if self.take("."):
            return Stride(".", "self")
        if self.take("@"):
            axis = "attribute"
        elif self.kind() is Kind.AXIS:
            named = self.take("child", "attribute", "descendant", "self")
            self.expect("::")
            axis = named if named and axis == "child" else ""
        if axis not in ("child", "attribute", "descendant"):
            raise Unsolved
        name = self.text()
        if self.kind() is Kind.NODE_TYPE and name == "text":
            self.at += 1
            self.arguments()
            return Stride("text()")
        if self.kind() is not Kind.NAME:
            raise Unsolved
        self.at += 1
        return Stride(name, axis, tuple(self.predicates()))

    def predicates(self) -> list[Tree]:
        found: list[Tree] = []
        while self.take("["):
            found.append(self.either())
            self.expect("]")
        return found
