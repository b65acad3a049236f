"""A run as one HTML page: written when the run has ended, or of what is known of it when it is broken off."""

from __future__ import annotations

from typing import TextIO

from arazzo_runner.engine.events import RunEnded, RunStarted, Stamped
from arazzo_runner.reports.run.html.chronicle import Chronicle
from arazzo_runner.reports.run.html.page import page


class HtmlReporter:
    """Writes one page to a stream that takes UTF-8."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._chronicle = Chronicle()
        self._open = False

    def on(self, stamped: Stamped) -> None:
        """Take the next event; the last one of a run has the page written."""
        self._chronicle.on(stamped)
        match stamped.event:
            case RunStarted():
                self._open = True
            case RunEnded():
                self._write()
            case _:
                pass

    def close(self) -> None:
        """End the report; of a run that did not end, what is known is written."""
        if self._open:
            self._write()

    def _write(self) -> None:
        self._open = False
        self._stream.write(page(self._chronicle.history))
        self._stream.flush()
