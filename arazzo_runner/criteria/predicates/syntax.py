"""The syntax tree of predicates over JSONPath queries (practical reading P6).

some  = every *( "||" every )      every = compare *( "&&" compare )
compare = unary [ op unary ]       op    = "==" "!=" "<" "<=" ">" ">="
unary = "!" unary / "(" some ")" / literal / query [ ".length" ]
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from arazzo_runner.query.jsonpath import Query
from arazzo_runner.values import JSON


@dataclass(frozen=True, slots=True)
class Literal:
    """A string, number, boolean or null."""

    value: JSON


@dataclass(frozen=True, slots=True)
class Single:
    """The value of a singular query."""

    query: Query


@dataclass(frozen=True, slots=True)
class Length:
    """``.length`` behind a singular query: of its array or string; in an object `member` finds one of that name."""

    query: Query
    member: Query


@dataclass(frozen=True, slots=True)
class Count:
    """``.length`` behind any other query: the number of its nodes."""

    query: Query


@dataclass(frozen=True, slots=True)
class Not:
    """``!`` before an operand."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Compare:
    """Two operands and a comparison operator."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Every:
    """Parts joined by ``&&``."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """Parts joined by ``||``."""

    parts: tuple[Node, ...]


Node: TypeAlias = Literal | Single | Length | Count | Not | Compare | Every | Some
