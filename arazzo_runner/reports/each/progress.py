"""How far many runs have come: one line on a terminal, drawn again and again, wiped before anything else is written."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, TextIO

from arazzo_runner.reports.each.tally import Tally, duration
from arazzo_runner.reports.layout import cut

EVERY: Final = 0.1
"""Seconds between two changes of what is shown."""

_BACK: Final = "\r\x1b[K"


class Progress:
    """Draws the line on a stream (None: nothing is drawn). `total` is how many rows there are, None where nobody knows.

    `clock` gives seconds.
    """

    def __init__(
        self,
        stream: TextIO | None,
        width: int,
        total: int | None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._stream, self._width, self._total, self._clock = stream, width, total, clock
        self._begun = clock()
        self._last = self._begun - EVERY
        self._shown = False

    @property
    def seconds(self) -> float:
        """Seconds since it began."""
        return self._clock() - self._begun

    def show(self, tally: Tally, running: int) -> None:
        """Draw how far it is, unless that was done a moment ago."""
        now = self._clock()
        if self._stream is None or now - self._last < EVERY:
            return
        self._stream.write(_BACK + cut(self._text(tally, running, now - self._begun), self._width - 1, "..."))
        self._stream.flush()
        self._shown, self._last = True, now

    def wipe(self) -> None:
        """Take away what is shown."""
        if self._shown and self._stream is not None:
            self._stream.write(_BACK)
            self._stream.flush()
            self._shown, self._last = False, self._clock() - EVERY

    def _text(self, tally: Tally, running: int, seconds: float) -> str:
        earlier = sum(tally.earlier.values())
        done = tally.total + earlier
        text = f"{done:,} rows" if self._total is None else f"{done:,} of {self._total:,} rows"
        if tally.unsuccessful:
            text += f", {tally.unsuccessful:,} not succeeded"
        text += f", {running:,} running"
        if tally.total and seconds > 0:
            rate = tally.total / seconds
            text += f", {rate:,.3g} a second"
            if self._total is not None and done <= self._total:
                text += f", {duration((self._total - done) / rate)} left"
        return text
