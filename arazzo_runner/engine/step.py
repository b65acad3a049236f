"""One step: build, perform, judge, name outputs, decide (FLO-01), as often as its retries allow.

A step's counters belong to its activation: leaving and entering it again begins anew (RTY-18).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from arazzo_runner.diagnostics import warning
from arazzo_runner.engine import dependencies
from arazzo_runner.engine.actions import Choice, Decision, Goto, Next, Transfer, choose, decide, target_of
from arazzo_runner.engine.activation import Activation
from arazzo_runner.engine.attempt import Tried, call_workflow, send_request
from arazzo_runner.engine.effects import Moment, Sleep
from arazzo_runner.engine.events import ActionChosen, CriteriaJudged, StepEnded, StepStarted, Waiting
from arazzo_runner.engine.holding import hold
from arazzo_runner.engine.outcomes import Retry, Skip
from arazzo_runner.engine.progress import Progress
from arazzo_runner.engine.result import Attempt, Status, StepResult
from arazzo_runner.engine.retry import delay
from arazzo_runner.engine.state import DeadlinePassed, Doing, RunState
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.expressions.template import fill
from arazzo_runner.program.model import BoundAction, BoundStep, OperationCall, WorkflowCall
from arazzo_runner.redact import is_secret_name
from arazzo_runner.values import Nothing, Value

if TYPE_CHECKING:
    from arazzo_runner.engine.workflow import Ended


class Caller(Protocol):
    """Runs a called workflow; handed in, because workflows are made of steps."""

    def __call__(
        self, state: RunState, call: WorkflowCall, scope: Scope, path: tuple[str, ...], depth: int
    ) -> Doing[Ended]:
        """Run the workflow and return how it ended."""


def perform_step(state: RunState, activation: Activation, step: BoundStep, caller: Caller) -> Doing[Decision]:
    """Perform one step of a workflow, and return what comes after it."""
    progress = Progress(activation, step, (*activation.path, step.step_id))
    dependencies.begin(state, activation, step)
    while True:
        state.spend(f"step '{step.step_id}'")
        decided = yield from hold(state, progress, Moment.BEFORE, activation.scope(state))
        if isinstance(decided, Skip):
            return _skip(state, progress, decided)
        tried = yield from _attempt(state, progress, caller)
        progress.attempts.append(tried.record)
        state.emit(CriteriaJudged(progress.path, tried.record.criteria))
        activation.outputs[step.step_id] = _outputs(state, progress, tried)
        if state.settings.pauses:
            moment = Moment.PASSED if tried.passed else Moment.FAILED
            decided = yield from hold(state, progress, moment, tried.scope, tried.reason)
            if isinstance(decided, Skip):
                return _skip(state, progress, decided)
            if isinstance(decided, Retry):
                continue
            tried = replace(tried, scope=replace(tried.scope, inputs=activation.inputs))
        actions = step.on_success if tried.passed else step.on_failure
        choice = choose(actions, tried.scope, progress.retries, state, progress.path)
        action = choice.action
        if action is None or action.type != "retry":
            return _conclude(state, progress, tried, choice)
        _tell(state, progress, action, choice)
        yield from _prepare_retry(state, progress, action, tried, caller)


def _tell(state: RunState, progress: Progress, action: BoundAction, choice: Choice) -> None:
    state.emit(ActionChosen(progress.path, action.name, action.type, target_of(action), choice.considered))


def _attempt(state: RunState, progress: Progress, caller: Caller) -> Doing[Tried]:
    step, number = progress.step, len(progress.attempts) + 1
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


def _conclude(state: RunState, progress: Progress, tried: Tried, choice: Choice) -> Decision:
    """Record the step, tell of it, and decide what comes next."""
    step, action = progress.step, choice.action
    reason = "" if tried.passed else f"step '{step.step_id}': {tried.reason}"
    decision = decide(action, tried.passed, reason, tried.scope)
    handled = not tried.passed and isinstance(decision, Goto | Transfer)
    dependencies.end(state, progress.activation, step, completed=tried.passed or handled)
    status = Status.SUCCEEDED if tried.passed else Status.FAILED
    result = replace(
        _record(progress, status), action=action.name if action else "", handled=handled, reason=tried.reason
    )
    state.steps.append(result)
    if action is not None:
        _tell(state, progress, action, choice)
    looked_at = choice.considered if action is None else ()
    outputs = state.shown_outputs(step, result.outputs)
    state.emit(StepEnded(progress.path, result.status, tried.reason, outputs, looked_at))
    return decision


def _skip(state: RunState, progress: Progress, decided: Skip) -> Decision:
    """Record a step that whoever holds the run takes as done: it has completed, and no action of it is looked at.

    What it has given so far stays, and what is given for it comes in its place.
    """
    step, outputs = progress.step, progress.activation.outputs
    missing = dict.fromkeys((name for name, _ in step.outputs), Nothing(f"step '{step.step_id}' was skipped"))
    so_far = outputs.get(step.step_id, {}) if progress.attempts else {}
    for name, value in decided.outputs.items():
        if name in step.secret_outputs or is_secret_name(name):
            state.redactor.learn(value)
    outputs[step.step_id] = {**missing, **so_far, **decided.outputs}
    state.warn(
        warning("run-changed", f"step '{step.step_id}' was skipped by whoever held the run", step.span), progress.path
    )
    dependencies.end(state, progress.activation, step, completed=True)
    if not progress.attempts:
        state.emit(StepStarted(progress.path, 1, _target(step)))
    result = _record(progress, Status.SKIPPED)
    state.steps.append(result)
    state.emit(StepEnded(progress.path, result.status, "", state.shown_outputs(step, result.outputs)))
    return Next()


def _record(progress: Progress, status: Status) -> StepResult:
    outputs = progress.activation.outputs[progress.step.step_id]
    return StepResult(
        step_id=progress.step.step_id,
        workflow_id=progress.activation.workflow.key.workflow_id,
        path=progress.path,
        status=status,
        attempts=tuple(progress.attempts),
        outputs={name: None if isinstance(found, Nothing) else found for name, found in outputs.items()},
        secret_outputs=progress.step.secret_outputs,
    )
