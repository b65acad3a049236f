import asyncio
from pathlib import Path

import pytest

from arazzo_runner import Options, Status, load, prepare
from arazzo_runner.api.beginning import begin
from arazzo_runner.drivers.clock import RealTime, SimulatedTime
from arazzo_runner.drivers.live import drive as heard
from arazzo_runner.drivers.unheard import drive
from arazzo_runner.engine.effects import SendRequest
from arazzo_runner.engine.events import RunEnded
from arazzo_runner.engine.outcomes import Failed, FailureKind, Proceed, Responded, Response
from arazzo_runner.engine.run import Run
from tests.api.documents import write


async def answer(effect: SendRequest) -> Responded | Failed:
    return Responded(Response(200, (("Content-Type", "application/json"),), b'{"a": 1}'))


async def refuse(effect: SendRequest) -> Responded | Failed:
    return Failed(FailureKind.REFUSED, "no")


@pytest.fixture
def made(tmp_path: Path) -> Run:
    prepared = prepare(load(write(tmp_path)), "three", Options(servers={"": "http://localhost"}))
    return begin(prepared)


def test_the_result_is_that_of_a_run_that_is_listened_to(made: Run, tmp_path: Path) -> None:
    result = asyncio.run(drive(made, answer, SimulatedTime()))
    assert result.status is Status.SUCCEEDED
    other = begin(prepare(load(write(tmp_path)), "three", Options(servers={"": "http://localhost"})))
    assert result == asyncio.run(heard(other, answer, SimulatedTime()))


def test_its_events_are_dropped(made: Run) -> None:
    result = asyncio.run(drive(made, refuse, RealTime()))
    assert result.status is Status.FAILED
    assert made.events() == ()


def test_events_can_be_discarded_at_any_time(made: Run) -> None:
    made.discard_events()
    assert made.events() == ()
    while made.result is None:
        for effect in made.effects():
            outcome = asyncio.run(refuse(effect)) if isinstance(effect, SendRequest) else None
            made.resolve(effect.ticket, outcome or Proceed())
    assert isinstance(made.events()[-1], RunEnded)
