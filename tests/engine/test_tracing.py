"""Each request of a run carries its own span of the run's trace, where it is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from arazzo_runner.api import Options, load, prepare
from arazzo_runner.api.playback import Replay
from arazzo_runner.api.running import EventStream
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.events import RequestSent, RunStarted
from arazzo_runner.engine.outcomes import Response
from arazzo_runner.engine.trace_parent import HEADER, TraceParent, parse
from arazzo_runner.errors import UsageError
from arazzo_runner.journal import read
from tests.journal.runs import flow, written

CALLER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
MADE = Response(201, (("Content-Type", "application/json"),), b'{"id":"t-1"}')
BUSY = Response(503)


class Answers:
    """A transport that gives answers in turn, and 200 after them."""

    def __init__(self, *answers: Response | Exception) -> None:
        self._answers = list(answers)

    def send(self, request: Request, deadline: float | None = None) -> Response:
        answer = self._answers.pop(0) if self._answers else Response(200)
        if isinstance(answer, Exception):
            raise answer
        return answer


def _prepared(folder: Path, document: dict[str, Any], **options: Any) -> Any:
    given = Options(servers={"": "http://localhost"}, **({"traceparent": True} | options))
    return prepare(load(written(folder, document)), "make-and-get", given)


def _events(prepared: Any, *answers: Response | Exception, journal: Path | None = None) -> list[Any]:
    with EventStream(prepared, {"name": "n"}, transport=Answers(*answers), journal=journal) as stream:
        return [stamped.event for stamped in stream]


def _headers(events: list[Any]) -> list[str | None]:
    return [event.request.header(HEADER) for event in events if isinstance(event, RequestSent)]


def _spans(events: list[Any]) -> list[Any]:
    return [parse(text or "") for text in _headers(events)]


def _run_span(events: list[Any]) -> TraceParent:
    trace = next(event for event in events if isinstance(event, RunStarted)).trace
    assert trace is not None
    return trace


def _retrying() -> dict[str, Any]:
    document = flow()
    document["workflows"][0]["steps"][0]["onFailure"] = [{"name": "again", "type": "retry", "retryLimit": 5}]
    return document


def test_nobody_gets_one_unasked(tmp_path: Path) -> None:
    events = _events(_prepared(tmp_path, flow(), traceparent=False), MADE)
    assert _headers(events) == [None, None]
    assert next(event for event in events if isinstance(event, RunStarted)).trace is None


def test_each_try_and_each_step_has_its_own_span_of_one_trace(tmp_path: Path) -> None:
    events = _events(_prepared(tmp_path, _retrying()), TimeoutError("late"), BUSY, MADE)
    spans = _spans(events)
    assert None not in spans
    run = _run_span(events)
    assert {span.trace_id for span in spans} == {run.trace_id}
    assert len({span.span_id for span in (*spans, run)}) == 5


def test_a_loop_has_new_spans(tmp_path: Path) -> None:
    document = flow()
    back = {"name": "back", "type": "goto", "stepId": "make", "criteria": [{"condition": "$statusCode == 404"}]}
    document["workflows"][0]["steps"][1]["onFailure"] = [back]
    spans = _spans(_events(_prepared(tmp_path, document), MADE, Response(404), MADE))
    assert len({span.span_id for span in spans}) == len(spans) == 4


def test_a_called_workflow_has_spans_of_its_own(tmp_path: Path) -> None:
    document = flow()
    calls = [
        {"stepId": name, "workflowId": "make-and-get", "parameters": [{"name": "name", "value": "n"}]} for name in "ab"
    ]
    document["workflows"].append({"workflowId": "twice", "steps": calls})
    prepared = prepare(
        load(written(tmp_path, document)), "twice", Options(servers={"": "http://localhost"}, traceparent=True)
    )
    with EventStream(prepared, {}, transport=Answers(MADE, Response(200), MADE)) as stream:
        spans = _spans([stamped.event for stamped in stream])
    assert len({span.span_id for span in spans}) == len(spans) == 4
    assert len({span.trace_id for span in spans}) == 1


def test_a_redirect_has_a_span_of_its_own(tmp_path: Path) -> None:
    prepared = _prepared(tmp_path, flow(), follow_redirects=True)
    spans = _spans(_events(prepared, Response(307, (("Location", "/elsewhere"),)), MADE))
    assert len({span.span_id for span in spans}) == len(spans) == 3


@pytest.mark.parametrize("name", ["traceparent", "TraceParent"])
def test_one_of_the_document_stays(tmp_path: Path, name: str) -> None:
    document = flow()
    document["workflows"][0]["steps"][0]["parameters"] = [{"name": name, "in": "header", "value": "mine"}]
    events = _events(_prepared(tmp_path, document), MADE)
    first, second = (event.request for event in events if isinstance(event, RequestSent))
    assert [text for key, text in first.headers if key.lower() == HEADER] == ["mine"]
    assert parse(second.header(HEADER) or "") is not None


def test_the_trace_of_a_caller_goes_on(tmp_path: Path) -> None:
    events = _events(_prepared(tmp_path, flow(), traceparent=CALLER), MADE)
    assert _run_span(events).parent_id == "00f067aa0ba902b7"
    assert {span.trace_id for span in _spans(events)} == {"4bf92f3577b34da6a3ce929d0e0e4736"}


def test_two_runs_have_two_traces(tmp_path: Path) -> None:
    prepared = _prepared(tmp_path, flow())
    one, two = _spans(_events(prepared, MADE)), _spans(_events(prepared, MADE))
    assert one[0].trace_id != two[0].trace_id


@pytest.mark.parametrize("wanted", [True, CALLER], ids=["a trace of its own", "of a caller"])
def test_a_replay_has_the_same_spans(tmp_path: Path, wanted: bool | str) -> None:
    journal = tmp_path / "run.ndjson"
    recorded = _headers(_events(_prepared(tmp_path, _retrying(), traceparent=wanted), BUSY, MADE, journal=journal))
    replay = Replay(read(journal))
    played = _headers([stamped.event for stamped in replay])
    assert played == recorded
    assert len(played) == 3
    assert replay.drifts == ()


def test_an_option_that_is_no_traceparent_is_refused() -> None:
    with pytest.raises(UsageError, match="'traceparent'"):
        Options(traceparent="mine")
