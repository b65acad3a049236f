from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.drivers import live
from arazzo_runner.drivers.clock import RealTime, SimulatedTime
from arazzo_runner.engine.effects import Checkpoint, SendRequest, Sleep, Ticket
from arazzo_runner.engine.events import RequestFailed, RequestSent, Stamped
from arazzo_runner.engine.outcomes import Clock, Failed, FailureKind, Proceed, Responded, Response, Slept
from arazzo_runner.engine.result import Status
from tests.drivers.runs import (
    ASKING,
    BUSY,
    LOST,
    OK,
    Outcome,
    answering_later,
    driven,
    driven_live,
    new_run,
)

SCRIPTS = st.lists(st.sampled_from([OK, BUSY, ASKING, LOST, Responded(Response(204))]), min_size=1, max_size=8)


@given(SCRIPTS)
def test_both_drivers_tell_the_same_of_the_same_answers(script: list[Outcome]) -> None:
    result, events = driven(script)
    live_result, live_events = driven_live(script)
    assert live_events == events
    assert live_result == result


def test_runs_in_one_loop_do_not_wait_for_each_other() -> None:
    count = 20
    waiting: list[SendRequest] = []

    async def main() -> list[Status]:
        all_here = asyncio.Event()

        async def answer(effect: SendRequest) -> Outcome:
            waiting.append(effect)
            if len(waiting) == count:
                all_here.set()
            await all_here.wait()  # none is answered before all of them have asked
            return OK

        runs = (live.drive(new_run(), answer, SimulatedTime()) for _ in range(count))
        async with asyncio.timeout(10):
            return [result.status for result in await asyncio.gather(*runs)]

    assert asyncio.run(main()) == [Status.SUCCEEDED] * count


def test_an_answer_that_does_not_come_is_given_up_at_its_deadline() -> None:
    cancelled: list[str] = []
    events: list[Stamped] = []

    async def never(effect: SendRequest) -> Outcome:
        try:
            await asyncio.get_running_loop().create_future()
        except asyncio.CancelledError:
            cancelled.append(effect.request.url)
            raise
        raise AssertionError("a future that nobody resolves")

    run = new_run(request_timeout=0.01)
    program = live.drive(run, never, SimulatedTime(), events.append)
    result = asyncio.run(program)
    assert result.status is Status.FAILED
    (failed, *_) = [one.event.failure for one in events if isinstance(one.event, RequestFailed)]
    assert failed.kind is FailureKind.TIMEOUT
    assert failed.message == "GET https://api.example: no answer within 0.01 seconds"
    assert cancelled == ["https://api.example/x"] * 3


def test_an_answer_that_keeps_its_deadline_has_a_moment_more_to_say_so() -> None:
    said = Failed(FailureKind.TIMEOUT, "said by the transport")

    async def punctual(effect: SendRequest) -> Outcome:
        assert effect.deadline is not None
        try:
            async with asyncio.timeout(effect.deadline):
                await asyncio.get_running_loop().create_future()
        except TimeoutError:
            pass
        return said

    result = asyncio.run(live.drive(new_run(request_timeout=0.01), punctual, SimulatedTime()))
    assert "said by the transport" in result.reason


def test_a_timeout_of_the_answers_own_making_goes_up() -> None:
    async def faulty(effect: SendRequest) -> Outcome:
        raise TimeoutError("mine")

    with pytest.raises(TimeoutError, match="mine"):
        asyncio.run(live.drive(new_run(), faulty, SimulatedTime()))


def test_who_cancels_a_run_cancels_its_request() -> None:
    asked, cancelled = [], []

    async def never(effect: SendRequest) -> Outcome:
        asked.append(effect)
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            cancelled.append(effect)
        raise AssertionError("a future that nobody resolves")

    async def main() -> None:
        task = asyncio.create_task(live.drive(new_run(), never, RealTime()))
        while not asked:
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert len(cancelled) == 1


def test_what_a_listener_raises_ends_the_run_where_it_stands() -> None:
    run = new_run()

    def on_event(stamped: Stamped) -> None:
        if isinstance(stamped.event, RequestSent):
            raise KeyError("enough")

    with pytest.raises(KeyError, match="enough"):
        asyncio.run(live.drive(run, answering_later([OK]), SimulatedTime(), on_event))
    assert run.result is None


def test_a_stream_that_is_closed_goes_no_further() -> None:
    run = new_run()

    async def main() -> list[str]:
        names = []
        events = live.stream(run, answering_later([OK]), SimulatedTime())
        async for stamped in events:
            names.append(type(stamped.event).__name__)
            if isinstance(stamped.event, RequestSent):
                break
        await events.aclose()
        return names

    assert asyncio.run(main()) == ["RunStarted", "StepStarted", "RequestSent"]
    assert run.result is None


@pytest.mark.parametrize(
    ("effect", "outcome"),
    [
        (Sleep(Ticket(1), 2.5, ("s",)), Slept(Clock(2.5, 2.5))),
        (Checkpoint(Ticket(1), ("s",)), Proceed(Clock(0.0, 0.0))),
    ],
)
def test_each_effect_has_its_outcome(effect: Any, outcome: object) -> None:
    assert asyncio.run(live.perform(effect, answering_later([OK]), SimulatedTime())) == outcome


def test_without_a_deadline_an_answer_may_take_its_time() -> None:
    from dataclasses import replace

    run = new_run()
    run.resolve(run.effects()[0].ticket, Proceed())
    (effect,) = run.effects()
    assert isinstance(effect, SendRequest)
    endless = replace(effect, deadline=None)
    found = asyncio.run(live.perform(endless, answering_later([OK]), SimulatedTime()))
    assert found == Responded(Response(200))
