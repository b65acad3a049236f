"""Ways through the flow of a program: which edges lead to an edge, and which make a called workflow fail.

The search is one over steps. A step that calls a workflow leads into it; to leave such a step by a failure, its
workflow has to fail, so the way to that goes before. An edge that a run has taken is cheaper than one that none has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Final, TypeAlias

from arazzo_runner.coverage.edges import Edge, actions_of
from arazzo_runner.mock.scenarios.unmet import blocked_by
from arazzo_runner.program.model import BoundStep, Program, StepKey, WorkflowCall, WorkflowKey

Way: TypeAlias = tuple[Edge, ...]
"""Edges in the order in which they are to be taken."""

MAX_TURNS: Final = 500
"""Edges of one way; what lies further is not gone to."""

MAX_RETRIES: Final = 200
"""Retries that are used up to come to what stands behind them."""

_KNOWN: Final = 1
_UNKNOWN: Final = 4


@dataclass(frozen=True, slots=True)
class _Found:
    """A way, and what it costs."""

    cost: int
    way: Way


@dataclass(frozen=True, slots=True)
class Ways:
    """The cheapest ways to every step, and to the failure of every workflow."""

    steps: Mapping[StepKey, _Found]
    failing: Mapping[WorkflowKey, _Found]


@dataclass(slots=True)
class Routes:
    """The flow of a program. `taken` are edges that runs have taken, `blocked` those that no way may use."""

    edges: tuple[Edge, ...]
    program: Program
    taken: set[Edge] = field(default_factory=set)
    blocked: set[Edge] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.blocked |= {edge for edge in self.edges if self.never(edge)}

    def failing(self, workflow: WorkflowKey) -> Way | None:
        """Return a way that makes a workflow fail; None where there is none."""
        found = self._failing().get(workflow)
        return None if found is None else found.way

    def ways(self) -> Ways:
        """Return the ways from the start of the run."""
        failing = self._failing()
        return Ways(self._steps_from(self.program.entry, failing), failing)

    def way_to(self, edge: Edge, ways: Ways) -> Way | None:
        """Return the way that ends with an edge; None where there is none."""
        before = ways.steps.get(edge.step)
        inside = self._inside(edge, ways.failing)
        if before is None or inside is None or edge in self.blocked:
            return None
        way = (*before.way, *inside.way, edge)
        return way if len(way) <= MAX_TURNS else None

    def _failing(self) -> dict[WorkflowKey, _Found]:
        """Find the ways to fail, shortest calls first: a workflow that fails by a call waits for what it calls."""
        found: dict[WorkflowKey, _Found] = {}
        for _ in self.program.workflows:
            before = dict(found)
            for key in self.program.workflows:
                best = self._first_failure(key, before)
                if best is not None and (key not in found or best.cost < found[key].cost):
                    found[key] = best
            if found == before:
                break
        return found

    def _first_failure(self, key: WorkflowKey, failing: Mapping[WorkflowKey, _Found]) -> _Found | None:
        here = self._steps_from(key, failing, within=True)
        ends = [
            _joined(here[edge.step], inside, _Found(self._cost(edge), (edge,)), after)
            for edge in self.edges
            if edge.step.workflow == key and edge.step in here and edge not in self.blocked
            if (inside := self._inside(edge, failing)) is not None
            if (after := _end_after(edge, failing)) is not None
        ]
        fitting = [end for end in ends if len(end.way) <= MAX_TURNS]
        return min(fitting, key=lambda end: end.cost, default=None)

    def _steps_from(
        self, start: WorkflowKey, failing: Mapping[WorkflowKey, _Found], *, within: bool = False
    ) -> dict[StepKey, _Found]:
        """Find the cheapest ways to steps; `within` one activation, or into every workflow that is entered."""
        out: dict[StepKey, list[Edge]] = {}
        for edge in self.edges:
            out.setdefault(edge.step, []).append(edge)
        found: dict[StepKey, _Found] = {}
        queue: list[tuple[int, int, StepKey, Way]] = []
        count = 0

        def add(steps: Iterable[StepKey], cost: int, way: Way) -> None:
            nonlocal count
            for step in steps:
                if step not in found and len(way) <= MAX_TURNS:
                    count += 1
                    heappush(queue, (cost, count, step, way))

        add(self._entered(start, within), 0, ())
        while queue:
            cost, _, step, way = heappop(queue)
            if step in found:
                continue
            found[step] = _Found(cost, way)
            if not within:
                add(self._called(step), cost, way)
            for edge in out.get(step, ()):
                inside = self._inside(edge, failing)
                if inside is not None and edge not in self.blocked:
                    reached = self._cost(edge) + cost + inside.cost
                    add(self._after(edge, within), reached, (*way, *inside.way, edge))
        return found

    def _cost(self, edge: Edge) -> int:
        return _KNOWN if edge in self.taken else _UNKNOWN

    def _inside(self, edge: Edge, failing: Mapping[WorkflowKey, _Found]) -> _Found | None:
        """Return the way through what the edge's step calls; a call that is to succeed does that of itself."""
        step = self._step(edge.step)
        if edge.passed or not isinstance(step.call, WorkflowCall):
            return _Found(0, ())
        return failing.get(step.call.workflow, _Found(0, ()) if step.criteria or step.timeout else None)

    def inside(self, edge: Edge) -> Way:
        """Return what has to be taken within the workflow that the edge's step calls, each time that it is called."""
        found = self._inside(edge, self._failing())
        return () if found is None else found.way

    def never(self, edge: Edge) -> str:
        """Say why an edge can't be taken whatever the answers are; empty where answers decide."""
        step = self._step(edge.step)
        certain = blocked_by(edge, step)
        if certain:
            return certain
        if edge.action is not None and edge.action.type == "retry" and edge.action.retry_limit < 1:
            return "its retryLimit is 0, so it never fires"
        earlier = (action for action in actions_of(step, edge.passed)[: edge.index] if action.type == "retry")
        for action in earlier:
            if not action.criteria and action.retry_limit > MAX_RETRIES:
                return f"retry '{action.name}' before it has to be used up, and goes on more than {MAX_RETRIES} times"
        return ""

    def _step(self, key: StepKey) -> BoundStep:
        workflow = self.program.workflows[key.workflow]
        return workflow.steps[workflow.positions[key.step_id]]

    def _entered(self, key: WorkflowKey, within: bool = False) -> Iterator[StepKey]:
        """Yield the steps with which a workflow begins: its own first, and that of what it depends on."""
        queue, seen = [key], {key}
        while queue:
            workflow = self.program.workflows[queue.pop(0)]
            if workflow.steps:
                yield StepKey(workflow.key, workflow.steps[0].step_id)
            more = [] if within else [one for one in workflow.depends_on if one not in seen]
            queue += more
            seen.update(more)

    def _called(self, key: StepKey) -> Iterator[StepKey]:
        call = self._step(key).call
        if isinstance(call, WorkflowCall):
            yield from self._entered(call.workflow)

    def _after(self, edge: Edge, within: bool) -> Iterator[StepKey]:
        action, workflow = edge.action, self.program.workflows[edge.step.workflow]
        if action is None:
            following = workflow.positions[edge.step.step_id] + 1
            if edge.passed and following < len(workflow.steps):
                yield StepKey(workflow.key, workflow.steps[following].step_id)
        elif action.step_id is not None and action.type in ("goto", "retry"):
            yield StepKey(workflow.key, action.step_id)
        elif action.workflow is not None and not within:
            yield from self._entered(action.workflow.workflow)


def _end_after(edge: Edge, failing: Mapping[WorkflowKey, _Found]) -> _Found | None:
    """Return what makes a workflow fail once an edge is taken; None where the edge does not end it."""
    action = edge.action
    if action is not None and action.type == "goto" and action.workflow is not None:
        return failing.get(action.workflow.workflow)
    ends = action is None or action.type == "end"
    return _Found(0, ()) if ends and not edge.passed else None


def _joined(*found: _Found) -> _Found:
    return _Found(sum(one.cost for one in found), tuple(edge for one in found for edge in one.way))
