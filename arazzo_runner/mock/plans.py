"""What an answer must be like for a step to go the way it should: its criteria turned round and joined.

How one criterion is turned round is in `mock.solving`. A plan is a proposal: whatever is made by it is judged by the
real criteria.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from arazzo_runner.criteria.verdict import Check
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.mock.instances.conjunction import NoInstance
from arazzo_runner.mock.instances.generate import Generator
from arazzo_runner.mock.solving import is_understood, solve
from arazzo_runner.mock.solving.plan import (
    FLIPPED,
    FREE,
    Plan,
    Plans,
    StatusSet,
    StatusTest,
    Tie,
    all_of,
    any_of,
    tokens_of,
    wish_at,
)
from arazzo_runner.mock.solving.simple import against
from arazzo_runner.program.model import BoundAction
from arazzo_runner.values import JSON, Nothing, Value

__all__ = [
    "Plan",
    "Plans",
    "StatusSet",
    "StatusTest",
    "Tie",
    "backward",
    "is_possible",
    "is_understood",
    "joined",
    "onward",
    "plans_for",
    "success",
    "tied",
    "tokens_of",
    "turned",
    "wish_at",
]

_ANYTHING: Final = Generator(True)


def plans_for(checks: Iterable[Check], scope: Scope) -> Plans:
    """Return ways to make all criteria hold, at most `MAX_PLANS`; none where they exclude each other by themselves."""
    return all_of(turned(check, True, scope) for check in checks)


def turned(check: Check, wanted: bool, scope: Scope) -> Plans:
    """Return ways to make one criterion pass, or fail where it is not `wanted`; none where nothing can do that."""
    return solve(check, wanted, scope)


def success(checks: tuple[Check, ...], scope: Scope) -> Plans:
    """Return ways to make a step succeed: its criteria, or a status below 400 where it has none."""
    return plans_for(checks, scope) if checks else (Plan((StatusTest("<", 400),)),)


def is_possible(checks: tuple[Check, ...], scope: Scope) -> bool:
    """Tell whether some answer, of whatever schema, can satisfy all criteria."""
    return any(_has_answer(plan) for plan in plans_for(checks, scope))


def _has_answer(plan: Plan) -> bool:
    wanted: dict[str, list[JSON]] = {}
    for name, schema in plan.headers:
        wanted.setdefault(name, []).append(schema)
    groups = (plan.body, *map(tuple, wanted.values()))
    made = [_ANYTHING.generate(0, wishes=group) for group in groups]
    # What only a limit of the mock stands against is not known to be impossible.
    return any(map(plan.allows, range(100, 600))) and not any(
        isinstance(value, NoInstance) and not value.limited for value in made
    )


def onward(actions: Iterable[BoundAction], passed: Collection[str], scope: Scope) -> Plans:
    """Return ways to keep success actions from going back to a step that has been passed.

    Polling ends and a listing is at its last page: without this a mocked run would go round until its budget is spent.
    """
    return all_of(_unless(action, scope) for action in backward(actions, passed))


def backward(actions: Iterable[BoundAction], passed: Collection[str]) -> tuple[BoundAction, ...]:
    """Return the actions that go back, on conditions, to a step that has been passed."""
    return tuple(action for action in actions if action.criteria and action.step_id in passed)


def _unless(action: BoundAction, scope: Scope) -> Plans:
    return any_of(turned(check, False, scope) for check in action.criteria)


def joined(one: Plans, other: Plans) -> Plans:
    """Return ways to make both hold."""
    return all_of([one, other])


def tied(tie: Tie, value: Value | Nothing) -> Plans:
    """Return ways for the right side of a tie, now that its left side is known."""
    operator = FLIPPED.get(tie.operator)
    return against(tie.right, operator, value) if operator else FREE
