"""What happens after a step: its actions, and the decision they lead to.

An action fires if all its criteria hold; the first that fires is the only one. A retry whose limit is used up is
passed over, so that later actions get their turn (Arazzo 1.1, Failure Action Object; RTY-09 to RTY-11). Where nothing
fires, a step that succeeded goes on to the next and a step that failed breaks the workflow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from arazzo_runner.diagnostics import warning
from arazzo_runner.engine.events import Considered
from arazzo_runner.engine.result import Judged
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


@dataclass(frozen=True, slots=True)
class Choice:
    """The action that fires, None for the default; `considered` are those that were looked at, it included."""

    action: BoundAction | None = None
    considered: tuple[Considered, ...] = ()


def choose(
    actions: tuple[BoundAction, ...], scope: Scope, tried: dict[str, int], state: RunState, path: tuple[str, ...]
) -> Choice:
    """Choose the first action that fires. `tried` counts the retries that each action has used in this activation."""
    considered: tuple[Considered, ...] = ()
    for action in actions:
        if action.type == "retry" and tried.get(action.name, 0) >= action.retry_limit:
            considered += (Considered(action.name, action.type, used_up=True),)
            continue
        judged = _judged(action, scope, state, path)
        considered += (Considered(action.name, action.type, judged),)
        if all(one.passed for one in judged):
            return Choice(action, considered)
    return Choice(None, considered)


def _judged(action: BoundAction, scope: Scope, state: RunState, path: tuple[str, ...]) -> tuple[Judged, ...]:
    """Judge the criteria of an action, up to the first that does not hold."""
    judged: tuple[Judged, ...] = ()
    for check in action.criteria:
        verdict = check.check(scope)
        judged += (Judged(check.condition, verdict.passed, verdict.operands, verdict.reason),)
        if verdict.reason:
            message = f"criterion '{check.condition}' of action '{action.name}' can't be decided: {verdict.reason}"
            state.warn(warning("run-undecided-criterion", message), path)
        if not verdict.passed:
            break
    return judged


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
