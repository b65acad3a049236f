"""Expressions written in their standard spelling."""

from __future__ import annotations

import re
from typing import assert_never

from arazzo_runner.expressions import pointer
from arazzo_runner.expressions.grammar import (
    Component,
    Exchange,
    Expression,
    Input,
    Inputs,
    Method,
    Output,
    Outputs,
    Self,
    SourceReference,
    StatusCode,
    StepOutput,
    StepOutputs,
    Tokens,
    Url,
    WorkflowField,
    WorkflowFields,
)
from arazzo_runner.values import Path

_NEEDS_ESCAPE = re.compile(r'[\x00-\x1f"\\{}\ud800-\udfff]')


def write(expression: Expression) -> str:
    """Return the expression as the specification spells it; navigation becomes a JSON Pointer where one can stand.

    Reading the result gives the same node, except that navigation has moved into the pointer (Arazzo 1.1, Runtime
    Expressions). A name that no grammar has (practical reading P5) is written as it is.
    """
    match expression:
        case Url():
            return "$url" + pointer.written(expression.navigation)
        case Method():
            return "$method" + pointer.written(expression.navigation)
        case StatusCode():
            return "$statusCode" + pointer.written(expression.navigation)
        case Self():
            return "$self" + pointer.written(expression.navigation)
        case Exchange():
            return _exchange(expression)
        case Input():
            return f"$inputs.{expression.name}{_tail(expression.pointer, expression.navigation)}"
        case Output():
            return f"$outputs.{expression.name}{_tail(expression.pointer, expression.navigation)}"
        case StepOutput(_, step, name):
            return f"$steps.{step}.outputs.{name}{_tail(expression.pointer, expression.navigation)}"
        case WorkflowField(_, workflow, side, name):
            return f"$workflows.{workflow}.{side}.{name}{_tail(expression.pointer, expression.navigation)}"
        case Inputs():
            return "$inputs" + pointer.written(expression.navigation)
        case Outputs():
            return "$outputs" + pointer.written(expression.navigation)
        case StepOutputs(_, step):
            return f"$steps.{step}.outputs{pointer.written(expression.navigation)}"
        case WorkflowFields(_, workflow, side):
            return f"$workflows.{workflow}.{side}{pointer.written(expression.navigation)}"
        case SourceReference(_, source, reference):
            return f"$sourceDescriptions.{source}.{_escape(reference)}{pointer.written(expression.navigation)}"
        case Component(_, kind, name):
            return f"$components.{kind}.{name}{pointer.written(expression.navigation)}"
        case _:
            assert_never(expression)


def _exchange(node: Exchange) -> str:
    start = f"${node.side}.{node.part}"
    if node.part in ("body", "payload"):
        return start + _tail(node.pointer, node.navigation)
    name = node.name if node.part == "header" else _escape(node.name)
    return f"{start}.{name}{pointer.written(node.navigation)}"


def _tail(tokens: Tokens | None, navigation: Path) -> str:
    if tokens is None and not navigation:
        return ""
    return "#" + pointer.encode((tokens or ()) + tuple(str(step) for step in navigation))


def _escape(name: str) -> str:
    return _NEEDS_ESCAPE.sub(lambda found: f"\\u{ord(found[0]):04x}", name)
