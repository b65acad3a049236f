"""A guide: the script of a run that is to take a way, edge by edge, and goes as usual from its end on.

It is told of the edges that the run takes, by its events. Where the run goes another way than it was led, the guide
gives up and keeps the reason.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable
from typing import Final

from arazzo_runner.coverage.edges import Edge
from arazzo_runner.engine.effects import SendRequest
from arazzo_runner.mock.scenarios.endings import Ending, Take
from arazzo_runner.mock.scenarios.routes import Routes
from arazzo_runner.mock.scenarios.script import Steps

MAX_ROUNDS: Final = 20
"""How often a run takes one edge with nothing new on the way before it is given up."""


class Guide:
    """Leads one run. `missed` is the edge that the run did not take though it was led there; `why` says why."""

    def __init__(self, way: Iterable[Edge], routes: Routes, steps: Steps) -> None:
        self._turns = deque(way)
        self._routes, self._steps = routes, steps
        self._excused: set[tuple[str, ...]] = set()
        self._unmet = ""
        self.missed: Edge | None = None
        self.why = ""
        self.unexpected: list[str] = []
        self._rounds: Counter[Edge] = Counter()

    @property
    def is_lost(self) -> bool:
        """Whether the run goes round in a circle, in which it meets nothing that it was led to."""
        return max(self._rounds.values(), default=0) > MAX_ROUNDS

    def ending(self, effect: SendRequest) -> Ending | None:
        """Return what is wanted of this attempt: the next edge, where it leaves this step."""
        key = self._steps.key_of(effect.bound)
        return Take((self._turns[0],)) if self._turns and self._turns[0].step == key else None

    def unmet(self, effect: SendRequest, reason: str) -> None:
        """Keep why an edge can't be had."""
        self._unmet = reason

    def took(self, edge: Edge, path: tuple[str, ...], reason: str) -> None:
        """Take note of an edge that the run took; `reason` says why its step failed, if it did."""
        wanted = self._turns[0] if self._turns else None
        self._rounds[edge] += 1
        if wanted == edge:
            self._turns.popleft()
            self._rounds.clear()
        elif wanted is not None and wanted.step == edge.step:
            if _is_before(edge, wanted):
                self._turns.extendleft(reversed(self._routes.inside(wanted)))  # it is called again
                self._rounds.clear()
            else:
                self._miss(wanted, edge, reason)
        is_retry = edge.action is not None and edge.action.type == "retry"
        if not edge.passed and not is_retry:
            self._fail(edge, path, reason, wanted=wanted == edge)

    def ended(self, reason: str) -> None:
        """Take note of the end of the run: what was not come to was missed."""
        reason = reason.partition("\n")[0]
        if self._turns and self.missed is None:
            self.missed = self._turns[-1]
            self.why = f"the run did not come to it{': ' + reason if reason else ''}"

    def _miss(self, wanted: Edge, edge: Edge, reason: str) -> None:
        self.missed = wanted
        reason = reason.partition("\n")[0]
        other = f"step '{edge.step.step_id}' ended in {edge.outcome}" + (f", action '{edge.name}'" if edge.name else "")
        self.why = self._unmet or (f"{other}: {reason}" if reason else other)
        self._turns.clear()

    def _fail(self, edge: Edge, path: tuple[str, ...], reason: str, *, wanted: bool) -> None:
        """Tell a failure that was asked for, or follows from one below it, from one that nobody wanted."""
        if wanted or path in self._excused:
            self._excused.discard(path)
            self._excused.add(path[:-1])
        elif self._unmet == "":
            self.unexpected.append(f"step '{'/'.join(path)}' failed: {reason.partition(chr(10))[0]}")


def _is_before(edge: Edge, wanted: Edge) -> bool:
    """Tell whether an edge is a retry that has to be used up before the wanted one."""
    is_retry = edge.action is not None and edge.action.type == "retry"
    return is_retry and edge.passed == wanted.passed and edge.index < wanted.index
