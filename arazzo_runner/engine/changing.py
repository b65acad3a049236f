"""Values changed while a run is held: a step with another value in the place of one that it sends or hands over."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from arazzo_runner.engine.outcomes import Change, Where
from arazzo_runner.expressions.template import Constant
from arazzo_runner.program.model import (
    Argument,
    BoundBody,
    BoundParameter,
    BoundStep,
    OperationCall,
    WorkflowCall,
)
from arazzo_runner.redact import is_secret_name
from arazzo_runner.sources.openapi.parameters import undeclared


def named(change: Change) -> str:
    """Name what a change is about, as a runtime expression does where there is one for it."""
    match change.where:
        case Where.INPUT:
            return f"$inputs.{change.name}"
        case Where.OUTPUT:
            return f"$steps.{change.step}.outputs.{change.name}"
        case Where.BODY:
            return "$request.body"
        case Where.ARGUMENT:
            return f"parameter {change.name}"
        case Where.PATH | Where.QUERY | Where.HEADER | Where.COOKIE | Where.QUERYSTRING:
            return f"$request.{change.where.value}.{change.name}"
        case _:
            assert_never(change.where)


def changed(step: BoundStep, change: Change) -> BoundStep:
    """Return the step with a value changed; one that does not take such a value stays as it is."""
    match step.call:
        case WorkflowCall() as call if change.where is Where.ARGUMENT:
            return replace(step, call=replace(call, arguments=_arguments(call, change)))
        case OperationCall() as call if change.where is Where.BODY:
            return replace(step, call=replace(call, body=_body(call, change)))
        case OperationCall() as call if change.where.value in _PARAMETERS:
            return replace(step, call=replace(call, parameters=_parameters(call, change)))
        case _:
            return step


_PARAMETERS = frozenset({"path", "query", "querystring", "header", "cookie"})


def _arguments(call: WorkflowCall, change: Change) -> tuple[Argument, ...]:
    new = Argument(change.name, _constant(change))
    if change.name not in (one.name for one in call.arguments):
        return (*call.arguments, new)
    return tuple(new if one.name == change.name else one for one in call.arguments)


def _body(call: OperationCall, change: Change) -> BoundBody:
    if call.body is not None:
        return replace(call.body, payload=_constant(change), replacements=())
    offered = call.operation.body.content if call.operation.body is not None else {}
    return BoundBody(None, _constant(change), offered)


def _parameters(call: OperationCall, change: Change) -> tuple[BoundParameter, ...]:
    """Return the parameters with one changed, or added: it goes on the wire as the API description says."""
    if any(_is_it(one, change) for one in call.parameters):
        return tuple(replace(one, value=_constant(change)) if _is_it(one, change) else one for one in call.parameters)
    location = change.where.value
    declared = call.operation.parameter(change.name, location)
    stand_in = declared or undeclared(change.name, location)
    new = BoundParameter(
        change.name,
        location,
        _constant(change),
        stand_in,
        is_declared=declared is not None,
        secret=is_secret_name(change.name),
    )
    return (*call.parameters, new)


def _is_it(parameter: BoundParameter, change: Change) -> bool:
    """Tell whether a parameter is the one that is changed: header names count without case (PAR-08)."""
    if parameter.location != change.where.value:
        return False
    if change.where is Where.HEADER:
        return parameter.name.lower() == change.name.lower()
    return parameter.name == change.name


def _constant(change: Change) -> Constant:
    return Constant(change.value)  # type: ignore[arg-type]  # what is not JSON (bytes) is a Value, as `fill` gives it
