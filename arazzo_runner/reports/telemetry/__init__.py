"""Runs as traces and metrics of OpenTelemetry, made from their events alone (docs/telemetry.md).

    with telemetry() as watcher:
        run("flow.yml", inputs={...}, on_event=watcher.on)

Nothing of OpenTelemetry is imported before it is asked for: it is an extra.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arazzo_runner.errors import UsageError

if TYPE_CHECKING:
    from arazzo_runner.reports.telemetry.export import Telemetry


def telemetry(*, tracer_provider: Any = None, meter_provider: Any = None, parent: str = "") -> Telemetry:
    """Return what turns the events of runs into spans and metrics.

    Where they go is said by the standard variables of the environment (``OTEL_EXPORTER_OTLP_ENDPOINT`` and the like),
    or by a `tracer_provider` and a `meter_provider` that the caller owns (a `TracerProvider` and a `MeterProvider` of
    OpenTelemetry); where only one is given, nothing of the other kind is made. `parent` is the `traceparent` (W3C Trace
    Context) of the span that the spans of runs hang below; a run whose requests carry one has its own.

    Raises:
        UsageError: the extra is not installed, or an exporter that the environment names; `parent` is no traceparent.
    """
    try:
        import opentelemetry.sdk.trace  # noqa: F401 -- to know whether it is there
    except ImportError:
        raise UsageError("OpenTelemetry is not installed", "pip install 'arazzo-flow[otel]'") from None
    from arazzo_runner.reports.telemetry.export import given, of_environment

    if tracer_provider is None and meter_provider is None:
        return of_environment(parent)
    return given(tracer_provider, meter_provider, parent)
