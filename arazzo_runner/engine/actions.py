"""What happens after a step: its actions, and the decision they lead to.

An action fires if all its criteria hold; the first that fires is the only one. A retry whose limit is used up is
passed over, so that later actions get their turn (Arazzo 1.1, Failure Action Object; RTY-09 to RTY-11). Where nothing
fires, a step that succeeded goes on to the next and a step that failed breaks the workflow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from arazzo_runner.diagnostics import warning
from arazzo_runner.engine.state import RunState
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.program.model import BoundAction, WorkflowCall


@dataclass(frozen=True, slots=True)
class Next:
    """Go on with the next step."""


@dataclass(frozen=True, slots=True)
class Finish:
    """End the workflow, well (`failed` is False) or because a step failed."""

    failed: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Goto:
    """Go on with the step of that id."""

    step_id: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """Hand over to another workflow, with no return; `scope` is what its arguments are evaluated in."""

    call: WorkflowCall
    scope: Scope


Decision: TypeAlias = Next | Finish | Goto | Transfer


def choose(
    actions: tuple[BoundAction, ...], scope: Scope, tried: dict[str, int], state: RunState, path: tuple[str, ...]
) -> BoundAction | None:
    """Return the first action that fires. `tried` counts the retries that each action has used in this activation."""
    for action in actions:
        if action.type == "retry" and tried.get(action.name, 0) >= action.retry_limit:
            continue
        if _fires(action, scope, state, path):
            return action
    return None


def _fires(action: BoundAction, scope: Scope, state: RunState, path: tuple[str, ...]) -> bool:
    for check in action.criteria:
        verdict = check.check(scope)
        if verdict.reason:
            message = f"criterion '{check.condition}' of action '{action.name}' can't be decided: {verdict.reason}"
            state.warn(warning("run-undecided-criterion", message), path)
        if not verdict.passed:
            return False
    return True


def decide(action: BoundAction | None, passed: bool, reason: str, scope: Scope) -> Decision:
    """Turn the action that fired (None: the default) into a decision. Retries are decided before."""
    if action is None:
        return Next() if passed else Finish(failed=True, reason=reason)
    if action.type == "end":
        return Finish(failed=not passed, reason=reason)
    if action.workflow is not None:
        return Transfer(action.workflow, scope)
    return Goto(action.step_id or "")


def target_of(action: BoundAction) -> str:
    """Name the step or workflow that an action leads to, for events."""
    return action.step_id or (action.workflow.workflow.workflow_id if action.workflow else "")
