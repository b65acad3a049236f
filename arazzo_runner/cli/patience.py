"""How far a long judgement has come: one line on a terminal, once it has taken more than a second, then wiped."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, TextIO

from arazzo_runner.reports.layout import cut

AFTER: Final = 1.0
"""Seconds for which nothing is said."""

_BACK: Final = "\r\x1b[K"


class Patience:
    """Tells a person on a terminal how far the work has come; `clock` gives seconds."""

    def __init__(self, stream: TextIO, width: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream, self._width, self._clock = stream, width, clock
        self._is_terminal = stream.isatty()
        self._begun = clock()
        self._shown = False

    def at(self, number: int, total: int, name: str) -> None:
        """Say that number `number` of `total` is next, if it has taken long enough."""
        if self._is_terminal and self._clock() - self._begun >= AFTER:
            self._stream.write(_BACK + cut(f"{number} of {total}: {name}", self._width - 1, "..."))
            self._stream.flush()
            self._shown = True

    def done(self) -> None:
        """Wipe what was said."""
        if self._shown:
            self._stream.write(_BACK)
            self._stream.flush()
            self._shown = False
