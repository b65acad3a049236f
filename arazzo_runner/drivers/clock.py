"""The clocks of a driver: real ones, and one that never makes anybody wait."""

from __future__ import annotations

import time
from typing import Final, Protocol

from arazzo_runner.engine.outcomes import Clock

LONGEST_NAP: Final = 24 * 60 * 60.0
"""Seconds that are waited at a time: the system refuses very long waits as a whole."""


class Reading(Protocol):
    """Reads the time."""

    def read(self) -> Clock:
        """Return the time now."""


class Timepiece(Protocol):
    """Reads the time and lets it pass."""

    def read(self) -> Clock:
        """Return the time now."""

    def wait(self, seconds: float) -> None:
        """Let `seconds` pass."""


class LoopTimepiece(Protocol):
    """Reads the time and lets it pass inside an event loop, where others may go on meanwhile."""

    def read(self) -> Clock:
        """Return the time now."""

    async def pause(self, seconds: float) -> None:
        """Let `seconds` pass."""


class RealTime:
    """The machine's clocks; waiting takes time."""

    def read(self) -> Clock:
        """Return the wall clock and the monotonic clock."""
        return Clock(time.time(), time.monotonic())

    def wait(self, seconds: float) -> None:
        """Sleep."""
        while seconds > LONGEST_NAP:
            time.sleep(LONGEST_NAP)
            seconds -= LONGEST_NAP
        time.sleep(max(0.0, seconds))

    async def pause(self, seconds: float) -> None:
        """Sleep, and let the others in the event loop go on."""
        import asyncio  # there is a loop, so it is there already

        await asyncio.sleep(max(0.0, seconds))


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

    async def pause(self, seconds: float) -> None:
        """Move on by `seconds`."""
        self.wait(seconds)
