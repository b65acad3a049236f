"""Events in, text out: one module a format, and the one table of them.

A reporter writes to the text stream that it was made with. It knows neither the command nor the drivers, and changes
nothing: events are all it sees. They arrive redacted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
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


def _html(stream: TextIO, look: Look) -> Reporter:
    from arazzo_runner.reports.run.html import HtmlReporter  # brings the drawing of pictures

    return HtmlReporter(stream)


def _har(stream: TextIO, look: Look) -> Reporter:
    from arazzo_runner.reports.run.har import HarReporter

    return HarReporter(stream)


def _ndjson(stream: TextIO, look: Look) -> Reporter:
    from arazzo_runner.reports.run.ndjson import NdjsonReporter

    return NdjsonReporter(stream)


def _afterwards(name: str) -> Factory:
    """Return what makes a reporter of a module that writes its report once, with its function `write`."""

    def make(stream: TextIO, look: Look) -> Reporter:
        from arazzo_runner.reports.run.visits import AfterTheRun

        return AfterTheRun(stream, look, import_module(f"{__name__}.{name}").write)

    return make


FORMATS: Mapping[str, Factory] = {
    "github": _afterwards("github"),
    "har": _har,
    "html": _html,
    "json": lambda stream, look: JsonReporter(stream),
    "junit": _afterwards("junit"),
    "live": _live,
    "markdown": _afterwards("markdown"),
    "ndjson": _ndjson,
    "text": TextReporter,
}
"""What makes a reporter, by the name of its format."""

AT_ONCE = frozenset({"live", "ndjson", "text"})
"""The formats that tell of a run while it goes on; the others write once, at its end."""
