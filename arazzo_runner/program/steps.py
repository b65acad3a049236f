"""Binding one step: its target found, its parameters merged and compiled, its criteria, actions and outputs ready."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from arazzo_runner.diagnostics import did_you_mean, renaming
from arazzo_runner.document.model import Action, Parameter, Reusable, Step, Workflow
from arazzo_runner.expressions.embed import Place
from arazzo_runner.expressions.template import CompiledValue
from arazzo_runner.program import references
from arazzo_runner.program.bodies import bind_body
from arazzo_runner.program.callee_results import remark_callee_results
from arazzo_runner.program.dependencies import bind_dependencies
from arazzo_runner.program.model import (
    Argument,
    BoundAction,
    BoundParameter,
    BoundStep,
    OperationCall,
    WorkflowCall,
    WorkflowKey,
)
from arazzo_runner.program.outputs import bind_outputs, bind_step_outputs
from arazzo_runner.program.placing import placed
from arazzo_runner.program.unit import Unit
from arazzo_runner.redact import is_secret_name
from arazzo_runner.sources.lookup import find_operation
from arazzo_runner.sources.openapi.parameters import undeclared
from arazzo_runner.sources.operations import Operation

Actions: TypeAlias = tuple[Action | Reusable, ...]

MAX_TIMEOUT = 1_000_000_000_000
"""Milliseconds of a step's timeout that count: some thirty years."""

PLACES: Mapping[str, Place] = {
    "path": Place.PATH,
    "query": Place.QUERY,
    "querystring": Place.QUERYSTRING,
    "header": Place.HEADER,
    "cookie": Place.COOKIE,
}


def bind_step(unit: Unit, workflow: Workflow, step: Step) -> BoundStep | None:
    """Bind a step of a workflow; None after a fault that leaves it without a target (it has been reported)."""
    unit.step_id = step.step_id
    call = _call(unit, workflow, step)
    if isinstance(call, WorkflowCall):  # what `$outputs` reads here are the outputs of the callee (SUB-07)
        unit.declared = replace(unit.declared, outputs=frozenset(unit.workflows[call.workflow].outputs))
    before = frozenset(unit.mentions)
    bound = _bound(unit, workflow, step, call or _NOTHING)
    if isinstance(call, WorkflowCall) and not unit.dialect.strict:
        remark_callee_results(unit, step, call, before)
    unit.step_id, unit.declared = None, replace(unit.declared, outputs=None)
    return bound if call is not None else None


_NOTHING = WorkflowCall(WorkflowKey("", ""))
"""Stands in for a target that was not found, so that the faults of the rest are told at once."""


def _bound(unit: Unit, workflow: Workflow, step: Step, call: OperationCall | WorkflowCall) -> BoundStep:
    return BoundStep(
        step_id=step.step_id,
        call=call,
        criteria=unit.criteria(step.success_criteria),
        on_success=_actions(unit, workflow, step.on_success, workflow.success_actions, "successActions"),
        on_failure=_actions(unit, workflow, step.on_failure, workflow.failure_actions, "failureActions"),
        outputs=_outputs(unit, workflow, step, call),
        secret_outputs=frozenset(name for name in step.outputs if is_secret_name(name)),
        timeout=None if step.timeout is None else min(step.timeout, MAX_TIMEOUT) / 1000,
        depends_on=tuple(bind_dependencies(unit, workflow, step)),
        at=step.at,
        document=unit.description,
    )


def _outputs(
    unit: Unit, workflow: Workflow, step: Step, call: OperationCall | WorkflowCall
) -> tuple[tuple[str, CompiledValue], ...]:
    if isinstance(call, WorkflowCall):
        return tuple(bind_outputs(unit, step.outputs, step.at))
    found = tuple(bind_step_outputs(unit, step, call.operation, workflow.at))
    unit.own_names.learn(step.step_id, call.operation, dict(found))
    return found


def _call(unit: Unit, workflow: Workflow, step: Step) -> OperationCall | WorkflowCall | None:
    if step.channel_path is not None:
        at = (*step.at, "channelPath")
        unit.error("unsupported-asyncapi", f"step '{step.step_id}' uses a channel: AsyncAPI is not supported", at)
        return None
    if step.workflow_id is not None:
        return _workflow_call(unit, workflow, step, step.workflow_id)
    if step.operation_id is None and step.operation_path is None:
        return None  # the document's structure is at fault, and that has been said
    return _operation_call(unit, workflow, step)


def _workflow_call(unit: Unit, workflow: Workflow, step: Step, workflow_id: str) -> WorkflowCall | None:
    """Bind a call of a workflow: parameters are its inputs, by name (SUB-04, SUB-05)."""
    key = references.workflow_key(unit, workflow_id, (*step.at, "workflowId"))
    own = references.parameters(unit, step.parameters)
    if key is None:
        tuple(arguments(unit, own))  # for the faults of their values
        return None
    declared = unit.inputs_of(key)
    named = {parameter.name for parameter in own}
    inherited = (p for p in references.parameters(unit, workflow.parameters) if p.name not in named)
    passed = (*(p for p in inherited if p.name in declared.properties), *own)
    return WorkflowCall(key, tuple(arguments(unit, passed)))


def arguments(unit: Unit, parameters: tuple[Parameter, ...]) -> Iterator[Argument]:
    """Compile parameters that are inputs of a workflow."""
    for parameter in parameters:
        yield Argument(parameter.name, unit.value(parameter.value, (*parameter.at, "value"), Place.INPUT))


def _operation_call(unit: Unit, workflow: Workflow, step: Step) -> OperationCall | None:
    found = find_operation(step, unit.description, unit.registry, unit.dialect.strict, workflow.parameters)
    at = (*step.at, "operationId" if step.operation_id is not None else "operationPath")
    here = unit.description.span(at) if found.diagnostics else None
    for diagnostic in found.diagnostics:
        unit.report(replace(diagnostic, at=at) if diagnostic.span == here else diagnostic)
    given = placed(unit, _merged(unit, workflow, step), found.operation)
    parameters = tuple(one for one in (_bind_parameter(unit, each, found.operation) for each in given) if one)
    body = bind_body(unit, step, found.operation, parameters)
    return None if found.operation is None else OperationCall(found.operation, parameters, body)


def _merged(unit: Unit, workflow: Workflow, step: Step) -> tuple[Parameter, ...]:
    """Return the workflow's parameters, then the step's; one of the same name and place is replaced (PAR-09)."""
    merged: dict[tuple[str, str | None], Parameter] = {}
    for parameter in references.parameters(unit, workflow.parameters):
        merged[_identity(parameter)] = parameter
    for parameter in references.parameters(unit, step.parameters):
        merged[_identity(parameter)] = parameter
    return tuple(merged.values())


def _identity(parameter: Parameter) -> tuple[str, str | None]:
    """Return what makes two parameters the same: header names count without case (PAR-08)."""
    header = parameter.location == "header"
    return (parameter.name.lower() if header else parameter.name, parameter.location)


def _bind_parameter(unit: Unit, parameter: Parameter, operation: Operation | None) -> BoundParameter | None:
    location = parameter.location
    if location is None or location not in PLACES:
        unit.whole = False  # a place that is missing or unknown has been reported with the document, an empty one not
        if unit.characters.node((*parameter.at, "in")) in (None, ""):
            message = f"parameter '{parameter.name}' does not say where it goes"
            unit.error("parameter-no-place", message, parameter.at, "add `in`: path, query, header or cookie")
        return None
    value = unit.value(parameter.value, (*parameter.at, "value"), PLACES[location])
    declared = operation.parameter(parameter.name, location) if operation is not None else None
    stand_in = undeclared(parameter.name, location)
    return BoundParameter(parameter.name, location, value, declared or stand_in, parameter.at, declared is not None)


def _actions(unit: Unit, workflow: Workflow, own: Actions, inherited: Actions, kind: str) -> tuple[BoundAction, ...]:
    """Return the step's actions, then those of the workflow that it does not redefine by name (ACT-13, ACT-14)."""
    first = references.actions(unit, own, kind)
    names = {action.name for action in first}
    rest = (action for action in references.actions(unit, inherited, kind) if action.name not in names)
    bound = (_bind_action(unit, workflow, action) for action in (*first, *rest))
    return tuple(action for action in bound if action is not None)


def _bind_action(unit: Unit, workflow: Workflow, action: Action) -> BoundAction | None:
    target: WorkflowKey | None = None
    if action.step_id is not None and workflow.step(action.step_id) is None:
        ids = [step.step_id for step in workflow.steps]
        message = f"action '{action.name}' names step '{action.step_id}', which workflow '{workflow.workflow_id}' lacks"
        at = (*action.at, "stepId")
        fix = renaming(action.step_id, ids, at)
        unit.error("reference-unknown-step", message, at, did_you_mean(action.step_id, ids), fix=fix)
        return None
    if action.workflow_id is not None:
        target = references.workflow_key(unit, action.workflow_id, (*action.at, "workflowId"))
        if target is None:
            return None
    passed = tuple(arguments(unit, references.parameters(unit, action.parameters)))
    return BoundAction(
        name=action.name,
        type=action.type,
        criteria=unit.criteria(action.criteria),
        step_id=action.step_id if action.type != "end" else None,
        workflow=WorkflowCall(target, passed) if target is not None and action.type != "end" else None,
        retry_after=action.retry_after or 0.0,
        retry_limit=1 if action.retry_limit is None else action.retry_limit,
        at=action.at,
    )
