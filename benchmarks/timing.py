"""Taking times: row and floor in turns, garbage collected between the turns and not within."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Final

from benchmarks.row import BYTES, Act, Contest, Row, Size

TURNS: Final = 7
"""The fewest turns whose median is a result."""


@dataclass(frozen=True, slots=True)
class Result:
    """The times of a row, in seconds a turn; or the bytes, where these are compared."""

    row: Row
    measured: tuple[float, ...]
    floor: tuple[float, ...]

    @property
    def seconds(self) -> float:
        """The median of what is measured."""
        return statistics.median(self.measured)

    @property
    def floor_seconds(self) -> float:
        """The median of the floor."""
        return statistics.median(self.floor)

    @property
    def ratio(self) -> float:
        """How many times the floor it takes."""
        return self.seconds / self.floor_seconds

    @property
    def met(self) -> bool:
        """Whether the goal is reached."""
        return self.ratio <= self.row.goal


def measure(row: Row, size: Size, turns: int = TURNS, clock: Callable[[], float] = perf_counter) -> Result:
    """Time a row against its floor, after one turn of each that does not count."""
    turns = min(turns, row.turns or turns)
    with row.open(size) as contest:
        if row.unit == BYTES:
            return Result(row, *(tuple(map(_weighed, [act] * turns)) for act in (contest.measured, contest.floor)))
        contest.floor(), contest.measured()
        floor: list[float] = []
        measured: list[float] = []
        for _ in range(turns):
            floor.append(_timed(contest.floor, contest, clock))
            measured.append(_timed(contest.measured, contest, clock))
    return Result(row, tuple(measured), tuple(floor))


def _weighed(act: Act) -> float:
    found = act()
    assert isinstance(found, int | float), "what is weighed gives its bytes"
    return float(found)


def _timed(act: Act, contest: Contest, clock: Callable[[], float]) -> float:
    gc.collect()
    begun = clock()
    kept = [act() for _ in range(contest.repeat)]
    taken = clock() - begun
    del kept  # outside of the time: to take a big document down is no part of reading it
    return taken / contest.repeat
