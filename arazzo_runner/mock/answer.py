"""Answers invented from the API's own description: no socket, no clock, the same every time for one seed.

For each request the mock looks for an answer that the description allows and that makes the step succeed: a status
that the criteria allow, a body and headers that satisfy their schemas and what criteria and outputs want of them. Each
draft is read and judged exactly as the engine reads and judges an answer; the first that passes is sent. Where the
description leaves no such answer, the best draft is sent, with notes that say what contradicts what.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from arazzo_runner.engine.criteria import judge, judge_status
from arazzo_runner.engine.effects import Authorize, SendRequest
from arazzo_runner.engine.outcomes import Authorized, Failed, FailureKind, Responded
from arazzo_runner.engine.result import Judged
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.mock.described import Schemas
from arazzo_runner.mock.drafts import Draft, Drafting, Undrafted, seen_by
from arazzo_runner.mock.instances.draw import Draw
from arazzo_runner.mock.limits import MAX_ANSWERS
from arazzo_runner.mock.notes import no_answer, notes, unresolved
from arazzo_runner.mock.plans import Plan, backward, joined, onward, success
from arazzo_runner.mock.statuses import Candidate, candidates
from arazzo_runner.program.model import OperationCall
from arazzo_runner.sources.operations import Operation
from arazzo_runner.sources.security import API_KEY, PASSWORD, TOKEN, USERNAME

_ENOUGH: Final = 6
"""Drafts looked at in the hope of more outputs, once one satisfies the criteria."""


@dataclass(frozen=True, slots=True)
class _Tried:
    """A draft, how the step's criteria judge it, and what the step sees of it."""

    draft: Draft
    judged: tuple[Judged, ...]
    scope: Scope
    missing: int
    returns: int

    @property
    def failing(self) -> int:
        return sum(not one.passed for one in self.judged)

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """The less the better: criteria that fail, ways back that open, outputs without a value, what is undeclared."""
        undeclared = (not self.draft.candidate.declared) + (not self.draft.accepted)
        return self.failing, self.returns, self.missing, undeclared


class Mock:
    """Answers requests from the API descriptions of their steps. One seed, one request: one answer."""

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self._schemas = Schemas()

    def answer(self, effect: SendRequest) -> Responded | Failed:
        """Return an answer to a request; its clock is left to the driver.

        `Failed` (of kind INVENTION) tells that no schema of the operation's answers has an instance.
        """
        call = effect.bound.call
        if not isinstance(call, OperationCall):
            raise AssertionError("only the call of an operation sends a request")
        best: _Tried | None = None
        fault: Undrafted | None = None
        for count, draft in enumerate(islice(self._drafts(effect, call.operation), MAX_ANSWERS)):
            if isinstance(draft, Undrafted):
                fault = fault or draft
                continue
            tried = _try(draft, effect)
            best = tried if best is None or tried.rank < best.rank else best
            if best.rank == (0, 0, 0, 0) or (not best.failing and count >= _ENOUGH):
                break
        if best is None:
            return Failed(FailureKind.INVENTION, no_answer(call.operation, fault))
        said = notes(best.draft, effect.bound, call.operation, best.judged, best.scope)
        return Responded(best.draft.response, notes=tuple(said))

    def authorize(self, effect: Authorize) -> Authorized | Failed:
        """Return an invented credential for a grant, of whatever kind its scheme wants; it does not expire."""
        grant = effect.grant
        draw = Draw(self._seed, grant.source, grant.scheme, " ".join(grant.scopes))
        secret = f"mock-{draw.between(0, 2**63 - 1):016x}"
        return Authorized({TOKEN: secret, API_KEY: secret, USERNAME: "mock", PASSWORD: secret})

    def _drafts(self, effect: SendRequest, operation: Operation) -> Iterator[Draft | Undrafted]:
        wanted = success(effect.bound.criteria, effect.scope)
        ahead = joined(wanted, onward(effect.bound.on_success, _passed(effect), effect.scope))
        plans = wanted if ahead == wanted else (*ahead, *wanted)
        drafting = Drafting(effect, operation, self._schemas, self._key(effect))
        # Where criteria exclude each other, an answer is given all the same, without regard to them.
        for candidate, plan in _choices(operation, plans) or _choices(operation, (Plan(),)):
            yield from drafting.drafts(candidate, plan)

    def _key(self, effect: SendRequest) -> int:
        """Make one number of the seed and the request."""
        request = effect.request
        draw = Draw(self._seed, request.method, request.url, (request.body or b"").hex())
        return draw.between(0, 2**63 - 1)


def _choices(operation: Operation, plans: tuple[Plan, ...]) -> list[tuple[Candidate, Plan]]:
    """Return statuses with the plans that allow them: by how well the status is declared, then by the plan."""
    found = [
        (not candidate.declared, not 200 <= candidate.status < 300, candidate.rank, number, candidate, plan)
        for number, plan in enumerate(plans)
        for candidate in candidates(operation, plan)
    ]
    found.sort(key=lambda choice: choice[:4])
    return [(candidate, plan) for *_, candidate, plan in found]


def _passed(effect: SendRequest) -> frozenset[str]:
    """Return the steps that an action would go back to: those that have run, and this one."""
    return frozenset((*effect.scope.steps, effect.bound.step_id))


def _try(draft: Draft, effect: SendRequest) -> _Tried:
    scope = seen_by(draft, effect.scope)
    criteria = effect.bound.criteria
    judged = judge(criteria, scope) if criteria else judge_status(scope)
    ways_back = backward(effect.bound.on_success, _passed(effect))
    returns = sum(all(check.check(scope).passed for check in action.criteria) for action in ways_back)
    return _Tried(draft, judged, scope, len(unresolved(effect.bound, scope)), returns)
