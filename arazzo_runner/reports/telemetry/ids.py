"""Spans with ids that are decided elsewhere: those that went out with the requests."""

from __future__ import annotations

from copy import copy

from opentelemetry.sdk.trace import Tracer as SdkTracer
from opentelemetry.sdk.trace.id_generator import IdGenerator, RandomIdGenerator
from opentelemetry.trace import Tracer

from arazzo_runner.engine.trace_parent import TraceParent


class GivenIds(RandomIdGenerator):
    """Gives the ids of `next` to the next span; random ones where there is none."""

    def __init__(self) -> None:
        self.next: TraceParent | None = None

    def generate_trace_id(self) -> int:
        """Return the id of the trace."""
        return super().generate_trace_id() if self.next is None else int(self.next.trace_id, 16)

    def generate_span_id(self) -> int:
        """Return the id of the span."""
        return super().generate_span_id() if self.next is None else int(self.next.span_id, 16)


def with_ids(tracer: Tracer, ids: IdGenerator) -> Tracer:
    """Return the tracer with these ids; one that is not the SDK's keeps its own.

    A provider gives the same tracer to all that ask, so it is copied: runs may go on side by side.
    """
    if not isinstance(tracer, SdkTracer):
        return tracer
    own = copy(tracer)
    own.id_generator = ids
    return own


def random_span() -> TraceParent:
    """Return a span of a trace of its own."""
    chance = RandomIdGenerator()
    return TraceParent(f"{chance.generate_trace_id():032x}", f"{chance.generate_span_id():016x}")
