"""How far tests have come: a bar on a terminal, once they have taken more than a second; wiped before anything else.

Where the report is text, a document's lines are written as soon as it and all before it are done: they come while the
tests run, and stand in the same order each time.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, TextIO

from arazzo_runner.api.testing import Gathering
from arazzo_runner.api.workers import Begun, Done, Finished, Message
from arazzo_runner.coverage.trials import TriedDocument
from arazzo_runner.reports.layout import cut

AFTER: Final = 1.0
"""Seconds for which nothing is shown."""

EVERY: Final = 0.1
"""Seconds between two changes of what is shown."""

CELLS: Final = 20
_BACK: Final = "\r\x1b[K"


class Progress:
    """Follows tests. `tell` gets each document when its turn has come; `clock` gives seconds."""

    def __init__(
        self,
        gathering: Gathering,
        stream: TextIO | None,
        width: int,
        tell: Callable[[TriedDocument], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._gathering, self._stream, self._width = gathering, stream, width
        self._tell, self._clock = tell, clock
        self._begun = self._last = clock()
        self._shown = False
        self._told = 0
        self._at = ""
        self._done = self._failed = 0

    def on(self, message: Message) -> None:
        """Take the next message, which the gathering has."""
        match message:
            case Begun(document=number, workflow=workflow):
                self._at = workflow or self._gathering.files[number]
            case Done(trial=trial):
                self._done += 1
                self._failed += not trial.succeeded
            case Finished():
                self._tell_next()
            case _:
                pass
        self._show()

    def close(self) -> None:
        """Wipe what is shown."""
        if self._shown and self._stream is not None:
            self._stream.write(_BACK)
            self._stream.flush()
            self._shown = False

    @property
    def told(self) -> int:
        """How many documents were told."""
        return self._told

    def _tell_next(self) -> None:
        finished = self._gathering.finished
        while self._tell is not None and self._told in finished:
            self.close()
            self._tell(self._gathering.document(self._told))
            self._told += 1

    def _show(self) -> None:
        now = self._clock()
        if self._stream is None or now - self._begun < AFTER or (self._shown and now - self._last < EVERY):
            return
        total, finished = len(self._gathering.files), len(self._gathering.finished)
        filled = CELLS * finished // max(total, 1)
        failed = f", {self._failed} failed" if self._failed else ""
        text = (
            f"[{'#' * filled}{'.' * (CELLS - filled)}] {finished} of {total} documents, {self._done} workflows{failed}"
        )
        self._stream.write(_BACK + cut(f"{text}: {self._at}", self._width - 1, "..."))
        self._stream.flush()
        self._shown, self._last = True, now
