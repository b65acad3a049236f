"""What runs together have covered of a workflow: plain data, for reports and for whoever decides by it."""

from __future__ import annotations

from dataclasses import dataclass

from arazzo_runner.coverage.edges import Edge
from arazzo_runner.engine.result import Status


@dataclass(frozen=True, slots=True)
class Walked:
    """An edge, and the numbers of the runs that took it; `why` says why there are none."""

    edge: Edge
    runs: tuple[int, ...] = ()
    why: str = ""

    @property
    def taken(self) -> bool:
        """Whether any run took it."""
        return bool(self.runs)


@dataclass(frozen=True, slots=True)
class Tour:
    """One run of a walk: the first (number 1) goes as the mock goes of itself, the others where they are steered.

    `wishes` say how it was steered, in the words of scenarios. `unexpected` are failures of steps that nobody asked
    for, each in a sentence.
    """

    number: int
    status: Status
    wishes: tuple[str, ...] = ()
    reason: str = ""
    unexpected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """The edges of a workflow and of all that it can reach, and the runs that were made to take them."""

    workflow: str
    edges: tuple[Walked, ...]
    tours: tuple[Tour, ...]

    @property
    def taken(self) -> int:
        """How many edges were taken."""
        return sum(walked.taken for walked in self.edges)

    @property
    def succeeded(self) -> bool:
        """Whether the walk found nothing wrong: the first run succeeded, and no step failed that was not to fail.

        An edge that can't be taken is no failure.
        """
        return self.tours[0].status is Status.SUCCEEDED and not any(tour.unexpected for tour in self.tours)
