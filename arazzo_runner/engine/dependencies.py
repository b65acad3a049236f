"""Which steps have completed, for those that depend on them (Arazzo 1.1, Step Object: dependsOn; DEP-26 to DEP-28).

A step has completed once it succeeded, or failed and a failure action handled that by going on elsewhere. What it
does later takes nothing away from that. A dependency is never started for the sake of who names it: where it has not
completed, the step that needs it fails, and its failure actions are tried.

A step of the same workflow counts within one activation of it; one of another workflow, in whichever activation.
"""

from __future__ import annotations

from arazzo_runner.engine.activation import Activation
from arazzo_runner.engine.standings import Standing
from arazzo_runner.engine.state import RunState
from arazzo_runner.program.model import BoundStep, StepKey

MAX_SHOWN = 5
"""Dependencies that a reason names."""

_FATES = {
    Standing.UNKNOWN: "was never started",
    Standing.BEGUN: "has not ended",
    Standing.FAILED: "failed",
    Standing.COMPLETED: "has completed",
}


def begin(state: RunState, activation: Activation, step: BoundStep) -> None:
    """Note that a step has begun."""
    activation.standings.begin(step.step_id)
    state.standings.begin(StepKey(activation.workflow.key, step.step_id))


def end(state: RunState, activation: Activation, step: BoundStep, *, completed: bool) -> None:
    """Note how a step ended."""
    activation.standings.end(step.step_id, completed=completed)
    state.standings.end(StepKey(activation.workflow.key, step.step_id), completed=completed)


def unsatisfied(state: RunState, activation: Activation, step: BoundStep) -> str:
    """Say which dependencies of a step have not completed, and what became of each; nothing where all have."""
    found = [told for one in step.depends_on if (told := _unmet(state, activation, one.step))]
    more = [f"and {len(found) - MAX_SHOWN} more"] if len(found) > MAX_SHOWN else []
    return "unsatisfied dependency: " + "; ".join((*found[:MAX_SHOWN], *more)) if found else ""


def _unmet(state: RunState, activation: Activation, key: StepKey) -> str:
    if key.workflow == activation.workflow.key:
        fate = activation.standings.of(key.step_id)
        return "" if fate is Standing.COMPLETED else f"step '{key.step_id}' {_FATES[fate]}"
    fate = state.standings.of(key)
    if fate is Standing.COMPLETED:
        return ""
    name = f"step '{key.step_id}' of workflow '{key.workflow.workflow_id}'"
    if key.workflow not in state.program.workflows:
        return f"{name} was never started: that workflow is no part of this run"
    return f"{name} {_FATES[fate]}"
