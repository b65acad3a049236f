from __future__ import annotations

import asyncio
from typing import Any

from arazzo_runner.drivers import blocking, live
from arazzo_runner.drivers.clock import RealTime, SimulatedTime
from arazzo_runner.engine.effects import SendRequest
from arazzo_runner.engine.events import RunStarted, Stamped
from arazzo_runner.engine.limits import Limits
from arazzo_runner.engine.outcomes import Clock, Failed, Responded
from arazzo_runner.engine.result import Status
from arazzo_runner.engine.run import Run
from arazzo_runner.engine.settings import Settings
from tests.engine.programs import answers, program_of, refused, respond

RETRY = """
workflows:
- workflowId: w
  steps:
  - {stepId: s, operationId: x, onFailure: [{name: r, type: retry, retryAfter: 0.001, retryLimit: 2}]}
  - {stepId: t, operationId: y}
"""


class Still(RealTime):
    """A clock that stands still, so that two runs can be compared."""

    def read(self) -> Clock:
        return Clock(1.0, 1.0)


def script() -> Any:
    return answers(respond(503), refused(), respond(200, {"n": 1}))


def test_both_drivers_give_the_same_events_for_the_same_answers() -> None:
    first, second = script(), script()

    async def answer(effect: SendRequest) -> Responded | Failed:
        found = first(effect.request)
        return found if isinstance(found, Failed) else Responded(found)

    def answer_now(effect: SendRequest) -> Responded | Failed:
        found = second(effect.request)
        return found if isinstance(found, Failed) else Responded(found)

    inside: list[Stamped] = []
    outside: list[Stamped] = []
    result = asyncio.run(live.drive(Run(program_of(RETRY), {}), answer, Still(), inside.append))
    blocking.drive(Run(program_of(RETRY), {}), answer_now, Still(), outside.append)
    assert result.status is Status.SUCCEEDED
    assert inside == outside


def test_a_request_that_takes_longer_than_its_deadline_is_given_up() -> None:
    async def never(effect: SendRequest) -> Responded:
        await asyncio.Event().wait()
        raise AssertionError("nobody sets the event")

    run = Run(program_of(RETRY), {}, Settings(limits=Limits(request_timeout=0.01)))
    result = asyncio.run(live.drive(run, never, RealTime()))
    assert result.status is Status.FAILED
    assert "no answer within 0.01 seconds" in result.reason


def test_runs_go_on_beside_each_other() -> None:
    met = 0

    async def both() -> list[Status]:
        gate = asyncio.Event()

        async def answer(effect: SendRequest) -> Responded:
            nonlocal met
            met += 1
            if met == 2:
                gate.set()
            await gate.wait()
            return Responded(respond(200))

        results = await asyncio.gather(*(live.drive(Run(program_of(RETRY), {}), answer, RealTime()) for _ in range(2)))
        return [result.status for result in results]

    assert asyncio.run(both()) == [Status.SUCCEEDED, Status.SUCCEEDED], "one alone would wait for ever"


def test_a_stream_may_be_left_half_way() -> None:
    async def answer(effect: SendRequest) -> Responded:
        raise AssertionError("nothing was asked yet")

    async def first() -> Stamped:
        events = live.stream(Run(program_of(RETRY), {}), answer, SimulatedClock())
        found = await anext(events)
        await events.aclose()
        return found

    assert isinstance(asyncio.run(first()).event, RunStarted)


class SimulatedClock(RealTime):
    """Simulated time where a real one is asked for."""

    def __init__(self) -> None:
        self._time = SimulatedTime()

    def read(self) -> Clock:
        return self._time.read()
