"""Predicates over JSONPath queries written as simple conditions, where they mean the same (practical reading P6).

A query that names one place is the context's expression with a JSON Pointer. The two languages compare null and
booleans alike; strings count without case in a simple condition, and a string that holds a number equals that number,
so there the spelling is only likely to mean what the predicate does. So it is with an index, which a JSON Pointer also
takes for the name of a member.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from arazzo_runner.criteria.predicates.syntax import Compare, Count, Every, Length, Literal, Node, Not, Single, Some
from arazzo_runner.criteria.simple import syntax as simple
from arazzo_runner.criteria.simple.write import write_condition
from arazzo_runner.expressions.grammar import Exchange, Expression, Input, Output, StepOutput, WorkflowField
from arazzo_runner.expressions.pointer import MeantName
from arazzo_runner.expressions.print import write
from arazzo_runner.query.jsonpath import Query

_STEP = re.compile(r"\.([A-Za-z_][\w-]*)|\['([^'\\]*)'\]|\[\"([^\"\\]*)\"\]|\[(0|[1-9][0-9]{0,8})\]", re.ASCII)
_OPERAND = re.compile(r"[^\s()!=<>&|{}]+")


@dataclass(frozen=True, slots=True)
class Condition:
    """A simple condition; `exact` tells that it holds just where the predicate does."""

    text: str
    exact: bool


def as_condition(predicate: Node, context: Expression) -> Condition | None:
    """Return a predicate on the value of a context as a simple condition; None where it has no such form."""
    tree = _node(predicate, context)
    return None if tree is None else Condition(write_condition(tree), _is_exact(predicate))


def _node(node: Node, context: Expression) -> simple.Node | None:
    match node:
        case Literal(value):
            return None if isinstance(value, list | dict) else simple.Literal(value)
        case Single(query):
            return _reference(query, context)
        case Not(operand):
            inner = _node(operand, context)
            return None if inner is None else simple.Not(inner)
        case Compare(operator, left, right):
            first, second = _node(left, context), _node(right, context)
            return None if first is None or second is None else simple.Compare(operator, first, second)
        case Every(parts) | Some(parts):
            found = [_node(part, context) for part in parts]
            known = tuple(part for part in found if part is not None)
            if len(known) < len(found):
                return None
            return simple.Every(known) if isinstance(node, Every) else simple.Some(known)
        case Length() | Count():
            return None


def _reference(query: Query, context: Expression) -> simple.Node | None:
    """Return the place that a query names, as an expression; None where a condition can't hold it."""
    tokens = _tokens(query.text)
    if tokens is None or not isinstance(context, Exchange | Input | Output | StepOutput | WorkflowField):
        return None
    if isinstance(context, Exchange) and context.part not in ("body", "payload"):
        return None
    if any(isinstance(step, MeantName) for step in context.navigation):
        return None  # a JSON Pointer finds no member of an array, where such a name does
    before = (*(context.pointer or ()), *map(str, context.navigation))
    pointer = (*before, *tokens) or context.pointer
    found = replace(context, navigation=(), pointer=pointer)
    text = write(found)
    return simple.Reference(text, replace(found, text=text)) if _OPERAND.fullmatch(text) else None


def _tokens(query: str) -> tuple[str, ...] | None:
    """Return the names and indexes of a query that is nothing but these."""
    found, at = [], 1
    while step := _STEP.match(query, at):
        found.append(next(group for group in step.groups() if group is not None))
        at = step.end()
    return tuple(found) if query.startswith("$") and at == len(query) else None


def _is_exact(node: Node) -> bool:
    match node:
        case Compare("==" | "!=", left, right):
            return (_is_constant(left) or _is_constant(right)) and _is_exact(left) and _is_exact(right)
        case Not(operand):
            return _is_exact(operand)
        case Every(parts) | Some(parts):
            return all(map(_is_exact, parts))
        case Single(query):
            return not any(token.isdigit() for token in _tokens(query.text) or ())
        case _:
            return isinstance(node, Literal)


def _is_constant(node: Node) -> bool:
    """Tell whether an operand is null, true or false, which both languages compare alike."""
    return isinstance(node, Literal) and (node.value is None or isinstance(node.value, bool))
