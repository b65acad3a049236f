"""Expressions evaluated in a scope.

Values are treated as immutable: an expression gives the value that the scope holds, not a copy, and whoever changes
a value (a payload replacement) copies what it changes first. A string that was found is a value like any other; it is
never read as an expression again (RES-24).

Where there is no value the result is a `Nothing` that says why. What hangs on inputs that nobody gave is optional:
a parameter or member made of it may be left out (practical reading P14). Everything else that is missing is needed.
"""

from __future__ import annotations

from collections.abc import Mapping
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
from arazzo_runner.expressions.scope import Received, Scope, Sent
from arazzo_runner.values import Nothing, Path, Value

_NO_REQUEST = Nothing("no request has been sent here")
_NO_RESPONSE = Nothing("no response has been received here")


def evaluate(expression: Expression, scope: Scope) -> Value | Nothing:
    """Return the value of an expression, its type kept, or why it has none (Arazzo 1.1, Runtime Expressions).

    Never raises and never changes the scope.
    """
    found = _head(expression, scope)
    match expression:
        case Exchange() | Input() | Output() | StepOutput() | WorkflowField():
            return _inside(expression, found, expression.pointer, expression.navigation)
        case _:
            return _inside(expression, found, None, expression.navigation)


def _inside(expression: Expression, found: Value | Nothing, tokens: Tokens | None, steps: Path) -> Value | Nothing:
    if isinstance(found, Nothing) or not (tokens or steps):
        return found
    inner = pointer.resolve(found, tokens) if tokens else found
    if steps and not isinstance(inner, Nothing):
        inner = pointer.navigate(inner, steps)
    if isinstance(inner, Nothing):
        return Nothing(f"{expression.text}: {inner.reason}", isinstance(expression, Input))
    return inner


def _head(expression: Expression, scope: Scope) -> Value | Nothing:
    match expression:
        case Url():
            return scope.request.url if scope.request else _NO_REQUEST
        case Method():
            return scope.request.method.upper() if scope.request else _NO_REQUEST
        case StatusCode():
            return scope.response.status if scope.response else _NO_RESPONSE
        case Self():
            return Nothing("the description has no '$self'") if scope.self_uri is None else scope.self_uri
        case Exchange():
            return _exchange(expression, scope)
        case Input(_, name):
            return _input(name, scope.inputs)
        case Output(_, name):
            return _output(name, scope.outputs)
        case StepOutput(_, step, name):
            return _recorded(scope.steps.get(step), name, f"step '{step}'")
        case WorkflowField():
            return _workflow(expression, scope)
        case Inputs():
            return dict(scope.inputs)
        case Outputs():
            return _all(scope.outputs, "$outputs has no value before the workflow's outputs are computed")
        case StepOutputs(_, step):
            return _all(scope.steps.get(step), f"step '{step}' has not run")
        case WorkflowFields(_, workflow, side):
            record = scope.workflows.get(workflow)
            values = None if record is None else record.inputs if side == "inputs" else record.outputs
            return _all(values, f"workflow '{workflow}' has not run")
        case SourceReference(_, source, reference):
            return _source(source, reference, scope)
        case Component(_, kind, name):
            return Nothing(f"'$components.{kind}.{name}' is an object of the description, not a value")
        case _:
            assert_never(expression)


def _exchange(node: Exchange, scope: Scope) -> Value | Nothing:
    match node.side:
        case "request":
            return _request(node, scope.request) if scope.request else _NO_REQUEST
        case "response":
            return _response(node, scope.response) if scope.response else _NO_RESPONSE
        case _:
            return Nothing("no message has been sent or received here")


def _request(node: Exchange, sent: Sent) -> Value | Nothing:
    match node.part:
        case "body":
            return sent.body
        case "header":
            return _supplied(sent.header, node.name.lower(), node)
        case "query":
            return _supplied(sent.query, node.name, node)
        case "path":
            return _supplied(sent.path, node.name, node)
        case _:
            return Nothing(f"a request has no {node.part}")


def _supplied(values: Mapping[str, Value], name: str, node: Exchange) -> Value | Nothing:
    return values[name] if name in values else Nothing(f"the request was given no {node.part} '{node.name}'")


def _response(node: Exchange, received: Received) -> Value | Nothing:
    match node.part:
        case "body":
            return received.body
        case "header":
            return _header(node.name, received.headers)
        case _:
            return Nothing(f"a response has no {node.part}")


def _header(name: str, headers: tuple[tuple[str, str], ...]) -> str | Nothing:
    """Return the fields of that name as one text; cookies can't be joined, so the first one stands (RES-07)."""
    wanted = name.lower()
    values = [value for field, value in headers if field.lower() == wanted]
    if not values:
        return Nothing(f"the response has no header '{name}'")
    return values[0] if wanted == "set-cookie" else ", ".join(values)


def _input(name: str, inputs: Mapping[str, Value]) -> Value | Nothing:
    return inputs[name] if name in inputs else Nothing(f"no input '{name}' was given", optional=True)


def _output(name: str, outputs: Mapping[str, Value | Nothing] | None) -> Value | Nothing:
    if outputs is None:
        return Nothing(f"$outputs.{name} has no value before the workflow's outputs are computed")
    return _recorded(outputs, name, "the workflow")


def _recorded(values: Mapping[str, Value | Nothing] | None, name: str, owner: str) -> Value | Nothing:
    if values is None:
        return Nothing(f"{owner} has not run")
    if name not in values:
        return Nothing(f"{owner} has no output '{name}'")
    found = values[name]
    return Nothing(f"{owner} gave no output '{name}': {found.reason}") if isinstance(found, Nothing) else found


def _all(values: Mapping[str, Value | Nothing] | None, reason: str) -> Value | Nothing:
    """Return the names that have a value, with their values; or why there are none."""
    if values is None:
        return Nothing(reason)
    return {name: value for name, value in values.items() if not isinstance(value, Nothing)}


def _workflow(node: WorkflowField, scope: Scope) -> Value | Nothing:
    record = scope.workflows.get(node.workflow)
    if record is None:
        return Nothing(f"workflow '{node.workflow}' has not run")
    if node.side == "outputs":
        return _recorded(record.outputs, node.name, f"workflow '{node.workflow}'")
    if node.name in record.inputs:
        return record.inputs[node.name]
    return Nothing(f"workflow '{node.workflow}' was given no input '{node.name}'", optional=True)


def _source(source: str, reference: str, scope: Scope) -> Value | Nothing:
    fields = scope.sources.get(source)
    if fields is None:
        return Nothing(f"there is no source description '{source}'")
    if reference not in fields:
        return Nothing(f"'{reference}' is no field of source description '{source}', and an operation is no value")
    found: Value = fields[reference]  # type: ignore[assignment]  # JSON is a Value; lists are only invariant
    return found
