"""Where a run can be held: before a try of a step, and after it where the settings want that.

Whoever holds it may change values first, as often as it likes: each `Replace` is made, told as a warning of the run,
and the question is asked again, so that what is seen then is what the step will see. Nothing of this happens outside
of the outcomes, so a journal of them gives the same run again (docs/semantics.md).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from arazzo_runner.diagnostics import warning
from arazzo_runner.engine.changing import changed, named
from arazzo_runner.engine.effects import Checkpoint, Moment, Ticket
from arazzo_runner.engine.outcomes import Change, Proceed, Replace, Retry, Skip, Stop, Where
from arazzo_runner.engine.progress import Progress
from arazzo_runner.engine.state import Doing, RunState, Stopped
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.redact import is_secret_name


def hold(
    state: RunState, progress: Progress, moment: Moment, scope: Scope, reason: str = ""
) -> Doing[Proceed | Skip | Retry]:
    """Ask the driver at a moment of a step, make the changes that it wants, and return what it decides.

    Raises:
        Stopped: the run is to end here.
    """
    while True:
        decided = yield from state.ask(moment, _question(progress, moment, scope, reason))
        match decided:
            case Proceed() | Skip() | Retry():
                return decided
            case Replace(changes=changes):
                for change in changes:
                    _make(state, progress, change)
                scope = replace(scope, inputs=progress.activation.inputs)
            case Stop(reason=why):
                raise Stopped(f"it was stopped at step '{'/'.join(progress.path)}'" + (f": {why}" if why else ""))
            case _:
                raise AssertionError(f"a checkpoint was answered with {decided}")


def _question(progress: Progress, moment: Moment, scope: Scope, reason: str) -> Callable[[Ticket], Checkpoint]:
    number = len(progress.attempts) + (moment is Moment.BEFORE)
    return lambda ticket: Checkpoint(ticket, progress.path, moment, number, progress.step, scope, reason)


def _make(state: RunState, progress: Progress, change: Change) -> None:
    """Make one change and tell of it; the value is hidden where its place or its name says that it is a secret."""
    activation = progress.activation
    if _is_secret(progress, change):
        state.redactor.learn(change.value)
    match change.where:
        case Where.INPUT:
            activation.inputs = {**activation.inputs, change.name: change.value}
        case Where.OUTPUT:
            before = activation.outputs.get(change.step, {})
            activation.outputs[change.step] = {**before, change.name: change.value}
        case _:
            progress.step = changed(progress.step, change)
    message = f"'{named(change)}' was changed at step '{progress.step.step_id}' by whoever held the run"
    state.warn(warning("run-changed", message, progress.step.span), progress.path)


def _is_secret(progress: Progress, change: Change) -> bool:
    workflow = progress.activation.workflow
    if change.where is Where.INPUT and change.name in workflow.inputs.secret:
        return True
    if change.where is Where.OUTPUT and change.step in workflow.positions:
        step = workflow.steps[workflow.positions[change.step]]
        return change.name in step.secret_outputs or is_secret_name(change.name)
    return is_secret_name(change.name)
