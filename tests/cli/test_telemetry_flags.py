"""`--otel` and `--traceparent`: what a collector and a server get from the command."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator

import pytest

from arazzo_runner.cli.telemetry_flags import caller_of, wanted_header
from arazzo_runner.reports.telemetry import export
from tests import canaries
from tests.cli.invocation import Command
from tests.cli.loopback import Loopback
from tests.reports.telemetry.collector import await_senders, collector, metrics, spans

CALLER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
SECRET = "sesame-open-the-door"
INPUTS = ("-i", f"accessToken={SECRET}", "-i", "hub=chat", "-i", "message=hello")


@pytest.fixture(autouse=True)
def _log() -> Iterator[None]:
    """A command that gives up waiting ends soon, so it leaves the log as it is; a test goes on."""
    logger = logging.getLogger("opentelemetry")
    handlers, propagate = list(logger.handlers), logger.propagate
    yield
    logger.handlers[:], logger.propagate = handlers, propagate


@pytest.fixture
def gathered(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.delenv("TRACEPARENT", raising=False)
    with collector() as found:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", found.url)
        yield found


def _run(arazzo: Command, pubsub: Loopback, reference: str, *flags: str) -> tuple[int, str, str]:
    return arazzo("run", reference, "--server", pubsub.url, *INPUTS, *flags)


def _traceparents(pubsub: Loopback) -> list[str | None]:
    return [{name.lower(): text for name, text in asked.headers.items()}.get("traceparent") for asked in pubsub.asked]


@pytest.mark.parametrize(
    ("flag", "variable", "wanted"),
    [(False, CALLER, False), (True, CALLER, CALLER), (True, None, True), (True, "", True), (True, "mine", True)],
)
def test_whose_trace_requests_are_part_of(flag: bool, variable: str | None, wanted: bool | str) -> None:
    assert wanted_header(flag, {} if variable is None else {"TRACEPARENT": variable}) == wanted


def test_a_broken_variable_is_nobodys() -> None:
    assert caller_of({"TRACEPARENT": "mine"}) == ""


def test_the_servers_spans_hang_below_ours(
    arazzo: Command, pubsub: Loopback, reference: str, gathered: Loopback
) -> None:
    code, out, err = _run(arazzo, pubsub, reference, "--otel", "--traceparent")
    assert (code, out) == (0, "token: [redacted]\nbroadcastStatus: 202\n")
    assert "--otel" not in err
    sent = _traceparents(pubsub)
    clients = {f"00-{span.trace_id.hex()}-{span.span_id.hex()}-01" for span in spans(gathered) if span.kind == 3}
    assert set(sent) == clients
    assert len(clients) == 2
    assert metrics(gathered) >= {"http.client.request.duration", "arazzo.runs"}


def test_nothing_secret_goes_to_the_collector(
    arazzo: Command, pubsub: Loopback, reference: str, gathered: Loopback
) -> None:
    assert _run(arazzo, pubsub, reference, "--otel")[0] == 0
    told = b"".join(asked.body for asked in gathered.asked)
    assert b"run generate-token-then-broadcast" in told
    for secret in (SECRET, canaries.TOKEN):
        assert secret.encode() not in told


def test_nobody_gets_a_header_unasked(arazzo: Command, pubsub: Loopback, reference: str, gathered: Loopback) -> None:
    assert _run(arazzo, pubsub, reference, "--otel")[0] == 0
    assert _traceparents(pubsub) == [None, None]


@pytest.mark.parametrize("flags", [("--otel",), ("--otel", "--traceparent")], ids=["spans", "spans and header"])
def test_the_trace_of_whoever_calls_goes_on(
    arazzo: Command,
    pubsub: Loopback,
    reference: str,
    gathered: Loopback,
    monkeypatch: pytest.MonkeyPatch,
    flags: tuple[str, ...],
) -> None:
    monkeypatch.setenv("TRACEPARENT", CALLER)
    assert _run(arazzo, pubsub, reference, *flags)[0] == 0
    (run,) = [span for span in spans(gathered) if span.name.startswith("run ")]
    assert (run.trace_id.hex(), run.parent_span_id.hex()) == (CALLER[3:35], CALLER[36:52])
    assert all(text is None or text[3:35] == CALLER[3:35] for text in _traceparents(pubsub))


def test_a_failed_run_is_told_too(arazzo: Command, pubsub: Loopback, reference: str, gathered: Loopback) -> None:
    ended = arazzo("run", reference, "--server", "http://127.0.0.1:9", *INPUTS, "--otel")
    assert ended.code == 1
    (run,) = [span for span in spans(gathered) if span.name.startswith("run ")]
    assert run.status.code == 2
    (request,) = [span for span in spans(gathered) if span.kind == 3]
    assert {a.key: a.value.string_value for a in request.attributes}["error.type"] == "refused"


@pytest.mark.parametrize(("flags", "told"), [((), True), (("--quiet",), False)], ids=["told", "quiet"])
def test_a_collector_that_is_away_changes_nothing(
    arazzo: Command,
    pubsub: Loopback,
    reference: str,
    gathered: Loopback,
    monkeypatch: pytest.MonkeyPatch,
    flags: tuple[str, ...],
    told: bool,
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "1")
    monkeypatch.setattr(export, "EXPORT_TIMEOUT", 0.3)
    began = time.monotonic()
    code, out, err = _run(arazzo, pubsub, reference, "--otel", *flags)
    assert (code, out) == (0, "token: [redacted]\nbroadcastStatus: 202\n")
    assert ("warning: --otel: " in err) is told
    assert "Traceback" not in err
    assert time.monotonic() - began < 3
    await_senders()


def test_the_log_is_left_as_it_was(arazzo: Command, pubsub: Loopback, reference: str, gathered: Loopback) -> None:
    logger = logging.getLogger("opentelemetry")
    before = (list(logger.handlers), logger.propagate)
    _run(arazzo, pubsub, reference, "--otel")
    assert (list(logger.handlers), logger.propagate) == before


def test_without_the_extra_it_says_what_to_install(
    arazzo: Command, pubsub: Loopback, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    code, _, err = _run(arazzo, pubsub, reference, "--otel")
    assert code == 2
    assert "pip install 'arazzo-flow[otel]'" in err
    assert pubsub.asked == []
    assert logging.getLogger("opentelemetry").propagate


@pytest.mark.parametrize("flags", [("--dry-run",), ("--each", "rows.csv"), ("--mock", "--scenario", "all")])
def test_what_is_no_run_has_no_trace(arazzo: Command, reference: str, flags: tuple[str, ...]) -> None:
    ended = arazzo("run", reference, *INPUTS, "--otel", *flags)
    assert ended.code == 2
    assert "--otel" in ended.err


def test_a_mocked_run_is_traced(arazzo: Command, reference: str, gathered: Loopback) -> None:
    assert arazzo("run", reference, "--mock", "--otel").code == 0
    starts = [span.start_time_unix_nano for span in spans(gathered)]
    assert min(starts) > (time.time() - 60) * 10**9


def test_the_journal_of_a_traced_run_is_replayed_without_drift(
    arazzo: Command, pubsub: Loopback, reference: str, tmp_path: object
) -> None:
    journal = f"{tmp_path}/run.ndjson"
    assert _run(arazzo, pubsub, reference, "--traceparent", "--journal", journal)[0] == 0
    assert None not in _traceparents(pubsub)
    assert arazzo("replay", journal).code == 0
