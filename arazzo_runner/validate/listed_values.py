"""The values that an expression can give, where `enum` or `const` of an answer or an input lists them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from arazzo_runner.expressions.grammar import Exchange, Expression, Input, StepOutput
from arazzo_runner.expressions.template import Whole
from arazzo_runner.program.model import OperationCall
from arazzo_runner.sources.operations import Schema
from arazzo_runner.validate.responses import in_answers, in_errors
from arazzo_runner.validate.shapes import Fuel, conjuncts
from arazzo_runner.validate.subject import Subject
from arazzo_runner.values import JSON, Path

MAX_FOLLOWED: Final = 20
"""Outputs that read outputs, one after the other, that are followed."""

_SAYS_MORE: Final = frozenset(("anyOf", "oneOf", "if", "not", "$ref", "allOf", "$dynamicRef"))


def listed_values(subject: Subject, step_id: str | None, expression: Expression, more: Path = ()) -> tuple[JSON, ...]:
    """Return the values that an expression can give to a step; nothing where they are not listed."""
    for _ in range(MAX_FOLLOWED):
        match expression:
            case StepOutput(step=giver, name=name):
                index = subject.bound.positions.get(giver)
                outputs = dict(subject.bound.steps[index].outputs) if index is not None else {}
                compiled = outputs.get(name)
                if not isinstance(compiled, Whole):
                    return ()
                more = (*_way(expression), *more)
                step_id, expression = giver, compiled.expression
            case Exchange(side="response", part="body"):
                return _of_answer(subject, step_id, (*_way(expression), *more))
            case Input(name=name) if not more and not _way(expression):
                return _of_input(subject.bound.inputs.properties.get(name))
            case _:
                return ()
    return ()


def _way(expression: StepOutput | Exchange | Input) -> Path:
    return (*(expression.pointer or ()), *expression.navigation)


def _of_answer(subject: Subject, step_id: str | None, way: Path) -> tuple[JSON, ...]:
    index = subject.bound.positions.get(step_id or "")
    call = subject.bound.steps[index].call if index is not None else None
    if not isinstance(call, OperationCall):
        return ()
    found = in_answers(call.operation, way)
    if found.anything:
        return ()
    values: list[JSON] = []
    for schema in found.schemas:
        own = _of_schema(schema)
        if not own:
            return ()
        values += own
    # A criterion that pins no status is put to errors too, and what they list is no mistake.
    errors = in_errors(call.operation, way) if values else ()
    return (*values, *(value for schema in errors for value in _of_schema(schema)))


def _of_schema(schema: Schema) -> tuple[JSON, ...]:
    """Return the values that a schema lists; of several lists that hold at once, the first."""
    nodes = [part.node for part in conjuncts(schema, Fuel())]
    return next((own for own in map(_of_node, nodes) if own), ())


def _of_input(node: JSON) -> tuple[JSON, ...]:
    return () if not isinstance(node, dict) or not _SAYS_MORE.isdisjoint(node) else _of_node(node)


def _of_node(node: JSON) -> tuple[JSON, ...]:
    if not isinstance(node, dict):
        return ()
    if "const" in node:
        return (node["const"],)
    listed = node.get("enum")
    return tuple(_scalars(listed)) if isinstance(listed, list) else ()


def _scalars(listed: Iterable[JSON]) -> Iterable[JSON]:
    return (one for one in listed if not isinstance(one, dict | list))
