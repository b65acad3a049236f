"""One tape of events as spans: what hangs below what, what each says, and how it ended."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import Any

import pytest
from opentelemetry.trace import SpanKind, StatusCode

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.events import (
    RequestSent,
    ResponseReceived,
    RunEnded,
    RunStarted,
    StepEnded,
    StepStarted,
)
from arazzo_runner.engine.outcomes import Clock, Response
from arazzo_runner.engine.result import RunResult, Status
from arazzo_runner.engine.trace_parent import HEADER, TraceParent, below
from arazzo_runner.reports.run.progress import INTERRUPTED
from arazzo_runner.reports.telemetry.spans import nanoseconds
from tests.reports.run.tape import CHECKOUT, CUT_OFF, HOSTILE, RUNS
from tests.reports.telemetry.watched import BEGAN, happening, id_of, trace_of, watched

CHECKED = watched(CHECKOUT)
RUN = TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", "01", "1" * 16)
STEP = ("a",)


@pytest.mark.parametrize(
    ("name", "above"),
    [
        ("run checkout", None),
        ("workflow prices", "run checkout"),
        ("step prices", "workflow prices"),
        ("GET /prices.png", "step prices"),
        ("step login", "run checkout"),
        ("token clientCredentials", "step login"),
        ("POST /login", "step login"),
        ("POST", "step login"),
        ("step find", "run checkout"),
        ("step pay", "run checkout"),
        ("workflow charge", "step pay"),
        ("step card", "workflow charge"),
        ("POST /charges", "step card"),
        (f"step {HOSTILE}", "run checkout"),
    ],
)
def test_what_hangs_below_what(name: str, above: str | None) -> None:
    assert CHECKED.above(CHECKED.one(name)) == above


@pytest.mark.parametrize(
    ("name", "status", "description"),
    [
        ("run checkout", StatusCode.ERROR, "step '<img"),
        ("workflow prices", StatusCode.OK, ""),
        ("workflow charge", StatusCode.ERROR, "failed"),
        ("step find", StatusCode.OK, ""),
        ("step card", StatusCode.ERROR, "criterion '$response.body#/state"),
        ("step audit", StatusCode.UNSET, ""),
        ("POST /login", StatusCode.UNSET, ""),
        ("POST /charges", StatusCode.ERROR, "status 402"),
        ("token clientCredentials", StatusCode.UNSET, ""),
        ("token refreshToken", StatusCode.ERROR, "the server says invalid_scope"),
    ],
)
def test_how_it_ended(name: str, status: StatusCode, description: str) -> None:
    found = CHECKED.one(name).status
    assert (found.status_code, (found.description or "")[: len(description)]) == (status, description)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("run checkout", {"arazzo.run.id": "run-7f3a", "arazzo.workflow.id": "checkout", "arazzo.result": "failed"}),
        ("step find", {"arazzo.step.id": "find", "arazzo.step.target": "GET /items/{id}", "arazzo.attempts": 3}),
        ("step card", {"arazzo.step.path": "pay/card", "arazzo.workflow.id": "charge", "arazzo.result": "failed"}),
        ("step prices", {"arazzo.workflow.id": "prices"}),
        ("POST", {"url.full": "https://shop.test/v2/login", "http.request.resend_count": 1}),
        ("POST /charges", {"http.response.status_code": 402, "error.type": "402", "url.template": "/charges"}),
        ("token refreshToken", {"error.type": "invalid_scope", "arazzo.token.flow": "refreshToken"}),
    ],
)
def test_what_it_says(name: str, said: dict[str, Any]) -> None:
    found = dict(CHECKED.one(name).attributes or {})
    assert {key: found.get(key) for key in said} == said


def test_requests_are_of_a_client_and_nothing_else_is() -> None:
    clients = [span for span in CHECKED.spans if span.kind is SpanKind.CLIENT]
    assert len(clients) == 8
    assert all("http.request.method" in (span.attributes or {}) for span in clients)
    assert {span.kind for span in CHECKED.spans} == {SpanKind.CLIENT, SpanKind.INTERNAL}


def test_tries_again_count_up() -> None:
    tries = [dict(span.attributes or {}) for span in CHECKED.named("GET /items/{id}")]
    assert [each.get("http.request.resend_count") for each in tries] == [None, 1, 2]
    assert [each.get("error.type") for each in tries] == ["503", "reset", None]


def test_what_happens_meanwhile_is_told_in_its_order() -> None:
    events = CHECKED.one("step find").events
    assert [event.name for event in events] == ["warning", "action", "wait", "retry", "action", "retry"]
    said = [dict(event.attributes or {}) for event in events]
    assert said[0]["arazzo.warning.code"] == "contract-status"
    assert said[1] == {"arazzo.action.name": "again", "arazzo.action.type": "retry"}
    assert said[2] == {"arazzo.wait.seconds": 2.0, "arazzo.attempt": 2, "arazzo.attempts": 4}
    assert events[2].timestamp == nanoseconds(BEGAN + 0.771)
    (warned,) = CHECKED.one("run checkout").events
    assert dict(warned.attributes or {})["arazzo.warning.place"] == "flows/checkout.yml:21:16"


def test_times_are_those_of_the_stamps() -> None:
    def times(name: str) -> tuple[int | None, int | None]:
        span = CHECKED.one(name)
        return span.start_time, span.end_time

    assert times("run checkout") == (nanoseconds(BEGAN), nanoseconds(BEGAN + 4.263))
    assert times("step find") == (nanoseconds(BEGAN + 0.46), nanoseconds(BEGAN + 2.926))
    assert times("POST /charges") == (nanoseconds(BEGAN + 2.952), nanoseconds(BEGAN + 3.052))
    assert times("token clientCredentials") == (nanoseconds(BEGAN + 0.31 - 0.1), nanoseconds(BEGAN + 0.31))


def test_all_is_one_trace_and_no_id_is_there_twice() -> None:
    assert len({trace_of(span) for span in CHECKED.spans}) == 1
    assert len({id_of(span) for span in CHECKED.spans}) == len(CHECKED.spans)


def test_inputs_outputs_bodies_and_headers_are_not_told() -> None:
    told = json.dumps([json.loads(span.to_json()) for span in CHECKED.spans])
    for text in ("colours", "Tür", "theme=dark", "application/json", "12.5&note"):
        assert text not in told


def test_a_run_that_was_broken_off_ends_all_its_spans() -> None:
    found = watched(CUT_OFF)
    for name in ("run checkout", "step find", "GET /items/{id}"):
        assert found.one(name).status.description == INTERRUPTED
    assert found.one("step login").status.status_code is StatusCode.OK
    assert found.one("run checkout").end_time == nanoseconds(CUT_OFF[-1].clock.wall)


@pytest.mark.parametrize("name", RUNS)
def test_every_tape_is_told(name: str) -> None:
    found = watched(RUNS[name])
    starts = sum(isinstance(stamped.event, RunStarted) for stamped in RUNS[name])
    assert sum(span.parent is None for span in found.spans) == starts
    sent = sum(isinstance(stamped.event, RequestSent) for stamped in RUNS[name])
    assert sum(span.kind is SpanKind.CLIENT for span in found.spans) == sent


def test_two_runs_are_two_traces() -> None:
    found = watched((*CUT_OFF, *CHECKOUT))
    one, two = found.named("run checkout")
    assert trace_of(one) != trace_of(two)
    assert one.status.description == INTERRUPTED


def test_events_without_a_run_are_none() -> None:
    assert watched(CHECKOUT[1:]).spans == ()


# ---------------------------------------------------------------- ids that went out with the requests


def _traced(*headers: tuple[str, str], trace: TraceParent | None = RUN) -> Any:
    request = Request("GET", "https://api.test/a", headers)
    return happening(
        RunStarted("r", "flow", STEP, trace=trace),
        StepStarted(STEP, 1, "GET /a"),
        RequestSent(STEP, request),
        ResponseReceived(STEP, Response(200), 1.0),
        StepEnded(STEP, Status.SUCCEEDED),
        RunEnded(RunResult(Status.SUCCEEDED, "flow")),
    )


def test_spans_have_the_ids_that_went_out() -> None:
    sent = below(RUN, "a", "1")
    found = watched(_traced((HEADER, str(sent))))
    run, request = found.one("run flow"), found.one("GET /a")
    assert f"{trace_of(run):032x}-{id_of(run):016x}" == f"{RUN.trace_id}-{RUN.span_id}"
    assert f"{id_of(request):016x}" == sent.span_id
    assert {trace_of(span) for span in found.spans} == {trace_of(run)}
    assert run.parent is not None
    assert (f"{run.parent.span_id:016x}", run.parent.is_remote) == ("1" * 16, True)


def test_a_header_of_the_document_names_no_span_of_ours() -> None:
    found = watched(_traced((HEADER, f"00-{'a' * 32}-{'b' * 16}-01")))
    assert id_of(found.one("GET /a")) != int("b" * 16, 16)
    assert trace_of(found.one("GET /a")) == int(RUN.trace_id, 16)


def test_a_run_without_a_trace_hangs_below_the_caller() -> None:
    found = watched(_traced(trace=None), parent=str(RUN))
    run = found.one("run flow")
    assert run.parent is not None
    assert f"{trace_of(run):032x}-{run.parent.span_id:016x}" == f"{RUN.trace_id}-{RUN.span_id}"


def test_a_caller_that_is_not_sampled_is_not_told_of() -> None:
    assert watched(_traced(trace=None), parent=str(replace(RUN, flags="00"))).spans == ()


def test_a_mocked_run_is_moved_to_the_present() -> None:
    tape = [replace(stamped, clock=Clock(at / 10, at / 10)) for at, stamped in enumerate(_traced())]
    before = time.time_ns()
    run = watched(tape).one("run flow")
    assert run.start_time is not None
    assert run.end_time is not None
    assert before - 10**9 < run.start_time <= time.time_ns()
    assert abs(run.end_time - run.start_time - 500_000_000) < 10_000


@pytest.mark.parametrize(
    ("request_", "target", "name"),
    [
        (Request("LOCK", "https://api.test/a"), "LOCK /a", "HTTP /a"),
        (Request("LOCK", "https://api.test/a"), "", "HTTP"),
        (Request("GET", "https://api.test/a"), "workflow x", "GET"),
    ],
)
def test_the_name_of_a_request(request_: Request, target: str, name: str) -> None:
    events = happening(RunStarted("r", "flow", STEP), StepStarted(STEP, 1, target), RequestSent(STEP, request_))
    assert [span.name for span in watched(events).spans][-1] == name


def test_a_step_that_was_skipped_before_it_began_is_told() -> None:
    found = watched(happening(RunStarted("r", "flow", STEP), StepEnded(STEP, Status.SKIPPED)))
    assert dict(found.one("step a").attributes or {})["arazzo.result"] == "skipped"


def test_a_deep_path_is_cut() -> None:
    path = tuple(map(str, range(1000)))
    found = watched(happening(RunStarted("r", "flow", STEP), StepStarted(path, 1, "")))
    shown = str(dict(found.one("step 999").attributes or {})["arazzo.step.path"]).split("/")
    assert (len(shown), shown[0], shown[-1]) == (65, "0", "999")
