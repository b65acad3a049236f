"""Both drivers ask the tape first, tell it before they do something, and again when the run knows what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from arazzo_runner.api import Options, load, prepare
from arazzo_runner.api.beginning import begin
from arazzo_runner.drivers import blocking, live
from arazzo_runner.drivers.clock import SimulatedTime
from arazzo_runner.engine.effects import Effect, SendRequest
from arazzo_runner.engine.events import RequestSent, ResponseReceived, Stamped
from arazzo_runner.engine.outcomes import Failed, Outcome, Responded, Response
from arazzo_runner.engine.run import Run
from tests.journal.runs import flow, written

MADE = Responded(Response(201, (("Content-Type", "application/json"),), b'{"id": "t-1"}'))


class Log:
    """A tape that writes down what it is told; it knows the outcomes in `known`, by method."""

    def __init__(self, run: Run, known: dict[str, Outcome] | None = None) -> None:
        self.run, self.known, self.lines = run, known or {}, list[str]()

    def recall(self, effect: Effect) -> Outcome | None:
        return self.known.get(effect.request.method) if isinstance(effect, SendRequest) else None

    def intend(self, effect: Effect) -> None:
        if isinstance(effect, SendRequest):
            self.lines.append(f"intend {effect.request.method}")

    def settle(self, effect: Effect, outcome: Outcome) -> None:
        if isinstance(effect, SendRequest):
            self.lines.append(f"settle {effect.request.method}")

    def happened(self, stamped: Stamped) -> None:
        match stamped.event:
            case RequestSent():
                self.lines.append("sent")
            case ResponseReceived():
                self.lines.append("received")

    def answer(self, effect: SendRequest) -> Responded | Failed:
        self.lines.append(f"do {effect.request.method}")
        return MADE if effect.request.method == "POST" else Responded(Response(200))


def _blocking(run: Run, log: Log) -> None:
    for _ in blocking.stream(run, log.answer, SimulatedTime(), tape=log):
        pass


def _live(run: Run, log: Log) -> None:
    async def answer(effect: SendRequest) -> Responded | Failed:
        return log.answer(effect)

    asyncio.run(live.drive(run, answer, SimulatedTime(), tape=log))


@pytest.fixture
def run(tmp_path: Path) -> Run:
    prepared = prepare(load(written(tmp_path, flow())), None, Options(servers={"": "http://localhost"}))
    return begin(prepared, {"name": "n"})


@pytest.mark.parametrize("drive", [_blocking, _live])
def test_the_tape_is_told_before_and_after(run: Run, drive: Callable[[Run, Log], None]) -> None:
    log = Log(run)
    drive(run, log)
    assert log.lines == [
        *("sent", "intend POST", "do POST", "settle POST", "received"),
        *("sent", "intend GET", "do GET", "settle GET", "received"),
    ]


@pytest.mark.parametrize("drive", [_blocking, _live])
def test_what_is_known_is_not_done(run: Run, drive: Callable[[Run, Log], None]) -> None:
    log = Log(run, {"POST": MADE})
    drive(run, log)
    assert log.lines == ["sent", "received", "sent", "intend GET", "do GET", "settle GET", "received"]
    assert run.result is not None
    assert run.result.succeeded
