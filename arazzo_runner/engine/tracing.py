"""`traceparent` on the requests of a run, so that the servers' spans hang below it (W3C Trace Context)."""

from __future__ import annotations

from dataclasses import replace

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.state import RunState
from arazzo_runner.engine.trace_parent import HEADER, TraceParent, below, of_run


def run_span(state: RunState) -> TraceParent | None:
    """Return the span of the run; None where the settings want none."""
    return of_run(state.settings.trace, state.settings.run_id, state.settings.seed)


def with_trace(state: RunState, path: tuple[str, ...], request: Request) -> Request:
    """Return the request with its own span, where the settings want one and the document sets none."""
    run = run_span(state)
    if run is None or request.header(HEADER) is not None:
        return request
    number = state.sent[path] = state.sent.get(path, 0) + 1
    return replace(request, headers=(*request.headers, (HEADER, str(below(run, *path, str(number))))))
