"""Spans have the ids that were decided elsewhere."""

from __future__ import annotations

from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.trace import NoOpTracer

from arazzo_runner.engine.trace_parent import TraceParent, parse
from arazzo_runner.reports.telemetry.ids import GivenIds, random_span, with_ids

ITSELF = TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7")


def test_the_next_span_has_the_given_ids() -> None:
    ids = GivenIds()
    tracer = with_ids(TracerProvider(shutdown_on_exit=False).get_tracer("t"), ids)
    ids.next = ITSELF
    context = tracer.start_span("a").get_span_context()
    assert (f"{context.trace_id:032x}", f"{context.span_id:016x}") == (ITSELF.trace_id, ITSELF.span_id)


def test_without_any_they_are_random() -> None:
    ids = GivenIds()
    assert ids.generate_trace_id() != ids.generate_trace_id()
    assert ids.generate_span_id() != ids.generate_span_id()


def test_others_that_share_the_provider_keep_theirs() -> None:
    provider = TracerProvider(shutdown_on_exit=False)
    ids = GivenIds()
    with_ids(provider.get_tracer("t"), ids)
    ids.next = ITSELF
    assert f"{provider.get_tracer('t').start_span('a').get_span_context().trace_id:032x}" != ITSELF.trace_id


def test_a_tracer_of_another_make_is_left_alone() -> None:
    tracer = NoOpTracer()
    assert with_ids(tracer, GivenIds()) is tracer


def test_a_random_span_is_one() -> None:
    assert parse(str(random_span())) is not None
    assert random_span() != random_span()
