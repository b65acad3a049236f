"""Where spans and metrics go, as the standard variables of the environment say, and how long a run waits for it.

They leave in a thread of their own while the run goes on. At the end what is left is sent, for `EXPORT_TIMEOUT` seconds
at most: a collector that is away fails nothing and delays nothing by more.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from importlib.metadata import entry_points
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

from opentelemetry.metrics import MeterProvider, NoOpMeterProvider
from opentelemetry.sdk.metrics import MeterProvider as SdkMeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, Resource
from opentelemetry.sdk.trace import TracerProvider as SdkTracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import NoOpTracerProvider, TracerProvider

from arazzo_runner._version import VERSION
from arazzo_runner.engine.events import Stamped
from arazzo_runner.engine.trace_parent import parse
from arazzo_runner.errors import UsageError
from arazzo_runner.reports.telemetry.meters import SCOPE, Meters
from arazzo_runner.reports.telemetry.reporter import RunTelemetry

if TYPE_CHECKING:
    from types import TracebackType

SERVICE: Final = "arazzo-flow"
EXPORT_TIMEOUT: Final = 5.0
"""Seconds for which the end of a run waits for its spans and metrics to be taken."""

MAX_SPANS_WAITING: Final = 65_536
"""Spans that wait to be sent; further ones are dropped (``OTEL_BSP_MAX_QUEUE_SIZE``)."""

_QUEUE: Final = "OTEL_BSP_MAX_QUEUE_SIZE"
_PROTOCOLS: Final = {"http/protobuf": "otlp_proto_http", "grpc": "otlp_proto_grpc", "http/json": "otlp_json_http"}
_PROTOCOL: Final = "http/protobuf"
_UNKNOWN: Final = "unknown_service"


class Telemetry:
    """Turns events into spans and metrics; give its `on` to a run, and close it (or use it in a `with` statement)."""

    def __init__(
        self, tracers: TracerProvider, meters: MeterProvider, parent: str, ends: tuple[Callable[[], object], ...] = ()
    ) -> None:
        self._tracers, self._meters, self._ends = tracers, Meters(meters), ends
        self._caller = parse(parent)
        if parent and self._caller is None:
            raise UsageError(
                "the parent of the spans is no traceparent", "write 00-TRACE-SPAN-01, in hexadecimal digits"
            )
        self._own = self.reporter()

    def reporter(self) -> RunTelemetry:
        """Return a reporter for one run of several that go on side by side; close it before this one."""
        return RunTelemetry(self._tracers.get_tracer(SCOPE, VERSION), self._meters, self._caller)

    def on(self, stamped: Stamped) -> None:
        """Take the next event of a run; runs come one after another."""
        self._own.on(stamped)

    def close(self) -> bool:
        """Send what is left, for `EXPORT_TIMEOUT` seconds at most; tells whether that was enough.

        Providers of the caller's own are left as they are.
        """
        self._own.close()
        ends, self._ends = self._ends, ()
        if not ends:
            return True
        # The SDK's own bounds are longer, several, and not kept by every exporter.
        last = Thread(target=_in_turn, args=(ends,), name="arazzo-telemetry", daemon=True)
        last.start()
        last.join(EXPORT_TIMEOUT)
        return not last.is_alive()

    def __enter__(self) -> Telemetry:
        """Return it."""
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, _: TracebackType | None) -> None:
        """Close it."""
        self.close()


def _in_turn(ends: tuple[Callable[[], object], ...]) -> None:
    for end in ends:
        end()


def given(tracers: TracerProvider | None, meters: MeterProvider | None, parent: str) -> Telemetry:
    """Return what reports to providers of the caller's own."""
    return Telemetry(tracers or NoOpTracerProvider(), meters or NoOpMeterProvider(), parent)


def of_environment(parent: str, environ: Mapping[str, str] = os.environ) -> Telemetry:
    """Return what sends spans and metrics where the environment says.

    Raises:
        UsageError: an exporter that it names is not installed, or can't be made.
    """
    resource, senders = _resource(), _exporters("traces", environ)
    readers = [PeriodicExportingMetricReader(exporter) for exporter in _exporters("metrics", environ)]
    tracers = SdkTracerProvider(resource=resource, shutdown_on_exit=False)
    for exporter in senders:
        room = None if environ.get(_QUEUE) else MAX_SPANS_WAITING
        tracers.add_span_processor(BatchSpanProcessor(exporter, max_queue_size=room))
    meters = SdkMeterProvider(readers, resource, shutdown_on_exit=False)
    return Telemetry(tracers, meters, parent, (tracers.shutdown, meters.shutdown))


def _resource() -> Resource:
    """Return who reports: what the environment says of itself, and our name where it says none."""
    found = Resource.create()
    if not str(found.attributes.get(SERVICE_NAME, _UNKNOWN)).startswith(_UNKNOWN):
        return found
    return found.merge(Resource({SERVICE_NAME: SERVICE, SERVICE_VERSION: VERSION}))


def _exporters(signal: str, environ: Mapping[str, str]) -> list[Any]:
    variable = f"OTEL_{signal.upper()}_EXPORTER"
    names = [name.strip() for name in (environ.get(variable) or "otlp").split(",")]
    return [_exporter(signal, name, variable, environ) for name in names if name not in ("", "none")]


def _exporter(signal: str, name: str, variable: str, environ: Mapping[str, str]) -> Any:
    wanted = name
    if name == "otlp":
        own = environ.get(f"OTEL_EXPORTER_OTLP_{signal.upper()}_PROTOCOL")
        protocol = own or environ.get("OTEL_EXPORTER_OTLP_PROTOCOL") or _PROTOCOL
        wanted = _PROTOCOLS.get(protocol.strip().lower(), "")
        if not wanted:
            raise UsageError(f"there is no OTLP protocol '{protocol}'", f"one of {', '.join(_PROTOCOLS)}")
    found = next(iter(entry_points(group=f"opentelemetry_{signal}_exporter", name=wanted)), None)
    if found is None:
        package = f"pip install opentelemetry-exporter-{wanted.replace('_', '-')}"
        raise UsageError(f"{variable}: the exporter '{name}' is not installed ({wanted})", package)
    try:
        # Standard output belongs to the outputs of the run.
        return found.load()(out=sys.stderr) if name == "console" else found.load()()
    except Exception as fault:
        raise UsageError(
            f"{variable}: the exporter '{name}' can't be used: {fault}", "look at the OTEL_ variables"
        ) from None
