"""Endings turned into plans for an answer, and answers judged by them.

Plans are proposals, as everywhere in the mock: whether an answer makes a step end as wanted is decided by the real
criteria, and by the order in which the engine looks at actions (Arazzo 1.1, Failure Action Object).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, assert_never

from arazzo_runner.coverage.edges import Edge, actions_of
from arazzo_runner.criteria.verdict import Check
from arazzo_runner.engine.effects import SendRequest
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.mock.limits import MAX_PLANS
from arazzo_runner.mock.plans import Plan, Plans, StatusTest, backward, joined, onward, plans_for, success, turned
from arazzo_runner.mock.scenarios.endings import Answer, Break, Ending, Fail, Succeed, Take
from arazzo_runner.program.model import BoundAction, BoundStep

_FREE: Final[Plans] = (Plan(),)
_ERROR: Final[Plans] = (Plan((StatusTest(">=", 400),)),)
_MISSED: Final = 1_000


def plans_of(ending: Ending | None, effect: SendRequest) -> Plans:
    """Return ways to an ending; those that come first please most. None is what the mock makes of itself."""
    step, scope = effect.bound, effect.scope
    match ending:
        case None | Succeed():
            wanted = success(step.criteria, scope)
            ahead = joined(wanted, onward(step.on_success, passed_by(effect), scope))
            return wanted if ahead == wanted else (*ahead, *wanted)
        case Fail() | Break():
            return _failure(step, scope)
        case Answer(status=status):
            only: Plans = (Plan((status,)),)
            return (*joined(only, success(step.criteria, scope)), *only)
        case Take(edges=edges):
            found = [plan for edge in edges for plan in _edge_plans(step, edge, scope)]
            return tuple(found) or tuple(plan for edge in edges for plan in _outcome(step, edge.passed, scope))
        case _:
            assert_never(ending)


def prefers_errors(ending: Ending | None) -> bool:
    """Tell whether a status that says of a fault comes before one of success."""
    match ending:
        case Fail():
            return True
        case Take(edges=edges):
            return not any(edge.passed for edge in edges)
        case Answer(status=status):
            return not any(status.allows(good) for good in range(400))
        case _:
            return False


def grade(ending: Ending | None, effect: SendRequest, failing: int, scope: Scope) -> tuple[int, int]:
    """Say how far an answer is from an ending, the less the better; a first number of 0 is there.

    `failing` counts the step's criteria that do not hold with it; `scope` is what is seen of it.
    """
    match ending:
        case None | Succeed():
            ways_back = backward(effect.bound.on_success, passed_by(effect))
            return failing, sum(holds(action, scope) for action in ways_back)
        case Fail() | Break():
            return int(not failing), 0
        case Answer(status=status):
            answered = scope.response is not None and status.allows(scope.response.status)
            return (0 if answered else _MISSED), failing
        case Take(edges=edges):
            return min(_distance(effect.bound, edge, failing, scope) for edge in edges)
        case _:
            assert_never(ending)


def holds(action: BoundAction, scope: Scope) -> bool:
    """Tell whether all criteria of an action hold."""
    return all(check.check(scope).passed for check in action.criteria)


def passed_by(effect: SendRequest) -> frozenset[str]:
    """Return the steps that an action would go back to: those that have run, and this one."""
    return frozenset((*effect.scope.steps, effect.bound.step_id))


def _failure(step: BoundStep, scope: Scope) -> Plans:
    if not step.criteria:
        return _ERROR
    broken = _one_broken(step.criteria, scope)
    return tuple(islice((*joined(broken, _ERROR), *broken, *_ERROR), 2 * MAX_PLANS))


def _one_broken(checks: Iterable[Check], scope: Scope) -> Plans:
    """Return ways to have one of several criteria not hold."""
    return tuple(islice((plan for check in checks for plan in turned(check, False, scope)), MAX_PLANS))


def _outcome(step: BoundStep, passed: bool, scope: Scope) -> Plans:
    return success(step.criteria, scope) if passed else _failure(step, scope)


def _edge_plans(step: BoundStep, edge: Edge, scope: Scope) -> Iterator[Plan]:
    """Yield plans for an edge: without earlier retries, then with retries that have to be used up before it."""
    actions = actions_of(step, edge.passed)
    own = plans_for(actions[edge.index].criteria, scope) if edge.index < len(actions) else _FREE
    wanted = joined(own, _outcome(step, edge.passed, scope))
    before = actions[: edge.index]
    lasting = [action for action in before if action.type != "retry"]
    for passed_over in (before, lasting) if len(lasting) < len(before) else (before,):
        found = wanted
        for action in passed_over:
            found = joined(found, _one_broken(action.criteria, scope))
        yield from found


def _distance(step: BoundStep, edge: Edge, failing: int, scope: Scope) -> tuple[int, int]:
    """Count what keeps an answer from an edge; retries before it that fire are used up some time, and count less."""
    wrong = failing if edge.passed else int(not failing)
    actions = actions_of(step, edge.passed)
    before = [action for action in actions[: edge.index] if holds(action, scope)]
    firing = sum(action.type != "retry" for action in before)
    own = edge.index < len(actions) and not holds(actions[edge.index], scope)
    return wrong + firing + own, len(before) - firing
