"""Where demands end: the answers of steps and the inputs of workflows, with what is wanted of each place in them."""

from __future__ import annotations

from dataclasses import dataclass, field

from arazzo_runner.mock.demands.demand import Demand
from arazzo_runner.mock.limits import MAX_DEMANDED
from arazzo_runner.program.model import WorkflowKey
from arazzo_runner.values import Path


@dataclass(slots=True)
class Sink:
    """What is wanted of one value: for each place in it the demands, in the order in which they were found.

    Past `MAX_DEMANDED` places, and demands of a place, nothing more is taken.
    """

    demands: dict[Path, list[Demand]] = field(default_factory=dict)

    def add(self, path: Path, demand: Demand) -> None:
        """Note a demand on a place."""
        if path not in self.demands and len(self.demands) >= MAX_DEMANDED:
            return
        held = self.demands.setdefault(path, [])
        if len(held) < MAX_DEMANDED and not any(_is_same(one, demand) for one in held):
            held.append(demand)


@dataclass(slots=True)
class AnswerSink:
    """What is wanted of a step's answer: of its body, and of its headers by their names in lower case."""

    workflow: WorkflowKey
    body: Sink = field(default_factory=Sink)
    headers: dict[str, Sink] = field(default_factory=dict)

    def header(self, name: str) -> Sink:
        """Return what is wanted of a header."""
        return self.headers.setdefault(name.lower(), Sink())


def _is_same(one: Demand, other: Demand) -> bool:
    same = one.must is other.must and one.fits is other.fits and one.form is other.form and one.tie == other.tie
    return same and one.absent_fails == other.absent_fails
