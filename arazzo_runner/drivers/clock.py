"""The clocks of a driver: real ones, and one that never makes anybody wait."""

from __future__ import annotations

import time
from typing import Protocol

from arazzo_runner.engine.outcomes import Clock


class Timepiece(Protocol):
    """Reads the time and lets it pass."""

    def read(self) -> Clock:
        """Return the time now."""

    def wait(self, seconds: float) -> None:
        """Let `seconds` pass."""


class RealTime:
    """The machine's clocks; waiting takes time."""

    def read(self) -> Clock:
        """Return the wall clock and the monotonic clock."""
        return Clock(time.time(), time.monotonic())

    def wait(self, seconds: float) -> None:
        """Sleep."""
        time.sleep(seconds)


class SimulatedTime:
    """A clock that stands still but for waits, which pass at once: nothing invented needs real time."""

    def __init__(self, wall: float = 0.0) -> None:
        self._now = Clock(wall, 0.0)

    def read(self) -> Clock:
        """Return the time so far."""
        return self._now

    def wait(self, seconds: float) -> None:
        """Move on by `seconds`."""
        self._now = Clock(self._now.wall + seconds, self._now.monotonic + seconds)
