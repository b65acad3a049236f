"""Where spans and metrics go, and how long a run waits for it."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from opentelemetry.metrics import NoOpMeterProvider
from opentelemetry.trace import NoOpTracerProvider

from arazzo_runner.errors import UsageError
from arazzo_runner.reports.telemetry import export, telemetry
from arazzo_runner.reports.telemetry.export import Telemetry, of_environment
from tests.cli.loopback import Answer, Loopback
from tests.reports.run.tape import CHECKOUT, CUT_OFF
from tests.reports.telemetry.collector import await_senders, collector, metrics, services, spans
from tests.reports.telemetry.watched import watched


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OTEL_SERVICE_NAME", "OTEL_RESOURCE_ATTRIBUTES", "OTEL_TRACES_EXPORTER", "OTEL_METRICS_EXPORTER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def loopback(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    with collector() as found:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", found.url)
        yield found


def _tell(watcher: Telemetry) -> bool:
    for stamped in CHECKOUT:
        watcher.on(stamped)
    return watcher.close()


def test_a_collector_gets_the_spans_and_the_metrics(loopback: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS", "x-key=abc")
    assert _tell(telemetry())
    assert sorted(span.name for span in spans(loopback)) == sorted(span.name for span in watched(CHECKOUT).spans)
    assert services(loopback) == {"arazzo-flow"}
    assert metrics(loopback) >= {"http.client.request.duration", "arazzo.runs", "arazzo.steps", "arazzo.run.duration"}
    assert {asked.headers.get("x-key") for asked in loopback.asked} == {"abc"}


@pytest.mark.parametrize(
    ("name", "value"), [("OTEL_SERVICE_NAME", "mine"), ("OTEL_RESOURCE_ATTRIBUTES", "service.name=mine,a=b")]
)
def test_the_service_has_the_name_that_it_is_given(
    loopback: Loopback, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert _tell(telemetry())
    assert services(loopback) == {"mine"}


def test_a_signal_can_be_turned_off(loopback: Loopback) -> None:
    assert _tell(of_environment("", {"OTEL_METRICS_EXPORTER": "none"}))
    assert metrics(loopback) == set()
    assert spans(loopback)


def test_the_console_is_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert _tell(of_environment("", {"OTEL_METRICS_EXPORTER": "none", "OTEL_TRACES_EXPORTER": "console"}))
    told = capsys.readouterr()
    assert told.out == ""
    assert '"name": "run checkout"' in told.err


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({"OTEL_TRACES_EXPORTER": "nowhere"}, "OTEL_TRACES_EXPORTER: the exporter 'nowhere' is not installed"),
        ({"OTEL_METRICS_EXPORTER": "none,nowhere"}, "OTEL_METRICS_EXPORTER: the exporter 'nowhere'"),
        ({"OTEL_EXPORTER_OTLP_PROTOCOL": "smoke"}, "no OTLP protocol 'smoke'"),
        ({"OTEL_EXPORTER_OTLP_TRACES_PROTOCOL": "grpc"}, "'otlp' is not installed .otlp_proto_grpc"),
    ],
)
def test_an_exporter_that_is_not_there_is_named(environ: dict[str, str], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        of_environment("", environ)


def test_an_exporter_that_cannot_be_made_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def load() -> object:
        raise ValueError("a broken setting")

    monkeypatch.setattr(export, "entry_points", lambda **_: [SimpleNamespace(load=load)])
    with pytest.raises(UsageError, match="'otlp' can't be used: a broken setting"):
        of_environment("", {})


def test_a_parent_that_is_no_traceparent_is_refused() -> None:
    with pytest.raises(UsageError, match="no traceparent"):
        telemetry(tracer_provider=NoOpTracerProvider(), parent="mine")


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    with pytest.raises(UsageError) as refused:
        telemetry()
    assert refused.value.hint == "pip install 'arazzo-flow[otel]'"


@pytest.mark.parametrize("answers", [False, True], ids=["nobody there", "somebody who never answers"])
def test_a_collector_that_is_away_delays_by_the_bound_alone(monkeypatch: pytest.MonkeyPatch, answers: bool) -> None:
    monkeypatch.setattr(export, "EXPORT_TIMEOUT", 0.2)
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "1")
    over = threading.Event()

    def hold(_: object) -> Answer:
        over.wait(10)
        return Answer()

    with Loopback(hold) as loopback:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", loopback.url if answers else "http://127.0.0.1:9")
        try:
            watcher = telemetry()
            began = time.monotonic()
            assert not _tell(watcher)
            assert time.monotonic() - began < 2
        finally:
            over.set()
            await_senders()


def test_a_collector_that_refuses_fails_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with collector(400) as loopback:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", loopback.url)
        assert _tell(telemetry())
        assert spans(loopback)


def test_closing_again_does_nothing(loopback: Loopback) -> None:
    watcher = telemetry()
    assert _tell(watcher)
    sent = len(loopback.asked)
    assert watcher.close()
    assert len(loopback.asked) == sent


def test_the_switch_of_the_sdk_turns_it_off(loopback: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_SDK_DISABLED", "true")
    assert _tell(telemetry())
    assert spans(loopback) == []


def test_providers_of_the_caller_stay_open() -> None:
    class Own(NoOpTracerProvider):
        def shutdown(self) -> None:
            raise AssertionError("it is the caller's")

    assert _tell(telemetry(tracer_provider=Own(), meter_provider=NoOpMeterProvider()))


def test_runs_side_by_side_are_told_apart() -> None:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    exporter = InMemorySpanExporter()
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    with telemetry(tracer_provider=provider) as watcher:
        one, two = watcher.reporter(), watcher.reporter()
        for first, second in zip(CUT_OFF, CHECKOUT, strict=False):
            one.on(first)
            two.on(second)
        one.close()
        two.close()
    traces = [span.get_span_context().trace_id for span in exporter.get_finished_spans()]  # type: ignore[union-attr]  # they are recorded
    counts = sorted(traces.count(trace) for trace in set(traces))
    assert counts == [len(watched(CUT_OFF).spans)] * 2
