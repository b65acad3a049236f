"""action-never: an action of a step whose criteria the step's own criteria rule out.

What: a success action asks for what the success criteria exclude (`$statusCode == 404` beside a criterion
`$statusCode == 200`), or a failure action asks for nothing but what they demand. A step without success criteria
succeeds with a status below 400. Actions that a step shares with others are left alone.
Why: success actions are tried after a success and failure actions after a failure (ACT-09), so it is never chosen.
Example: `onSuccess: [{name: gone, type: end, criteria: [{condition: $statusCode == 404}]}]` on a step without criteria.
Instead: move the action to the other list, or change the success criteria so that they allow it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from arazzo_runner.criteria.simple.syntax import Compare, Literal, Node, Reference
from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.document.model import Action, Criterion, Step
from arazzo_runner.expressions.grammar import StatusCode
from arazzo_runner.program.model import BoundStep, OperationCall
from arazzo_runner.validate.conditions import ANYTHING, Alternative, alternatives, never_holds, together, tree_of
from arazzo_runner.validate.subject import Subject
from arazzo_runner.values import Path

MAX_CRITERIA: Final = 50
"""Criteria of one list that are looked at together."""

_DEFAULT: Final = Compare("<", Reference("$statusCode", StatusCode("$statusCode")), Literal(400))


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find actions that are never chosen (ACT-09, STP-10)."""
    for step, bound in subject.steps():
        demanded = _demanded(subject, step, bound)
        lists = ((step.on_success, _held(demanded), "succeeds"), (step.on_failure, _broken(demanded), "fails"))
        for actions, state, when in lists:
            for action in actions:
                if isinstance(action, Action) and not never_holds(state):
                    yield from _judged(subject, step, action, state, when)


def _demanded(subject: Subject, step: Step, bound: BoundStep) -> Sequence[Node | None]:
    if not step.success_criteria:
        return (_DEFAULT,) if isinstance(bound.call, OperationCall) else (None,)
    if len(step.success_criteria) > MAX_CRITERIA:
        return (None,)
    return [tree_of(criterion, subject.dialect()) for criterion in step.success_criteria]


def _held(demanded: Sequence[Node | None]) -> tuple[Alternative, ...]:
    return together(alternatives(tree) for tree in demanded if tree is not None)


def _broken(demanded: Sequence[Node | None]) -> tuple[Alternative, ...]:
    """Return what holds after a failure: one of the criteria does not."""
    if any(tree is None for tree in demanded):
        return ANYTHING
    return tuple(one for tree in demanded if tree is not None for one in alternatives(tree, negated=True))


def _judged(
    subject: Subject, step: Step, action: Action, state: tuple[Alternative, ...], when: str
) -> Iterator[Diagnostic]:
    trees = [tree_of(criterion, subject.dialect()) for criterion in action.criteria[:MAX_CRITERIA]]
    asked = together(alternatives(tree) for tree in trees if tree is not None)
    if asked and not never_holds(asked) and never_holds(together((state, asked))):
        message = f"action '{action.name}' is never chosen: its criteria can't hold when step '{step.step_id}' {when}"
        yield subject.warning("action-never", message, _place(action.criteria), _HELP[when])


_HELP: Final = {
    "succeeds": "move it to onFailure, or let the success criteria allow it",
    "fails": "move it to onSuccess, or let the success criteria exclude it",
}


def _place(criteria: Sequence[Criterion]) -> Path:
    return (*criteria[0].at, "condition")
