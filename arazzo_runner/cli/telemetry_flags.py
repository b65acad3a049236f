"""Traces and metrics that the command line asks for: `--otel` and `--traceparent`.

A collector that is away is told of in one line at the end, and changes neither the run nor its exit code.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias

from arazzo_runner.cli.faults import note
from arazzo_runner.cli.marks import option
from arazzo_runner.engine.trace_parent import parse
from arazzo_runner.errors import UsageError

if TYPE_CHECKING:
    from arazzo_runner.engine.events import Stamped
    from arazzo_runner.reports.telemetry.export import Telemetry

Otel: TypeAlias = Annotated[
    bool,
    option(
        "--otel",
        help="Send spans and metrics of the run to a collector of OpenTelemetry; the variables OTEL_* say where and "
        "how. Needs the extra 'otel'.",
    ),
]
Traceparent: TypeAlias = Annotated[
    bool,
    option(
        "--traceparent",
        help="Send a traceparent (W3C Trace Context) with each request, so that the servers' spans hang below the run. "
        "Goes on with the trace of the variable TRACEPARENT, where it is set.",
    ),
]

VARIABLE: Final = "TRACEPARENT"
_LOGGER: Final = "opentelemetry"
_MOST: Final = 300
"""Characters of a reason that are shown."""


def caller_of(environ: Mapping[str, str]) -> str:
    """Return the traceparent of whoever started the command; empty for none, also for one that is broken."""
    text = environ.get(VARIABLE, "")
    return text if parse(text) is not None else ""


def wanted_header(flag: bool, environ: Mapping[str, str]) -> bool | str:
    """Return what requests carry, as `Options.traceparent` says it."""
    return flag and (caller_of(environ) or True)


def check_alone(otel: bool, others: Iterable[tuple[bool, str]]) -> None:
    """Refuse telemetry beside flags that have no run to tell of.

    Raises:
        UsageError: one of the `others` is given; its name stands beside it.
    """
    for given, name in others:
        if otel and given:
            raise UsageError(f"--otel tells of one run, and {name} is none", "leave one of the two out")


class _Complaints(logging.Handler):
    """Keeps the last thing that the packages of OpenTelemetry complained about, in the place of their log lines."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.last = ""
        self._logger = logging.getLogger(_LOGGER)
        self._propagated = self._logger.propagate

    def begin(self) -> None:
        """Listen."""
        self._logger.addHandler(self)
        self._logger.propagate = False

    def end(self) -> None:
        """Leave the log as it was."""
        self._logger.removeHandler(self)
        self._logger.propagate = self._propagated

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what is said."""
        said = " ".join(record.getMessage().split())
        self.last = said if len(said) <= _MOST else said[: _MOST - 1] + "…"


class Watch:
    """Sends what happens to a collector."""

    def __init__(self, telemetry: Telemetry, complaints: _Complaints, quiet: bool) -> None:
        self._telemetry: Telemetry | None = telemetry
        self._complaints, self._quiet = complaints, quiet

    def on(self, stamped: Stamped) -> None:
        """Take the next event."""
        if self._telemetry is not None:
            self._telemetry.on(stamped)

    def close(self) -> None:
        """Send what is left, and say where that was in vain; calling it again does nothing."""
        telemetry, self._telemetry = self._telemetry, None
        if telemetry is None:
            return
        in_time = telemetry.close()
        if in_time:  # else a thread goes on until the command ends, and what it says then nobody wants to hear
            self._complaints.end()
        if self._quiet:
            return
        if self._complaints.last:
            note(f"--otel: not all of it was taken: {self._complaints.last}", _HINT)
        elif not in_time:
            note("--otel: the collector took too long, so it may lack a part of this run", _HINT)


_HINT: Final = "see OTEL_EXPORTER_OTLP_ENDPOINT; the run itself is not touched by it"


def open_telemetry(otel: bool, environ: Mapping[str, str], *, quiet: bool = False) -> Watch | None:
    """Return what sends telemetry where it is asked for.

    Raises:
        UsageError: the extra is not installed, or an exporter that the environment names.
    """
    if not otel:
        return None
    from arazzo_runner.reports.telemetry import telemetry  # an extra, and slow to load

    complaints = _Complaints()
    complaints.begin()
    try:
        return Watch(telemetry(parent=caller_of(environ)), complaints, quiet)
    except BaseException:
        complaints.end()
        raise
