"""Events in, text out: one module a format, and the one table of them.

A reporter writes to the text stream that it was made with. It knows neither the command nor the drivers, and changes
nothing: events are all it sees. They arrive redacted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, TextIO, TypeAlias

from arazzo_runner.engine.events import Stamped
from arazzo_runner.reports.page import Look
from arazzo_runner.reports.run.json import JsonReporter
from arazzo_runner.reports.run.text import TextReporter


class Reporter(Protocol):
    """Tells of a run while it goes on, or at its end."""

    def on(self, stamped: Stamped) -> None:
        """Take the next event, in the order in which they happened."""

    def close(self) -> None:
        """End the report, also of a run that did not end; calling it again does nothing."""


Factory: TypeAlias = Callable[[TextIO, Look], Reporter]


def _live(stream: TextIO, look: Look) -> Reporter:
    from arazzo_runner.reports.run.live import LiveReporter  # brings rich, which no other format needs

    return LiveReporter(stream, look)


FORMATS: Mapping[str, Factory] = {
    "json": lambda stream, look: JsonReporter(stream),
    "live": _live,
    "text": TextReporter,
}
