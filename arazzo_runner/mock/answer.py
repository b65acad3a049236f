"""Answers invented from the API's own description: no socket, no clock, the same every time for one seed.

For each request the mock looks for an answer that the description allows and that makes the step succeed: a status
that the criteria allow, a body and headers that satisfy their schemas and what criteria and outputs want of them. Each
draft is read and judged exactly as the engine reads and judges an answer; the first that passes is sent. Where the
description leaves no such answer, the best draft is sent, with notes that say what contradicts what.

A script can want another ending of a step than success, and a memory can know what an answer has to agree with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Final

from arazzo_runner.coverage.edges import Edge
from arazzo_runner.engine.criteria import judge, judge_status
from arazzo_runner.engine.effects import Authorize, SendRequest
from arazzo_runner.engine.outcomes import Authorized, Failed, FailureKind, Note, Responded
from arazzo_runner.engine.result import Judged
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.mock.demands.later import NO_USES, later_uses
from arazzo_runner.mock.demands.uses import aimed_at
from arazzo_runner.mock.described import Schemas
from arazzo_runner.mock.drafts import Draft, Drafting, Undrafted, seen_by
from arazzo_runner.mock.instances.draw import Draw
from arazzo_runner.mock.limits import MAX_ANSWERS
from arazzo_runner.mock.memory import Memory, Recall
from arazzo_runner.mock.notes import GAVE_UP, NO_INSTANCE, no_answer, notes, unresolved
from arazzo_runner.mock.plans import Plan, Plans, StatusSet, joined, plans_for
from arazzo_runner.mock.scenarios.endings import Break, Ending
from arazzo_runner.mock.scenarios.faults import Wait, disturbed
from arazzo_runner.mock.scenarios.places import step_of
from arazzo_runner.mock.scenarios.script import Script
from arazzo_runner.mock.scenarios.steering import grade, plans_of, prefers_errors
from arazzo_runner.mock.scenarios.unmet import reason_for
from arazzo_runner.mock.statuses import Candidate, candidates
from arazzo_runner.program.model import OperationCall, Program
from arazzo_runner.sources.operations import Operation
from arazzo_runner.sources.security import API_KEY, PASSWORD, TOKEN, USERNAME

_ENOUGH: Final = 6
"""Drafts looked at in the hope of more outputs, once one satisfies the criteria."""

_UNKNOWN: Final = Recall()


@dataclass(frozen=True, slots=True)
class _Tried:
    """A draft, how the step's criteria judge it, what the step sees of it, and how far it is from what is wanted."""

    draft: Draft
    judged: tuple[Judged, ...]
    scope: Scope
    distance: tuple[int, int]
    missing: int

    @property
    def succeeds(self) -> bool:
        return all(one.passed for one in self.judged)

    @property
    def fits(self) -> bool:
        """Whether the step ends with it as wanted."""
        return self.distance[0] == 0

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """The less the better: how far it is (criteria first, then ways back), what is missing, what is undeclared."""
        undeclared = (not self.draft.candidate.declared) + (not self.draft.accepted)
        return *self.distance, self.missing + self.draft.lacking, undeclared


class Mock:
    """Answers requests from the API descriptions of their steps. One seed, one request: one answer.

    `program` is what is run: answers are made so that later uses of their outputs find what they want.
    `wait` lets seconds pass on the clock that the run is told, for answers that come late.
    """

    def __init__(
        self,
        seed: int = 0,
        *,
        script: Script | None = None,
        memory: Memory | None = None,
        wait: Wait | None = None,
        program: Program | None = None,
    ) -> None:
        self._seed = seed
        self._program, self._later = program, later_uses(program)
        self._schemas = Schemas()
        self._script, self._memory, self._wait = script, memory, wait or _stand_still

    def following(self, script: Script, wait: Wait, memory: Memory | None = None, aims: Iterable[Edge] = ()) -> Mock:
        """Return a mock that follows another script, for another run; both share what is known of the description.

        `aims` are edges that the run shall take: what their criteria read of earlier answers is made to fit.
        """
        other = copy(self)
        program = self._program
        if program is not None:
            reading = [edge for edge in aims if any(aimed_at(edge, step_of(program, edge.step)))]
            other._later = later_uses(program, reading) if reading else self._later
        other._script, other._memory, other._wait = script, memory, wait
        return other

    def remembering(self, memory: Memory) -> Mock:
        """Return a mock with a memory, which shares what is known of the description."""
        other = copy(self)
        other._memory = memory
        return other

    def answer(self, effect: SendRequest) -> Responded | Failed:
        """Return an answer to a request; its clock is left to the driver.

        `Failed` tells that a scenario wants no answer, or (kind INVENTION) that no schema of the operation's answers
        has an instance.
        """
        ending = self._script.ending(effect) if self._script is not None else None
        if isinstance(ending, Break):
            outcome = disturbed(ending.fault, effect, partial(self._invented, effect, None), self._wait)
        else:
            outcome = self._invented(effect, ending)
        if self._memory is not None and isinstance(outcome, Responded):
            self._memory.remember(effect, outcome.response)
        return outcome

    def _invented(self, effect: SendRequest, ending: Ending | None) -> Responded | Failed:
        call = effect.bound.call
        if not isinstance(call, OperationCall):
            raise AssertionError("only the call of an operation sends a request")
        recall = (self._memory.recall(effect) if self._memory is not None else None) or _UNKNOWN
        if recall.statuses and ending is None:
            known = self._known(effect, call.operation, recall)
            if known is not None:
                return known
        best = self._best(effect, self._drafts(effect, call.operation, ending, recall), ending)
        if not isinstance(best, _Tried):
            code = GAVE_UP if best is not None and best.limited else NO_INSTANCE
            return Failed(FailureKind.INVENTION, no_answer(call.operation, best), code=code)
        said = self._said(best, effect, call.operation, ending)
        later = best.draft.later if ending is None and best.fits else ()
        told = [f"{recall.note}, and the step wants an answer all the same"] if recall.note and ending is None else []
        return Responded(best.draft.response, notes=(*said, *later, *told))

    def _best(
        self, effect: SendRequest, drafts: Iterator[Draft | Undrafted], ending: Ending | None
    ) -> _Tried | Undrafted | None:
        """Return the draft that comes nearest to what is wanted; where there is none, what was wrong with the first."""
        best: _Tried | None = None
        fault: Undrafted | None = None
        for count, draft in enumerate(islice(drafts, MAX_ANSWERS)):
            if isinstance(draft, Undrafted):
                fault = fault or draft
                continue
            tried = _try(draft, effect, ending)
            best = tried if best is None or tried.rank < best.rank else best
            if best.rank == (0, 0, 0, 0) or (best.fits and count >= _ENOUGH):
                break
        return best or fault

    def _known(self, effect: SendRequest, operation: Operation, recall: Recall) -> Responded | None:
        """Return an answer with a status that is known; None where the criteria of the step want another one.

        A step without criteria fails with it, and is told why.
        """
        step = effect.bound
        known: Plans = (Plan((StatusSet(recall.statuses),)),)
        free = not step.criteria
        plans = known if free else joined(plans_for(step.criteria, effect.scope), known)
        later = NO_USES if free else self._later.of_answer(step, effect.scope)
        asked = replace(effect, bound=replace(step, outputs=())) if free else effect
        drafting = Drafting(asked, operation, self._schemas, self._key(effect, recall.turn), later)
        drafts = (draft for choice in _choices(operation, plans, True) for draft in drafting.drafts(*choice))
        best = self._best(asked, drafts, None)
        if not isinstance(best, _Tried) or not (free or best.fits):
            return None
        said = notes(best.draft, asked.bound, operation, () if free else best.judged, best.scope)
        return Responded(best.draft.response, notes=(*said, *([f"{recall.note}"] if free else ())))

    def _said(
        self, best: _Tried, effect: SendRequest, operation: Operation, ending: Ending | None
    ) -> Iterator[str | Note]:
        """Yield what has to be said about an answer; that a step fails as it shall is nothing to be told."""
        step = effect.bound
        if ending is None or (best.fits and best.succeeds):
            yield from notes(best.draft, step, operation, best.judged, best.scope)
            return
        yield from notes(best.draft, replace(step, outputs=()), operation, (), best.scope)
        if not best.fits:
            reason = reason_for(ending, step, operation, best.draft, best.judged, best.scope)
            if self._script is not None:
                self._script.unmet(effect, reason)
            yield f"what the scenario wants of it can't be had: {reason}"

    def authorize(self, effect: Authorize) -> Authorized | Failed:
        """Return an invented credential for a grant, of whatever kind its scheme wants; it does not expire."""
        grant = effect.grant
        draw = Draw(self._seed, grant.source, grant.scheme, " ".join(grant.scopes))
        secret = f"mock-{draw.between(0, 2**63 - 1):016x}"
        return Authorized({TOKEN: secret, API_KEY: secret, USERNAME: "mock", PASSWORD: secret})

    def _drafts(
        self, effect: SendRequest, operation: Operation, ending: Ending | None, recall: Recall
    ) -> Iterator[Draft | Undrafted]:
        plans = plans_of(ending, effect)
        errors = prefers_errors(ending)
        later = NO_USES if errors else self._later.of_answer(effect.bound, effect.scope)
        # What outputs read of a success is no reason to invent a body for an error.
        asked = replace(effect, bound=replace(effect.bound, outputs=())) if errors else effect
        drafting = Drafting(
            asked, operation, self._schemas, self._key(effect, recall.turn), later, recall.lay, recall.locate
        )
        # Where criteria exclude each other, an answer is given all the same, without regard to them.
        for candidate, plan in _choices(operation, plans, errors) or _choices(operation, (Plan(),), errors):
            yield from drafting.drafts(candidate, plan)

    def _key(self, effect: SendRequest, turn: int) -> int:
        """Make one number of the seed, the request, and how often it has created something."""
        request = effect.request
        draw = Draw(self._seed, request.method, request.url, (request.body or b"").hex(), *([turn] if turn else []))
        return draw.between(0, 2**63 - 1)


def _choices(operation: Operation, plans: Plans, errors: bool) -> list[tuple[Candidate, Plan]]:
    """Return statuses with the plans that allow them: by how well the status is declared, then by the plan."""
    found = [
        (not candidate.declared, _is_odd(candidate.status, errors), candidate.rank, number, candidate, plan)
        for number, plan in enumerate(plans)
        for candidate in candidates(operation, plan)
    ]
    found.sort(key=lambda choice: choice[:4])
    return [(candidate, plan) for *_, candidate, plan in found]


def _is_odd(status: int, errors: bool) -> bool:
    """Tell whether a status is not of the kind that is looked at first."""
    return status < 400 if errors else not 200 <= status < 300


def _try(draft: Draft, effect: SendRequest, ending: Ending | None) -> _Tried:
    scope = seen_by(draft, effect.scope)
    criteria = effect.bound.criteria
    judged = judge(criteria, scope) if criteria else judge_status(scope)
    failing = sum(not one.passed for one in judged)
    missing = len(unresolved(effect.bound, scope)) if not failing or ending is None else 0
    return _Tried(draft, judged, scope, grade(ending, effect, failing, scope), missing)


def _stand_still(seconds: float) -> None:
    """Let no time pass: for whoever has no clock."""
