"""The step that a client's request may stand for: what workflows ask of an answer shapes what a client gets.

Where several steps call one operation, the one whose fixed parameters the request has is meant, the first of them.
What a request gives away of the run behind it (an input or output that is sent as it is) is known to the criteria.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from arazzo_runner.expressions.grammar import Input, StepOutput
from arazzo_runner.expressions.scope import Scope, Sent
from arazzo_runner.expressions.template import CompiledValue, Constant, ObjectValue, Whole
from arazzo_runner.mock.plans import plans_for
from arazzo_runner.program.model import (
    BoundParameter,
    BoundStep,
    BoundWorkflow,
    OperationCall,
    Program,
    WorkflowCall,
    WorkflowKey,
)
from arazzo_runner.sources.operations import Operation
from arazzo_runner.values import Nothing, Value, is_value

_Key: TypeAlias = tuple[str, str, str]
"""Source, method and path of an operation."""


class Steps:
    """The steps of workflows, by the operation that they call.

    A step kept here has the outputs of all steps that call its operation, and goes nowhere: there is no run. `program`
    holds the kept steps, for what their answers are used for later; None where there is no workflow.
    """

    def __init__(self, workflows: Iterable[BoundWorkflow] = ()) -> None:
        given = _whole({workflow.key: workflow for workflow in workflows})
        outputs: dict[_Key, list[tuple[str, CompiledValue]]] = {}
        for step in (step for workflow in given.values() for step in workflow.steps):
            if isinstance(step.call, OperationCall):
                outputs.setdefault(_key(step.call.operation), []).extend(step.outputs)
        kept = {
            key: replace(flow, steps=tuple(_kept(step, outputs) for step in flow.steps)) for key, flow in given.items()
        }
        self._written: dict[_Key, list[BoundStep]] = {}
        for step in (step for workflow in given.values() for step in workflow.steps):
            if isinstance(step.call, OperationCall):
                self._written.setdefault(_key(step.call.operation), []).append(step)
        self._steps: dict[_Key, list[BoundStep]] = {}
        for step in (step for workflow in kept.values() for step in workflow.steps):
            if isinstance(step.call, OperationCall):
                self._steps.setdefault(_key(step.call.operation), []).append(step)
        self.program = Program(next(iter(kept)), kept) if kept else None

    def meant(self, operation: Operation, sent: Sent) -> BoundStep:
        """Return the step that a request stands for; one without any wishes where no workflow calls the operation."""
        calling = self._steps.get(_key(operation), [])
        if calling:
            return max(calling, key=lambda each: _agreement(each, sent))
        return BoundStep(operation.operation_id or f"{operation.method} {operation.path}", OperationCall(operation))

    def wanting(self, operation: Operation, sent: Sent, statuses: frozenset[int]) -> Iterator[BoundStep]:
        """Yield the steps that a request can stand for whose criteria want one of the statuses, the likeliest first.

        What other steps read of the operation's answers is not wanted of these: each has its own outputs alone.
        """
        calling = [(_agreement(step, sent), step) for step in self._written.get(_key(operation), [])]
        for agreement, step in sorted(calling, key=lambda each: -each[0]):
            if agreement >= 0 and _wants(step, sent, statuses):
                yield replace(step, on_success=(), on_failure=())


def _wants(step: BoundStep, sent: Sent, statuses: frozenset[int]) -> bool:
    """Tell whether the criteria of a step can be met with one of the statuses, in a way that no success meets."""
    plans = plans_for(step.criteria, scope_of(step, sent)) if step.criteria else ()
    return any(any(map(plan.allows, statuses)) and not any(map(plan.allows, range(200, 300))) for plan in plans)


def _kept(step: BoundStep, outputs: Mapping[_Key, list[tuple[str, CompiledValue]]]) -> BoundStep:
    if not isinstance(step.call, OperationCall):
        return replace(step, on_success=(), on_failure=())
    others = (one for one in outputs[_key(step.call.operation)] if one not in step.outputs)
    return replace(step, outputs=(*step.outputs, *others), on_success=(), on_failure=())


def _whole(workflows: dict[WorkflowKey, BoundWorkflow]) -> dict[WorkflowKey, BoundWorkflow]:
    """Leave out each workflow that calls or awaits one that is not there."""
    while True:
        left = {key: flow for key, flow in workflows.items() if all(one in workflows for one in _wanted(flow))}
        if len(left) == len(workflows):
            return left
        workflows = left


def _wanted(workflow: BoundWorkflow) -> Iterator[WorkflowKey]:
    yield from workflow.depends_on
    for step in workflow.steps:
        yield from (step.call.workflow,) if isinstance(step.call, WorkflowCall) else ()
        yield from (one.step.workflow for one in step.depends_on)


def scope_of(step: BoundStep, sent: Sent) -> Scope:
    """Return what the step sees: the request, and the inputs and outputs whose values stand in it as they are."""
    inputs: dict[str, Value] = {}
    outputs: dict[str, dict[str, Value | Nothing]] = {}
    for compiled, value in _seen(step, sent):
        match compiled:
            case Whole(Input(name=name, pointer=None, navigation=())):
                inputs[name] = value
            case Whole(StepOutput(step=other, name=name, pointer=None, navigation=())):
                outputs.setdefault(other, {})[name] = value
    return Scope(inputs=inputs, steps=outputs, request=sent)


def _key(operation: Operation) -> _Key:
    return operation.source, operation.method, operation.path


def _agreement(step: BoundStep, sent: Sent) -> int:
    """Return how many fixed values of a step the request has; one that it has not counts more than any."""
    score = 0
    for compiled, value in _seen(step, sent):
        if isinstance(compiled, Constant):
            score += 1 if str(compiled.value) == str(value) else -100
    return score


def _seen(step: BoundStep, sent: Sent) -> Iterator[tuple[CompiledValue, Value]]:
    """Yield what the step gives, with what the request has in that place."""
    assert isinstance(step.call, OperationCall), "only such steps are kept"
    for parameter in step.call.parameters:
        value = _sent(parameter, sent)
        if is_value(value):
            yield parameter.value, value
    body = step.call.body
    if body is None or body.payload is None or not is_value(sent.body):
        return
    if isinstance(body.payload, ObjectValue) and isinstance(sent.body, dict):
        yield from ((member, sent.body[name]) for name, member in body.payload.members if name in sent.body)
    else:
        yield body.payload, sent.body


def _sent(parameter: BoundParameter, sent: Sent) -> Value | Nothing:
    places = {"path": sent.path, "query": sent.query, "header": sent.header}
    name = parameter.name.lower() if parameter.location == "header" else parameter.name
    return places.get(parameter.location, {}).get(name, Nothing("it was not sent"))
