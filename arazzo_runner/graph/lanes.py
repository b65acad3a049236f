"""Lanes beside a column: each group of edges that lead to one place runs in a lane of its own, short ones inside."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

MAX_LANES = 40
"""Lanes on one side of a drawing; what finds no place in them is drawn as a stub that names where it leads."""

APART = 10
"""How far two groups in one lane stay from each other."""

Key = TypeVar("Key", bound=Hashable)


@dataclass(slots=True)
class _Lane:
    """The stretches that a lane has taken, in order; they do not touch."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def take(self, start: int, end: int, apart: int) -> bool:
        """Take a stretch if it is free, and tell so."""
        at = bisect_left(self.starts, start)
        if at < len(self.starts) and self.starts[at] <= end + apart:
            return False
        if at and self.ends[at - 1] + apart >= start:
            return False
        self.starts.insert(at, start)
        self.ends.insert(at, end)
        return True


def lanes_of(stretches: Mapping[Key, tuple[int, int]], most: int = MAX_LANES, apart: int = APART) -> dict[Key, int]:
    """Return a lane for each stretch from one height to another, counted from the inside; none where all are full."""
    lanes: list[_Lane] = []
    found: dict[Key, int] = {}
    for key, (start, end) in sorted(stretches.items(), key=lambda item: (item[1][1] - item[1][0], item[1])):
        lane = next((number for number, one in enumerate(lanes) if one.take(start, end, apart)), None)
        if lane is None and len(lanes) < most:
            lane = len(lanes)
            lanes.append(_Lane())
            lanes[lane].take(start, end, apart)
        if lane is not None:
            found[key] = lane
    return found
