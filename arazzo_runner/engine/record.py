"""The activations of a run, within a bound: a loop may have a million turns, and nobody reads them all.

The first tell how it began, the last how it ended. Events tell of every one.
"""

from __future__ import annotations

from collections import deque
from typing import Final

from arazzo_runner.engine.limits import MAX_RECORDED
from arazzo_runner.engine.result import StepResult

FIRST: Final = 100
"""How many of those at the beginning are kept."""


class Record:
    """Keeps the first and the last activations; `left_out` is how many of those between them were let go."""

    def __init__(self, most: int = MAX_RECORDED) -> None:
        self._first: list[StepResult] = []
        self._begin = min(FIRST, most)
        self._last: deque[StepResult] = deque(maxlen=most - self._begin)
        self._count = 0

    def append(self, step: StepResult) -> None:
        """Take one more."""
        self._count += 1
        if len(self._first) < self._begin:
            self._first.append(step)
        else:
            self._last.append(step)

    @property
    def kept(self) -> tuple[StepResult, ...]:
        """What is kept, in the order in which it was taken."""
        return (*self._first, *self._last)

    @property
    def left_out(self) -> int:
        """How many were let go."""
        return self._count - len(self._first) - len(self._last)
