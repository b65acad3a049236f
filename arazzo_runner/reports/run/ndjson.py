"""A run as lines of JSON, one an event, each written when it happens; described by ``events.schema.json`` beside this.

The last line of a run is always `runEnded`; where it was broken off, that line says so.
"""

from __future__ import annotations

import json
from typing import Final, TextIO

from arazzo_runner.engine.events import RunEnded, RunStarted, Stamped
from arazzo_runner.journal.codec import encode
from arazzo_runner.reports.run.progress import INTERRUPTED, Progress

SCHEMA_VERSION: Final = "1"


class NdjsonReporter:
    """Writes a line an event."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._progress = Progress()
        self._last: Stamped | None = None
        self._open = False

    def on(self, stamped: Stamped) -> None:
        """Take the next event; OSError is the caller's (a pipe that was closed)."""
        self._progress.on(stamped)
        self._last = stamped
        match stamped.event:
            case RunStarted():
                self._open = True
            case RunEnded():
                self._open = False
            case _:
                pass
        self._stream.write(line(stamped))
        self._stream.flush()

    def close(self) -> None:
        """End the report; a run that did not end is told of as stopped."""
        if self._open and self._last is not None:
            self.on(Stamped(RunEnded(self._progress.result(INTERRUPTED)), self._last.clock))


def line(stamped: Stamped) -> str:
    """Return the line of an event, in ASCII, with its line break."""
    told = {
        "schemaVersion": SCHEMA_VERSION,
        "wall": stamped.clock.wall,
        "monotonic": stamped.clock.monotonic,
        "event": encode(stamped.event),
    }
    return json.dumps(told, allow_nan=False, separators=(",", ":")) + "\n"
