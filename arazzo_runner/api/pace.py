"""How many runs may go on at the same time, and how fast they may start: one by one, without a burst after a pause."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from arazzo_runner.errors import UsageError

CONCURRENCY: Final = 10
"""How many rows are run at the same time, unless the caller says otherwise."""

MAX_CONCURRENCY: Final = 1_000
"""The most rows that are run at the same time: each may hold a connection, and systems count open files."""

MAX_RATE: Final = 1_000_000
"""The most runs a second that a rate can ask for."""


class Pace:
    """Spaces starts by `1 / rate` seconds; None lets them go as they come. `clock` gives seconds.

    Raises:
        UsageError: the rate is no number above 0.
    """

    def __init__(self, rate: float | None, clock: Callable[[], float] = time.monotonic) -> None:
        if rate is not None and not (isinstance(rate, int | float) and 0 < rate <= MAX_RATE):
            raise UsageError("the rate is no number of runs a second", f"give a number above 0, {MAX_RATE:,} at most")
        self._gap = 0.0 if rate is None else 1.0 / rate
        self._clock = clock
        self._next = clock()

    def left(self) -> float:
        """Return the seconds until the next run may start; 0 where it may now."""
        return max(0.0, self._next - self._clock()) if self._gap else 0.0

    def start(self) -> None:
        """Tell that a run starts."""
        if self._gap:
            self._next = max(self._next, self._clock()) + self._gap
