"""What a tape of events is as spans and metrics, kept in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from arazzo_runner.engine.events import Event, Stamped
from arazzo_runner.engine.outcomes import Clock
from arazzo_runner.reports.telemetry import telemetry

BEGAN = 1_700_000_000.0


@dataclass(frozen=True)
class Watched:
    """The finished spans in the order in which they began, and the points of each metric."""

    spans: tuple[ReadableSpan, ...]
    metrics: dict[str, list[Any]]

    def named(self, name: str) -> list[ReadableSpan]:
        return [span for span in self.spans if span.name == name]

    def one(self, name: str) -> ReadableSpan:
        (found,) = self.named(name)
        return found

    def above(self, span: ReadableSpan) -> str | None:
        """The name of the span that this one hangs below."""
        if span.parent is None:
            return None
        return next(each.name for each in self.spans if id_of(each) == span.parent.span_id)


def id_of(span: ReadableSpan) -> int:
    context = span.get_span_context()
    assert context is not None
    return context.span_id


def trace_of(span: ReadableSpan) -> int:
    context = span.get_span_context()
    assert context is not None
    return context.trace_id


def watched(tape: Iterable[Stamped], parent: str = "") -> Watched:
    exporter, reader = InMemorySpanExporter(), InMemoryMetricReader()
    tracers = TracerProvider(shutdown_on_exit=False)
    tracers.add_span_processor(SimpleSpanProcessor(exporter))
    meters = MeterProvider([reader], shutdown_on_exit=False)
    with telemetry(tracer_provider=tracers, meter_provider=meters, parent=parent) as watcher:
        for stamped in tape:
            watcher.on(stamped)
    metrics: dict[str, list[Any]] = {}
    data = reader.get_metrics_data()
    for resource in data.resource_metrics if data else ():
        for scope in resource.scope_metrics:
            metrics |= {metric.name: list(metric.data.data_points) for metric in scope.metrics}
    spans = sorted(exporter.get_finished_spans(), key=lambda span: span.start_time or 0)
    return Watched(tuple(spans), metrics)


def happening(*events: Event) -> tuple[Stamped, ...]:
    """Events, one a second."""
    return tuple(Stamped(event, Clock(BEGAN + at, 100.0 + at)) for at, event in enumerate(events))
