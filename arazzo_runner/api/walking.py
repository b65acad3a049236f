"""Walking a workflow: mocked runs that together take every edge that can be taken.

The first run goes as the mock goes of itself. Each further run is led to an edge that none has taken yet, by the
cheapest way through the flow. What counts is what the events show; an edge that a run was led to and did not take is
told with the reason. There are at most as many runs as there are edges, and one.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Final

from arazzo_runner.api.beginning import InputsFor, begin
from arazzo_runner.api.fingerprint import Fingerprint
from arazzo_runner.api.preparing import Prepared
from arazzo_runner.api.running import OnEvent
from arazzo_runner.coverage.edges import Edge, edges_of
from arazzo_runner.coverage.record import Coverage, Tour, Walked
from arazzo_runner.coverage.trail import Trail
from arazzo_runner.drivers import blocking
from arazzo_runner.drivers.clock import SimulatedTime
from arazzo_runner.engine.events import StepEnded
from arazzo_runner.engine.result import Status
from arazzo_runner.errors import UsageError
from arazzo_runner.mock.answer import Mock
from arazzo_runner.mock.scenarios.guide import Guide
from arazzo_runner.mock.scenarios.routes import Routes, Way, Ways
from arazzo_runner.mock.scenarios.script import Steps
from arazzo_runner.mock.state.state import State
from arazzo_runner.values import Value

MAX_RUNS: Final = 2_000
"""Runs of one walk; edges that are left then are told as not tried."""

MAX_STEPS: Final = 1_000
"""The budget of a run that is led: a loop that such a run gets into has nothing new to show."""

_LOST: Final = (Status.STOPPED, "it went round in a circle, and was left there")


@dataclass(slots=True)
class _Walk:
    """A walk under way."""

    prepared: Prepared
    inputs: Mapping[str, Value]
    inputs_for: InputsFor
    mock: Mock
    steps: Steps
    routes: Routes
    fingerprint: Fingerprint
    tours: list[Tour] = field(default_factory=list)
    taken: dict[Edge, list[int]] = field(default_factory=dict)
    why: dict[Edge, str] = field(default_factory=dict)
    detours: dict[Edge, set[Edge]] = field(default_factory=dict)
    reasons: dict[Edge, str] = field(default_factory=dict)

    @property
    def open(self) -> list[Edge]:
        """The edges of which nothing is known yet."""
        return [edge for edge in self.routes.edges if edge not in self.taken and edge not in self.why]

    @property
    def spare(self) -> int:
        """The runs that are left over once each open edge has had one."""
        return len(self.routes.edges) + 1 - len(self.tours) - len(self.open)

    def way_to(self, edge: Edge, ways: Ways) -> Way | None:
        """Return the way to an edge, round what has kept an earlier run from it."""
        around = self.detours.get(edge)
        if around is None:
            return self.routes.way_to(edge, ways)
        routes = replace(self.routes, blocked=self.routes.blocked | around)
        return routes.way_to(edge, routes.ways())


def walk(
    prepared: Prepared,
    inputs: Mapping[str, Value] | None = None,
    seed: int | None = None,
    *,
    inputs_for: InputsFor | None = None,
    on_event: OnEvent | None = None,
    fingerprint: Fingerprint | None = None,
) -> Coverage:
    """Take every edge of a workflow that can be taken, in mocked runs; nothing is sent.

    `prepared` comes from options with `mock`; `seed` replaces theirs. `on_event` gets the events of all runs.
    A `fingerprint` is taken of what they send and are answered.

    Raises:
        UsageError: the workflow was not prepared for a mock.
        InputsError: the inputs do not fit.
    """
    if not prepared.options.mock:
        raise UsageError("only a mocked workflow can be walked", "prepare it with Options(mock=True)")
    program = prepared.program
    edges = edges_of(program)
    mock = Mock(prepared.options.seed if seed is None else seed, program=program)
    routes = Routes(edges, program)
    walk = _Walk(prepared, inputs or {}, inputs_for or {}, mock, Steps(program), routes, fingerprint or Fingerprint())
    for edge in routes.blocked:
        walk.why[edge] = routes.never(edge)
    _go(walk, (), on_event)
    while walk.open and len(walk.tours) < min(len(edges) + 1, MAX_RUNS):
        _try_next(walk, on_event)
    for edge in walk.open:
        walk.why[edge] = f"it was not tried: a walk makes at most {MAX_RUNS} runs"
    walked = (Walked(edge, tuple(walk.taken.get(edge, ())), _why(walk, edge)) for edge in edges)
    return Coverage(program.entry.workflow_id, tuple(walked), tuple(walk.tours))


def _why(walk: _Walk, edge: Edge) -> str:
    return "" if edge in walk.taken else walk.why.get(edge, "")


def _try_next(walk: _Walk, on_event: OnEvent | None) -> None:
    """Lead a run to the nearest open edge; tell of those that no way leads to."""
    ways = walk.routes.ways()
    found: list[tuple[Way, Edge]] = []
    for edge in walk.open:
        way = walk.way_to(edge, ways)
        if way is None:
            walk.why[edge] = walk.reasons.get(edge) or _unreachable(walk, edge, ways)
        else:
            found.append((way, edge))
    if not found:
        return
    way, edge = min(found, key=lambda pair: len(pair[0]))
    guide = _go(walk, way, on_event)
    if edge in walk.taken:
        return
    missed = guide.missed or edge
    if missed in walk.taken and walk.spare > 0:
        walk.detours.setdefault(edge, set()).add(missed)
        walk.reasons[edge] = guide.why
        return
    # Where it is another edge on the way that is not to be had, there may be another way.
    given_up = edge if missed in walk.taken else missed
    walk.why[given_up] = guide.why or "the run did not take it"
    walk.routes.blocked.add(given_up)


def _unreachable(walk: _Walk, edge: Edge, ways: Ways) -> str:
    if edge.step in ways.steps:
        return "the workflow that its step calls has no way to fail"
    if edge.step in Routes(walk.routes.edges, walk.routes.program).ways().steps:
        return f"what leads to step '{edge.step.step_id}' can't be taken"
    return f"no way leads to step '{edge.step.step_id}'"


def _go(walk: _Walk, way: Way, on_event: OnEvent | None) -> Guide:
    """Make one run, led along a way, and keep what it took."""
    number = len(walk.tours) + 1
    guide = Guide(way, walk.routes, walk.steps)
    time = SimulatedTime()
    memory = None if walk.prepared.options.stateless else State()  # each run begins with nothing
    mock = walk.mock.following(guide, time.wait, memory, way)
    prepared = walk.prepared if not way else _bounded(walk.prepared)
    run = begin(prepared, walk.inputs, walk.inputs_for)
    trail = Trail(walk.prepared.program, walk.routes.edges)
    answer, authorize = walk.fingerprint.answering(mock.answer), walk.fingerprint.authorizing(mock.authorize)
    with closing(blocking.stream(run, answer, time, authorize)) as events:
        for stamped in events:
            if on_event is not None:
                on_event(stamped)
            edge = trail.on(stamped.event)
            if edge is not None:
                _note(walk, edge, number)
                reason = stamped.event.reason if isinstance(stamped.event, StepEnded) else ""
                guide.took(edge, getattr(stamped.event, "step", ()), reason)
            if way and guide.is_lost:
                break
    status, reason = (run.result.status, run.result.reason) if run.result is not None else _LOST
    guide.ended(reason)
    wishes = tuple(edge.wish for edge in way if edge.action is not None or not edge.passed or edge.index)
    told = tuple(guide.unexpected) if way or status is not Status.SUCCEEDED else ()
    walk.tours.append(Tour(number, status, wishes, reason, told))
    return guide


def _note(walk: _Walk, edge: Edge, number: int) -> None:
    runs = walk.taken.setdefault(edge, [])
    if not runs or runs[-1] != number:
        runs.append(number)
    walk.routes.taken.add(edge)


def _bounded(prepared: Prepared) -> Prepared:
    limits = prepared.settings.limits
    bounded = replace(limits, max_steps=min(limits.max_steps, MAX_STEPS))
    return replace(prepared, settings=replace(prepared.settings, limits=bounded))
