"""The spans of one run, open and ended: what hangs below what, and when it began and ended.

All times are the drivers' stamps (wall clock). A clock that is set back meanwhile does not make a span end before it
began.
"""

from __future__ import annotations

from dataclasses import dataclass

from opentelemetry.context import Context
from opentelemetry.trace import (
    NonRecordingSpan,
    Span,
    SpanContext,
    SpanKind,
    Status,
    StatusCode,
    TraceFlags,
    Tracer,
    set_span_in_context,
)

from arazzo_runner.engine.outcomes import Clock
from arazzo_runner.engine.trace_parent import TraceParent, below
from arazzo_runner.reports.telemetry.attributes import Attributes, plain
from arazzo_runner.reports.telemetry.ids import GivenIds, with_ids


def nanoseconds(wall: float) -> int:
    """Return a time of the wall clock as OpenTelemetry counts it."""
    return round(max(0.0, wall) * 1_000_000_000)


@dataclass(slots=True, eq=False)
class Open:
    """A span that has begun."""

    span: Span
    began: int
    ended: bool = False

    def tell(self, name: str, attributes: Attributes, clock: Clock) -> None:
        """Add something that happened."""
        self.span.add_event(name, clean(attributes), max(self.began, nanoseconds(clock.wall)))

    def end(self, clock: Clock, attributes: Attributes | None = None, error: str | None = None) -> None:
        """End it; `error` says what went wrong, None for nothing. A second end does nothing."""
        if self.ended:
            return
        self.ended = True
        self.span.set_attributes(clean(attributes or {}))
        if error is not None:
            self.span.set_status(Status(StatusCode.ERROR, plain(error)))
        self.span.end(max(self.began, nanoseconds(clock.wall)))

    def succeed(self, clock: Clock, attributes: Attributes | None = None) -> None:
        """End it as a success that somebody has judged."""
        if not self.ended:
            self.span.set_status(Status(StatusCode.OK))
        self.end(clock, attributes)


def clean(attributes: Attributes) -> Attributes:
    """Return attributes that can be written as UTF-8."""
    return {name: plain(value) if isinstance(value, str) else value for name, value in attributes.items()}


class Spans:
    """Makes the spans of one run, whose own is `run`."""

    def __init__(self, tracer: Tracer, run: TraceParent) -> None:
        self._ids = GivenIds()
        self._tracer = with_ids(tracer, self._ids)
        self._run = run
        self._made = 0
        self._open: dict[int, Open] = {}

    def begin_run(self, name: str, attributes: Attributes, clock: Clock) -> Open:
        """Begin the span of the run, below the caller's where there is one."""
        if not self._run.parent_id:
            return self._begin(self._run, None, name, attributes, SpanKind.INTERNAL, clock)
        flags = TraceFlags(int(self._run.flags, 16))
        caller = SpanContext(int(self._run.trace_id, 16), int(self._run.parent_id, 16), True, flags)
        above = Open(NonRecordingSpan(caller), 0)
        return self._begin(self._run, above, name, attributes, SpanKind.INTERNAL, clock)

    def begin(
        self,
        above: Open,
        name: str,
        attributes: Attributes,
        clock: Clock,
        kind: SpanKind = SpanKind.INTERNAL,
        itself: TraceParent | None = None,
    ) -> Open:
        """Begin a span below another; `itself` are the ids that it went out with."""
        self._made += 1
        if itself is None or itself.trace_id != self._run.trace_id:
            itself = below(self._run, "", str(self._made))
        return self._begin(itself, above, name, attributes, kind, clock)

    def end_all(self, clock: Clock, error: str) -> None:
        """End what is still open, the last begun first."""
        for span in reversed(self._open.values()):
            span.end(clock, error=error)
        self._open.clear()

    def _begin(
        self,
        itself: TraceParent,
        above: Open | None,
        name: str,
        attributes: Attributes,
        kind: SpanKind,
        clock: Clock,
    ) -> Open:
        self._open = {key: span for key, span in self._open.items() if not span.ended}
        self._ids.next = itself
        context = Context() if above is None else set_span_in_context(above.span, Context())
        began = nanoseconds(clock.wall)
        span = self._tracer.start_span(plain(name), context, kind, clean(attributes), start_time=began)
        opened = Open(span, began)
        self._open[id(opened)] = opened
        return opened
