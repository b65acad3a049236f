"""The path that a run took through the figure of a workflow: the nodes that it reached, the ways that it went.

A figure shows a workflow once, however often it ran; what is marked is what happened in any of these times, and the
state of a step is that of the last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from arazzo_runner.engine.result import Status
from arazzo_runner.graph.actions import shortened
from arazzo_runner.graph.model import Edge, EdgeKind, Figure, NodeKind
from arazzo_runner.reports.findings.order import counted
from arazzo_runner.reports.graph.taken import Taken
from arazzo_runner.reports.run.exchange import seconds_text
from arazzo_runner.reports.run.html.history import Activation, Call, Item, Try

REACHED = "reached"
"""The state of a node that is no step."""

_STATES = {
    Status.SUCCEEDED: "succeeded",
    Status.FAILED: "failed",
    Status.STOPPED: "failed",
    Status.SKIPPED: "skipped",
    None: "running",
}
_KINDS = {"goto": EdgeKind.GOTO, "retry": EdgeKind.RETRY, "end": EdgeKind.END}


def taken(figure: Figure, calls: Sequence[Call], shown: frozenset[int]) -> Taken:
    """Return what calls of a workflow reached in its figure; `shown` are the activations that a link can lead to."""
    ways = _Ways(figure)
    steps: dict[str, list[Activation]] = {}
    edges: set[Edge] = set()
    for call in calls:
        edges.update(ways.of(call))
        for step in _steps_of(call.items):
            steps.setdefault(step.name, []).append(step)
    edges.update(edge for edge in figure.edges if _is_met(edge, steps))
    nodes = {node: REACHED for edge in edges for node in (edge.source, edge.target)}
    nodes.update({name: _STATES[each[-1].status] for name, each in steps.items()})
    return Taken(
        nodes,
        frozenset(edges),
        {name: note for name, each in steps.items() if (note := _note(each))},
        {name: f"#s{each[-1].number}" for name, each in steps.items() if each[-1].number in shown},
    )


def _steps_of(items: Iterable[Item]) -> Iterator[Activation]:
    """Yield the steps of one workflow, those that a retry ran by themselves too."""
    for item in items:
        if isinstance(item, Activation):
            yield item
            for tried in item.tries:
                yield from _steps_of(tried.asides)


def _is_met(edge: Edge, steps: dict[str, list[Activation]]) -> bool:
    """Tell whether a dependency between steps of the workflow was there: both have run."""
    return edge.kind is EdgeKind.DEPENDS and edge.source in steps and edge.target in steps


def _note(activations: list[Activation]) -> str:
    """Return what stands in the box of a step: how often it ran and was tried, and how long it took together."""
    tries = sum(len(each.tries) for each in activations)
    seconds = sum(max(0.0, each.ended - each.began) for each in activations if each.ended is not None)
    told = [counted(len(activations), "time") if len(activations) > 1 else ""]
    told.append(f"{tries:,} tries" if tries > len(activations) else "")
    told.append(seconds_text(seconds) if seconds else "")
    return ", ".join(filter(None, told))


@dataclass(frozen=True, slots=True)
class _Ways:
    """The ways of a figure, by the node that they leave."""

    figure: Figure
    leaving: dict[str, list[Edge]] = field(init=False)

    def __post_init__(self) -> None:
        leaving: dict[str, list[Edge]] = {}
        for edge in self.figure.edges:
            leaving.setdefault(edge.source, []).append(edge)
        object.__setattr__(self, "leaving", leaving)

    def of(self, call: Call) -> Iterator[Edge]:
        """Yield the ways that one call went."""
        started = {node.id for node in self.figure.nodes if node.kind is NodeKind.START}
        needed = {item.workflow for item in call.items if isinstance(item, Call)}
        named = {node.id: node.workflow for node in self.figure.nodes if node.kind is NodeKind.WORKFLOW}
        for edge in self.figure.edges:
            if edge.kind is EdgeKind.DEPENDS and edge.target in started and named.get(edge.source) in needed:
                yield edge
        steps = [item for item in call.items if isinstance(item, Activation)]
        for start in started if steps else ():
            yield from self._from(start, EdgeKind.NEXT, "", "", steps[0].name)
        for index, step in enumerate(steps):
            following = steps[index + 1].name if index + 1 < len(steps) else None
            yield from self._out_of(step, following, call)

    def _out_of(self, step: Activation, following: str | None, call: Call) -> Iterator[Edge]:
        for tried in step.tries:
            yield from self._inside(step, tried)
        last = step.tries[-1].action if step.tries else None
        outcome = "failure" if step.status is Status.FAILED else "success"
        if step.ended is None:
            return
        if last is not None and last.type in _KINDS and last.type != "retry":
            # The target of a goto is in its edge; that of an end is the end.
            yield from self._from(step.name, _KINDS[last.type], outcome, shortened(last.name))
        elif following is not None:
            yield from self._from(step.name, EdgeKind.NEXT, outcome, "", following)
        elif call.ended is not None:
            yield from self._from(step.name, EdgeKind.END, outcome, "")

    def _inside(self, step: Activation, tried: Try) -> Iterator[Edge]:
        if any(isinstance(each, Call) for each in tried.calls):
            yield from self._from(step.name, EdgeKind.CALL, "", "")
        if tried.action is not None and tried.action.type == "retry":
            name = shortened(tried.action.name)
            yield from self._from(step.name, EdgeKind.RETRY, "failure", name)
            if tried.asides:
                yield from self._from(step.name, EdgeKind.CALL, "failure", name)

    def _from(self, source: str, kind: EdgeKind, outcome: str, name: str, target: str | None = None) -> Iterator[Edge]:
        """Yield the ways out of a node that are of a kind, an outcome and an action (and lead to a node)."""
        for edge in self.leaving.get(source, ()):
            fits = edge.kind is kind and edge.name == name and edge.outcome in ("", outcome)
            if fits and target in (None, edge.target):
                yield edge
