"""One step: build, perform, judge, name outputs, decide (FLO-01), as often as its retries allow.

A step's counters belong to its activation: leaving and entering it again begins anew (RTY-18).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from arazzo_runner.diagnostics import warning
from arazzo_runner.engine import dependencies
from arazzo_runner.engine.actions import Decision, Goto, Transfer, choose, decide, target_of
from arazzo_runner.engine.activation import Activation
from arazzo_runner.engine.attempt import Tried, call_workflow, send_request
from arazzo_runner.engine.effects import Sleep
from arazzo_runner.engine.events import ActionChosen, CriteriaJudged, StepEnded, StepStarted, Waiting
from arazzo_runner.engine.result import Attempt, Status, StepResult
from arazzo_runner.engine.retry import delay
from arazzo_runner.engine.state import DeadlinePassed, Doing, RunState
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.expressions.template import fill
from arazzo_runner.program.model import BoundAction, BoundStep, OperationCall, WorkflowCall
from arazzo_runner.values import Nothing, Value

if TYPE_CHECKING:
    from arazzo_runner.engine.workflow import Ended


class Caller(Protocol):
    """Runs a called workflow; handed in, because workflows are made of steps."""

    def __call__(
        self, state: RunState, call: WorkflowCall, scope: Scope, path: tuple[str, ...], depth: int
    ) -> Doing[Ended]:
        """Run the workflow and return how it ended."""


@dataclass(slots=True)
class Progress:
    """A step in progress: where it stands, its attempts so far, and the retries that each action has used."""

    activation: Activation
    step: BoundStep
    path: tuple[str, ...]
    attempts: list[Attempt] = field(default_factory=list)
    retries: dict[str, int] = field(default_factory=dict)


def perform_step(state: RunState, activation: Activation, step: BoundStep, caller: Caller) -> Doing[Decision]:
    """Perform one step of a workflow, and return what comes after it."""
    progress = Progress(activation, step, (*activation.path, step.step_id))
    dependencies.begin(state, activation, step)
    while True:
        tried = yield from _attempt(state, progress, caller)
        progress.attempts.append(tried.record)
        state.emit(CriteriaJudged(progress.path, tried.record.criteria))
        activation.outputs[step.step_id] = outputs = _outputs(state, progress, tried)
        actions = step.on_success if tried.passed else step.on_failure
        action = choose(actions, tried.scope, progress.retries, state, progress.path)
        if action is None or action.type != "retry":
            return _conclude(state, progress, tried, action, outputs)
        yield from _prepare_retry(state, progress, action, tried, caller)


def _attempt(state: RunState, progress: Progress, caller: Caller) -> Doing[Tried]:
    step, number = progress.step, len(progress.attempts) + 1
    state.spend(f"step '{step.step_id}'")
    yield from state.checkpoint(progress.path)
    state.emit(StepStarted(progress.path, number, _target(step)))
    reason = dependencies.unsatisfied(state, progress.activation, step)
    if reason:
        return Tried(Attempt(number, problem=reason), False, progress.activation.scope(state), reason)
    deadline = None if step.timeout is None else state.open_deadline(step.timeout)
    try:
        if isinstance(step.call, OperationCall):
            tried = yield from send_request(state, progress.activation, step, step.call, number)
            if tried.record.failure is not None:
                state.check_deadlines(but=deadline)  # no answer came in time: of the step, or of what is around it
            return tried
        return (yield from call_workflow(state, progress.activation, step, step.call, number, caller))
    except DeadlinePassed as passed:
        if passed.deadline != deadline:
            raise
        reason = f"it took longer than its timeout of {step.timeout:g} seconds"
        return Tried(Attempt(number, problem=reason), False, progress.activation.scope(state), reason)
    finally:
        if deadline is not None:
            state.close_deadline(deadline)


def _target(step: BoundStep) -> str:
    if isinstance(step.call, OperationCall):
        return f"{step.call.operation.method} {step.call.operation.path}"
    return f"workflow {step.call.workflow.workflow_id}"


def _outputs(state: RunState, progress: Progress, tried: Tried) -> dict[str, Value | Nothing]:
    """Name the outputs, best effort after a failure; one that finds nothing keeps its reason (P19, OUT-07)."""
    outputs: dict[str, Value | Nothing] = {}
    for name, compiled in progress.step.outputs:
        found = fill(compiled, tried.scope)
        if isinstance(found, Nothing):
            reason = f"output '{name}' of step '{progress.step.step_id}' found nothing: {found.reason}"
            if tried.passed:
                state.warn(warning("reading-P19", reason, progress.step.output_span(name)), progress.path)
            found = Nothing(reason)
        elif name in progress.step.secret_outputs:
            state.redactor.learn(found)
        outputs[name] = found
    return outputs


def _prepare_retry(
    state: RunState, progress: Progress, action: BoundAction, tried: Tried, caller: Caller
) -> Doing[None]:
    """Wait, then run what the action refers to (RTY-16); its own failure or decision changes nothing (RTY-17).

    No wait goes beyond the time that a calling step or the run has left.
    """
    progress.retries[action.name] = progress.retries.get(action.name, 0) + 1
    state.emit(ActionChosen(progress.path, action.name, "retry", target_of(action)))
    left = state.time_left()
    seconds = delay(action, tried.scope.response, state.clock, state.limits.max_wait)
    seconds = seconds if left is None else min(seconds, left)
    if seconds > 0:
        state.emit(Waiting(progress.path, seconds, len(progress.attempts) + 1, action.retry_limit + 1))
        yield state.start(lambda ticket: Sleep(ticket, seconds, progress.path))
        state.check_deadlines()
    activation = progress.activation
    with state.reference(activation.depth):
        # A step that names itself is simply tried again: to run it first, and then again, is what nobody means.
        if action.step_id is not None and action.step_id != progress.step.step_id:
            step = activation.workflow.steps[activation.workflow.positions[action.step_id]]
            yield from perform_step(state, activation, step, caller)
        elif action.workflow is not None:
            yield from caller(state, action.workflow, tried.scope, progress.path, activation.depth)


def _conclude(
    state: RunState,
    progress: Progress,
    tried: Tried,
    action: BoundAction | None,
    outputs: Mapping[str, Value | Nothing],
) -> Decision:
    """Record the step, tell of it, and decide what comes next."""
    step = progress.step
    reason = "" if tried.passed else f"step '{step.step_id}': {tried.reason}"
    decision = decide(action, tried.passed, reason, tried.scope)
    handled = not tried.passed and isinstance(decision, Goto | Transfer)
    dependencies.end(state, progress.activation, step, completed=tried.passed or handled)
    result = StepResult(
        step_id=step.step_id,
        workflow_id=progress.activation.workflow.key.workflow_id,
        path=progress.path,
        status=Status.SUCCEEDED if tried.passed else Status.FAILED,
        attempts=tuple(progress.attempts),
        outputs={name: None if isinstance(found, Nothing) else found for name, found in outputs.items()},
        action=action.name if action else "",
        handled=handled,
        reason=tried.reason,
    )
    state.steps.append(result)
    if action is not None:
        state.emit(ActionChosen(progress.path, action.name, action.type, target_of(action)))
    state.emit(StepEnded(progress.path, result.status, tried.reason, result.outputs))
    return decision
