"""Why an ending can't be had: what stands against what, with both places."""

from __future__ import annotations

from arazzo_runner.coverage.edges import Edge, actions_of, is_certain
from arazzo_runner.criteria.verdict import Check
from arazzo_runner.engine.result import Judged
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.mock.drafts import Draft
from arazzo_runner.mock.notes import named, place_of
from arazzo_runner.mock.scenarios.endings import Answer, Break, Ending, Fail, Succeed, Take
from arazzo_runner.mock.scenarios.steering import holds
from arazzo_runner.mock.solving.plan import reads_answer
from arazzo_runner.program.model import BoundAction, BoundStep
from arazzo_runner.sources.operations import Operation

_SHOWN = 150

_BEFORE = "the inputs and earlier answers of this run, whatever its step is answered"


def reason_for(
    ending: Ending, step: BoundStep, operation: Operation, draft: Draft, judged: tuple[Judged, ...], scope: Scope
) -> str:
    """Say in a sentence why the best answer that was found does not lead to an ending."""
    there = f"the schema at {draft.place}" if draft.place else f"the operation at {place_of(operation)}"
    against = f"{there}: {draft.unmet[0]}" if draft.unmet else f"{there}: no answer that it allows does that"
    match ending:
        case Take(edges=edges):
            return _edge(edges[0], step, judged, scope, against)
        case Fail() | Break():
            return f"the step{_at(step)} can't fail: its criteria hold for every answer that {there} allows"
        case Answer():
            return f"{named(operation)} can't be answered so"
        case Succeed():
            return f"the step{_at(step)} can't succeed: {_failing(judged)}, and {against}"


def blocked_by(edge: Edge, step: BoundStep) -> str:
    """Say which earlier action always fires in the place of an edge; empty where none does."""
    earlier = actions_of(step, edge.passed)[: edge.index]
    always = next((action for action in earlier if is_certain(action)), None)
    if always is None:
        return ""
    return f"{_action(always, step)} stands before it and has no criteria, so it always fires"


def _edge(edge: Edge, step: BoundStep, judged: tuple[Judged, ...], scope: Scope, against: str) -> str:
    certain = blocked_by(edge, step)
    if certain:
        return certain
    passed = all(one.passed for one in judged)
    if edge.passed and not passed:
        return f"the step{_at(step)} can't succeed so: {_failing(judged)}, and {against}"
    if passed and not edge.passed:
        return f"the step{_at(step)} can't fail so: all its criteria hold, and {against}"
    actions = actions_of(step, edge.passed)
    if edge.index < len(actions) and not holds(actions[edge.index], scope):
        action = actions[edge.index]
        failing = next(check for check in action.criteria if not check.check(scope).passed)
        criterion = f"the criterion '{failing.condition:.{_SHOWN}}' of {_action(action, step)}"
        if not _reads_answer(failing):
            return f"{criterion} does not hold for {_BEFORE}"
        return f"{criterion} contradicts {_others(edge, step)}{against}"
    firing = [action for action in actions[: edge.index] if holds(action, scope)]
    if firing:
        on = "the same answers" if any(map(_reads_answer, firing[0].criteria)) else _BEFORE
        return f"{_action(firing[0], step)} stands before it and fires on {on}"
    return "no answer was found for it"


def _reads_answer(check: Check) -> bool:
    return any(map(reads_answer, check.expressions))


def _others(edge: Edge, step: BoundStep) -> str:
    """Name what an action's criteria have to agree with besides the description."""
    earlier = [action for action in actions_of(step, edge.passed)[: edge.index] if action.type != "retry"]
    mine = f"what makes the step{_at(step)} {'succeed' if edge.passed else 'fail'}"
    return f"{mine}, {_action(earlier[0], step)} before it, or " if earlier else f"{mine}, or "


def _failing(judged: tuple[Judged, ...]) -> str:
    condition = next((one.condition for one in judged if not one.passed), "")
    return f"the criterion '{condition:.{_SHOWN}}' does not hold"


def _action(action: BoundAction, step: BoundStep) -> str:
    place = f" at {step.document.span(action.at).place()}" if step.document is not None and action.at else ""
    return f"action '{action.name}'{place}"


def _at(step: BoundStep) -> str:
    return f" at {step.span.place()}" if step.span else ""
