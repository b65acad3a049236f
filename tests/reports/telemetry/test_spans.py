"""Spans begin and end at the stamps, once."""

from __future__ import annotations

from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from arazzo_runner.engine.outcomes import Clock
from arazzo_runner.engine.trace_parent import TraceParent
from arazzo_runner.reports.telemetry.spans import Spans, nanoseconds

RUN = TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7")
AT = Clock(1_700_000_000.5)


def _made() -> tuple[Spans, InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    return Spans(provider.get_tracer("t"), RUN), exporter


def _only(exporter: InMemorySpanExporter) -> ReadableSpan:
    (span,) = exporter.get_finished_spans()
    return span


def test_times() -> None:
    assert nanoseconds(1_700_000_000.5) == 1_700_000_000_500_000_000
    assert nanoseconds(-1.0) == 0


def test_a_clock_that_is_set_back_makes_no_negative_time() -> None:
    spans, exporter = _made()
    run = spans.begin_run("run", {}, AT)
    run.tell("x", {}, Clock(AT.wall - 60))
    run.end(Clock(AT.wall - 60))
    span = _only(exporter)
    assert span.start_time == span.end_time == nanoseconds(AT.wall) == span.events[0].timestamp


def test_a_span_ends_once() -> None:
    spans, exporter = _made()
    run = spans.begin_run("run", {}, AT)
    run.succeed(Clock(AT.wall + 1))
    run.end(Clock(AT.wall + 2), error="late")
    run.succeed(Clock(AT.wall + 3))
    span = _only(exporter)
    assert (span.end_time, span.status.status_code) == (nanoseconds(AT.wall + 1), StatusCode.OK)


def test_what_is_open_is_ended_from_within() -> None:
    spans, exporter = _made()
    run = spans.begin_run("run", {}, AT)
    spans.begin(spans.begin(run, "a", {}, AT), "b", {}, AT)
    spans.end_all(Clock(AT.wall + 1), "broken off")
    ended = exporter.get_finished_spans()
    assert [(span.name, span.status.description) for span in ended] == [
        (name, "broken off") for name in ("b", "a", "run")
    ]


def test_texts_that_are_no_unicode() -> None:
    spans, exporter = _made()
    run = spans.begin_run("run \udc80", {"a": "\udc80", "b": 1}, AT)
    run.end(AT, error="\udc80")
    span = _only(exporter)
    assert (span.name, dict(span.attributes or {}), span.status.description) == ("run ?", {"a": "?", "b": 1}, "?")


def test_ids_of_another_trace_are_not_taken_over() -> None:
    spans, exporter = _made()
    run = spans.begin_run("run", {}, AT)
    theirs, ours = TraceParent("1" * 32, "2" * 16), TraceParent(RUN.trace_id, "3" * 16)
    for itself in (theirs, ours):
        spans.begin(run, "a", {}, AT, itself=itself).end(AT)
    first, second = (span.get_span_context() for span in exporter.get_finished_spans())
    assert first is not None
    assert second is not None
    assert f"{first.trace_id:032x}" == RUN.trace_id
    assert f"{first.span_id:016x}" != theirs.span_id
    assert f"{second.span_id:016x}" == ours.span_id
