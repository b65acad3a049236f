"""One workflow, from its dependencies to its outputs (Arazzo 1.1, Workflow Object).

A called workflow is a nested call of the same generator, not an effect: depth, deadlines and outputs have one home.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from arazzo_runner.diagnostics import warning
from arazzo_runner.engine.actions import Finish, Goto, Next, Transfer
from arazzo_runner.engine.activation import Activation
from arazzo_runner.engine.events import WorkflowEnded, WorkflowStarted
from arazzo_runner.engine.result import Status
from arazzo_runner.engine.state import Doing, RunState
from arazzo_runner.engine.step import perform_step
from arazzo_runner.errors import LimitReached
from arazzo_runner.expressions.scope import Scope, WorkflowRecord
from arazzo_runner.expressions.template import fill
from arazzo_runner.program.inputs import settle
from arazzo_runner.program.model import BoundWorkflow, WorkflowCall, WorkflowKey
from arazzo_runner.values import Nothing, Value


@dataclass(frozen=True, slots=True)
class Ended:
    """How a workflow ended. `transferred` is the workflow that a goto handed over to; its outputs are the outputs."""

    status: Status
    outputs: Mapping[str, Value | Nothing] = field(default_factory=dict)
    reason: str = ""
    transferred: str = ""
    limit: str = ""


def perform_workflow(
    state: RunState, key: WorkflowKey, inputs: Mapping[str, Value], path: tuple[str, ...] = (), depth: int = 0
) -> Doing[Ended]:
    """Run one workflow with settled inputs; `path` is the path of the calling step, empty for the run's own."""
    workflow = state.program.workflows[key]
    if depth > state.limits.max_depth:
        message = f"workflows call each other more than {state.limits.max_depth} deep, last '{key.workflow_id}'"
        raise LimitReached("max_depth", message)
    state.spend(f"workflow '{key.workflow_id}'")
    failed = yield from _dependencies(state, workflow, inputs, path, depth)
    if failed:
        return Ended(Status.FAILED, reason=failed)
    activation = Activation(workflow, inputs, path, depth)
    ended = yield from _steps(state, activation)
    if not ended.transferred:
        outputs = _outputs(state, activation, failed=ended.status is not Status.SUCCEEDED)
        ended = Ended(ended.status, outputs, ended.reason)
    state.records[key] = WorkflowRecord(activation.inputs, ended.outputs)
    state.completed[key] = ended.status is Status.SUCCEEDED
    return ended


def _steps(state: RunState, activation: Activation) -> Doing[Ended]:
    """Walk the steps in order, as far as the decisions after each lead (WF-06)."""
    workflow, index = activation.workflow, 0
    while index < len(workflow.steps):
        decision = yield from perform_step(state, activation, workflow.steps[index], perform_call)
        match decision:
            case Next():
                index += 1
            case Goto(step_id=step_id):
                index = workflow.positions[step_id]
            case Finish(failed=failed, reason=reason):
                return Ended(Status.FAILED if failed else Status.SUCCEEDED, reason=reason)
            case Transfer(call=call, scope=scope):
                ended = yield from perform_call(state, call, scope, activation.path, activation.depth)
                target = call.workflow.workflow_id
                return Ended(ended.status, ended.outputs, ended.reason, ended.transferred or target, ended.limit)
    return Ended(Status.SUCCEEDED)


def perform_call(state: RunState, call: WorkflowCall, scope: Scope, path: tuple[str, ...], depth: int) -> Doing[Ended]:
    """Call another workflow: evaluate its arguments in the caller's scope, settle them, run it (SUB-04, INP-14)."""
    target = state.program.workflows[call.workflow]
    given: dict[str, Value] = {}
    for argument in call.arguments:
        match fill(argument.value, scope):
            case Nothing(optional=True):
                continue
            case Nothing(reason=reason):
                return Ended(Status.FAILED, reason=f"input '{argument.name}' has no value: {reason}")
            case value:
                given[argument.name] = value
    return (yield from _enter(state, target, given, path, depth + 1))


def _enter(
    state: RunState, workflow: BoundWorkflow, given: Mapping[str, Value], path: tuple[str, ...], depth: int
) -> Doing[Ended]:
    name = workflow.key.workflow_id
    settled = settle(workflow.inputs, given)
    if settled.problems:
        return Ended(Status.FAILED, reason=state.redactor.text(f"workflow '{name}': " + "; ".join(settled.problems)))
    state.learn_inputs(workflow.inputs, settled.inputs)
    state.emit(WorkflowStarted(name, path))
    ended = yield from perform_workflow(state, workflow.key, settled.inputs, path, depth)
    state.emit(WorkflowEnded(name, path, ended.status))
    return ended


def _dependencies(
    state: RunState, workflow: BoundWorkflow, inputs: Mapping[str, Value], path: tuple[str, ...], depth: int
) -> Doing[str]:
    """Run what this workflow depends on, each once a run (DEP-05, DEP-06, DEP-08); return why one failed, or nothing.

    A dependency gets what it declares of the run's inputs and of the inputs of this workflow, and what the caller gave
    for it by name, which counts most (DEP-09).
    """
    for key in workflow.depends_on:
        if key not in state.completed:
            dependency = state.program.workflows[key]
            known = {**state.inputs, **inputs}
            shared = {name: value for name, value in known.items() if name in dependency.inputs.properties}
            given = shared | dict(state.inputs_for.get(key.workflow_id, {}))
            ended = yield from _enter(state, dependency, given, path, depth + 1)
            state.completed[key] = ended.status is Status.SUCCEEDED
            if not state.completed[key]:
                return f"it depends on workflow '{key.workflow_id}', which failed: {ended.reason}"
        elif not state.completed[key]:
            return f"it depends on workflow '{key.workflow_id}', which failed"
    return ""


def _outputs(state: RunState, activation: Activation, *, failed: bool) -> dict[str, Value | Nothing]:
    """Evaluate the outputs of a workflow at its end; one that finds nothing is kept as such (P19, OUT-13)."""
    scope = activation.scope(state)
    outputs: dict[str, Value | Nothing] = {}
    for name, compiled in activation.workflow.outputs:
        found = fill(compiled, scope)
        if isinstance(found, Nothing) and not failed:
            message = f"output '{name}' of workflow '{activation.workflow.key.workflow_id}' is null: {found.reason}"
            state.warn(warning("reading-P19", message, activation.workflow.output_span(name)), activation.path)
        outputs[name] = found
    return outputs
