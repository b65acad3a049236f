"""A collector on loopback that reads what it is sent in the form of OTLP over HTTP."""

from __future__ import annotations

import threading
from typing import Any

from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from tests.cli.loopback import Answer, Loopback


def collector(status: int = 200) -> Loopback:
    """A collector that answers with `status`; use it in a `with` statement."""
    return Loopback(lambda asked: Answer(status, content_type="application/x-protobuf"))


def spans(loopback: Loopback) -> list[Any]:
    """The spans that came."""
    return [span for resource in _traces(loopback) for scope in resource.scope_spans for span in scope.spans]


def services(loopback: Loopback) -> set[str]:
    """The names of the services that sent spans."""
    return {
        attribute.value.string_value
        for resource in _traces(loopback)
        for attribute in resource.resource.attributes
        if attribute.key == "service.name"
    }


def metrics(loopback: Loopback) -> set[str]:
    """The names of the metrics that came."""
    found = (ExportMetricsServiceRequest.FromString(body) for body in _bodies(loopback, "/v1/metrics"))
    return {
        metric.name
        for request in found
        for resource in request.resource_metrics
        for scope in resource.scope_metrics
        for metric in scope.metrics
    }


def _traces(loopback: Loopback) -> list[Any]:
    found = (ExportTraceServiceRequest.FromString(body) for body in _bodies(loopback, "/v1/traces"))
    return [resource for request in found for resource in request.resource_spans]


def _bodies(loopback: Loopback, path: str) -> list[bytes]:
    return [asked.body for asked in loopback.asked if asked.line == f"POST {path}"]


def await_senders() -> None:
    """Wait for the threads that still try to send: what they do (they draw delays by chance) is not for other tests."""
    for thread in threading.enumerate():
        if thread.name.startswith(("arazzo-telemetry", "Otel")):
            thread.join(30)
            assert not thread.is_alive(), thread.name
