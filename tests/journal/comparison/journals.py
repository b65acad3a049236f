"""Journals of steps that are given as data, for the tests of comparisons."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from arazzo_runner.diagnostics import warning
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.events import (
    ActionChosen,
    CriteriaJudged,
    Event,
    RequestFailed,
    RequestSent,
    ResponseReceived,
    RunEnded,
    RunStarted,
    Stamped,
    StepEnded,
    StepStarted,
)
from arazzo_runner.engine.outcomes import Clock, Failed, Responded, Response
from arazzo_runner.engine.result import Judged, RunResult, Status
from arazzo_runner.journal.reader import Entry, Journal
from arazzo_runner.journal.records import Header, Intent, Text
from arazzo_runner.values import Value

JSON_TYPE = (("Content-Type", "application/json"),)


def request(method: str = "GET", url: str = "https://api.example.com/a", **more: Any) -> Request:
    """Return a request; `json` is a body of JSON."""
    if "json" in more:
        more["body"] = json.dumps(more.pop("json")).encode()
        more.setdefault("headers", JSON_TYPE)
    return Request(method, url, **more)


def answer(status: int = 200, **more: Any) -> Response:
    """Return an answer; `json` is a body of JSON."""
    if "json" in more:
        more["body"] = json.dumps(more.pop("json")).encode()
        more.setdefault("headers", JSON_TYPE)
    return Response(status, **more)


@dataclass(frozen=True)
class Done:
    """A try of a step, as a test gives it."""

    request: Request | None = None
    came: Response | Failed | None = None
    criteria: tuple[Judged, ...] = ()
    action: ActionChosen | None = None


@dataclass(frozen=True)
class Step:
    """A visit to a step, as a test gives it."""

    name: str
    tries: tuple[Done, ...] = (Done(request(), answer()),)
    status: Status = Status.SUCCEEDED
    reason: str = ""
    outputs: Mapping[str, Value] | None = None

    @property
    def path(self) -> tuple[str, ...]:
        """Its ids from the run's workflow down."""
        return tuple(self.name.split("/"))


def journal(
    *steps: Step,
    path: Path = Path("run.ndjson"),
    inputs: Mapping[str, Value] | None = None,
    outputs: Mapping[str, Value] | None = None,
    warnings: tuple[str, ...] = (),
    ended: bool = True,
    **changes: Any,
) -> Journal:
    """Return the journal of a run that went through the steps, a second each."""
    header = Header(1, "1", 1e9, Text("file:///flow.yml", "flow.yml", "d1"), (), "w", inputs or {})
    events: list[Event] = [RunStarted("r", "w", ())]
    entries: list[Entry] = []
    for step in steps:
        for number, done in enumerate(step.tries, 1):
            events.append(StepStarted(step.path, number, "GET /a"))
            events += _try(step, done, entries)
        events.append(StepEnded(step.path, step.status, step.reason, step.outputs or {}))
    if ended:
        told = tuple(warning("w-1", text) for text in warnings)
        events.append(RunEnded(RunResult(Status.SUCCEEDED, "w", outputs or {}, (), told, elapsed=3.0)))
    stamped = tuple(Stamped(event, Clock(1e9 + at, float(at))) for at, event in enumerate(events))
    return Journal(path, replace(header, **changes), tuple(entries), stamped)


def _try(step: Step, done: Done, entries: list[Entry]) -> list[Event]:
    events: list[Event] = []
    if done.request is not None:
        outcome = Responded(done.came) if isinstance(done.came, Response) else done.came
        entries.append(Entry(Intent(len(entries), "request", step.path, done.request), outcome))
        events.append(RequestSent(step.path, done.request))
    match done.came:
        case Response():
            events.append(ResponseReceived(step.path, done.came, 0.5))
        case Failed():
            events.append(RequestFailed(step.path, done.came))
    if done.criteria:
        events.append(CriteriaJudged(step.path, done.criteria))
    if done.action:
        events.append(done.action)
    return events
