"""The syntax tree of simple conditions (Arazzo 1.1, Criterion Object: Literals, Operators).

    cond  = and *( "||" and )          and   = cmp *( "&&" cmp )
    cmp   = unary [ op unary ]         op    = "==" "!=" "<" "<=" ">" ">="      not chainable
    unary = "!" unary / "(" cond ")" / literal / reference

``!`` binds tightest. Chains of ``&&`` and of ``||`` are one node each, so that their length needs no stack. The
operators `contains` and `matches`, classes of status codes and media types come only from the practical readings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from arazzo_runner.expressions.grammar import Expression
from arazzo_runner.values import JSON


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, string, boolean or null; from the practical readings any JSON value."""

    value: JSON


@dataclass(frozen=True, slots=True)
class StatusClass:
    """``5XX``: any status code that starts with the digit (P9)."""

    digit: int


@dataclass(frozen=True, slots=True)
class MediaType:
    """``application/json`` or a range such as ``text/*``: compared without parameters (P8)."""

    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A runtime expression with its navigation, as written in `text`.

    `alternatives` is empty but where only the run can show which part of a dotted name is the name (SIM-18): then it
    holds all readings, from the longest name to the shortest, and `expression` is the likeliest of them.
    """

    text: str
    expression: Expression
    alternatives: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """``!`` before an operand."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Compare:
    """Two operands with a comparison operator, `contains` or `matches`."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Every:
    """Conditions joined by ``&&``, at least two."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """Conditions joined by ``||``, at least two."""

    parts: tuple[Node, ...]


Node: TypeAlias = Literal | StatusClass | MediaType | Reference | Not | Compare | Every | Some


def references(node: Node) -> Iterator[Reference]:
    """Yield the expressions of a tree, from left to right."""
    match node:
        case Reference():
            yield node
        case Not(operand):
            yield from references(operand)
        case Compare(_, left, right):
            yield from references(left)
            yield from references(right)
        case Every(parts) | Some(parts):
            for part in parts:
                yield from references(part)
        case Literal() | StatusClass() | MediaType():
            return
        case _:
            assert_never(node)
