from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import pytest

from arazzo_runner.drivers import blocking
from arazzo_runner.drivers.clock import SimulatedTime
from arazzo_runner.engine.effects import Checkpoint, Effect, SendRequest, Sleep, Ticket
from arazzo_runner.engine.events import RequestSent, ResponseReceived, RunEnded, RunStarted, Stamped, Waiting
from arazzo_runner.engine.outcomes import Clock, Decided, Failed, Proceed, Responded, Response, Slept, Stop
from arazzo_runner.engine.result import Status
from arazzo_runner.errors import LimitReached
from tests.drivers.runs import ASKING, BUSY, LOST, OK, answering, driven, new_run


class Ticking(SimulatedTime):
    """A clock on which each answer takes two seconds."""

    def answer(self, script: Callable[[SendRequest], Responded | Failed]) -> blocking.Answer:
        def answer(effect: SendRequest) -> Responded | Failed:
            self.wait(2.0)
            return script(effect)

        return answer


def test_a_run_is_driven_to_its_end() -> None:
    result, events = driven([OK])
    assert result.status is Status.SUCCEEDED
    assert result.outputs == {"status": 200}
    assert isinstance(events[0].event, RunStarted)
    assert isinstance(events[-1].event, RunEnded)


def test_waits_pass_on_the_clock_and_are_stamped() -> None:
    result, events = driven([BUSY, ASKING, OK])
    assert [one.event.seconds for one in events if isinstance(one.event, Waiting)] == [60.0, 7.0]
    answered = [one.clock for one in events if isinstance(one.event, ResponseReceived)]
    assert answered == [Clock(1000.0, 0.0), Clock(1060.0, 60.0), Clock(1067.0, 67.0), Clock(1067.0, 67.0)]
    assert result.elapsed == 67.0


def test_a_failure_is_an_outcome_as_an_answer_is() -> None:
    result, _ = driven([LOST])
    assert result.status is Status.FAILED
    assert [attempt.failure for attempt in result.steps[0].attempts if attempt.failure] != []
    assert "the connection broke off" in result.reason


def test_an_answer_gets_the_time_that_it_took() -> None:
    time = Ticking()
    result = blocking.drive(new_run(), time.answer(answering([BUSY, LOST, OK])), time)
    assert [attempt.elapsed for attempt in result.steps[0].attempts] == [2.0, 2.0, 2.0]
    failure = result.steps[0].attempts[1].failure
    assert failure is not None
    assert (failure.elapsed, failure.clock) == (2.0, Clock(64.0, 64.0))


def test_events_come_before_the_request_goes_out() -> None:
    log: list[str] = []

    def answer(effect: SendRequest) -> Responded:
        log.append("answered")
        return OK

    def on_event(stamped: Stamped) -> None:
        log.append(type(stamped.event).__name__)

    blocking.drive(new_run(), answer, SimulatedTime(), on_event)
    assert log[:4] == ["RunStarted", "StepStarted", "RequestSent", "answered"]


def test_a_stream_moves_as_far_as_it_is_read() -> None:
    seen: list[SendRequest] = []
    run = new_run()
    events = blocking.stream(run, answering([OK], seen), SimulatedTime())
    for stamped in events:
        if isinstance(stamped.event, RequestSent):
            break
    assert seen == []
    assert run.result is None
    next(events)
    assert len(seen) == 1
    events.close()
    assert run.result is None
    assert len(seen) == 1


def test_what_a_listener_raises_ends_the_run_where_it_stands() -> None:
    seen: list[SendRequest] = []

    def on_event(stamped: Stamped) -> None:
        if isinstance(stamped.event, RequestSent):
            raise KeyError("enough")

    run = new_run()
    with pytest.raises(KeyError, match="enough"):
        blocking.drive(run, answering([OK], seen), SimulatedTime(), on_event)
    assert seen == []
    assert run.result is None


def test_a_limit_ends_the_run_with_a_result() -> None:
    result = blocking.drive(new_run(max_steps=2), answering([BUSY]), SimulatedTime())
    assert (result.status, result.limit) == (Status.STOPPED, "max_steps")
    with pytest.raises(LimitReached) as caught:
        raise LimitReached(result.limit, result.reason, result)
    assert caught.value.result is result


def test_the_time_of_a_run_is_limited_on_the_drivers_clock() -> None:
    result = blocking.drive(new_run(run_timeout=100.0), answering([BUSY]), SimulatedTime())
    assert (result.status, result.limit) == (Status.STOPPED, "run_timeout")
    assert result.requests == 2


def test_a_request_gets_the_time_that_is_left_of_the_run() -> None:
    seen: list[SendRequest] = []
    blocking.drive(new_run(run_timeout=65.0, request_timeout=30.0), answering([BUSY, OK], seen), SimulatedTime())
    assert [effect.deadline for effect in seen] == [30.0, 5.0, 5.0]


@pytest.mark.parametrize(
    ("effect", "outcome"),
    [
        (Sleep(Ticket(1), 2.5, ("s",)), Slept(Clock(2.5, 2.5))),
        (Checkpoint(Ticket(1), ("s",)), Proceed(Clock(0.0, 0.0))),
    ],
)
def test_each_effect_has_its_outcome(effect: Effect, outcome: object) -> None:
    assert blocking.perform(effect, answering([OK]), SimulatedTime()) == outcome


def test_who_holds_a_run_decides_and_the_time_that_it_takes_is_told() -> None:
    time = SimulatedTime()

    def hold(checkpoint: Checkpoint) -> Decided:
        time.wait(90.0)
        return Stop(f"at {checkpoint.step[-1]}")

    decided = blocking.perform(Checkpoint(Ticket(1), ("s",)), answering([OK]), time, hold=hold)
    assert decided == Stop("at s", Clock(90.0, 90.0), 90.0)


def test_a_run_that_is_held_is_driven_as_it_is_decided() -> None:
    seen: list[SendRequest] = []
    with closing(blocking.stream(new_run(), answering([OK], seen), SimulatedTime(), hold=lambda _: Stop())) as events:
        kinds = [type(one.event) for one in events]
    assert kinds == [RunStarted, RunEnded]
    assert seen == []


def test_a_request_has_its_answer_as_outcome() -> None:
    run = new_run()
    run.resolve(run.effects()[0].ticket, Proceed())
    (effect,) = run.effects()
    time = Ticking()
    assert blocking.perform(effect, time.answer(answering([OK])), time) == Responded(
        Response(200), Clock(2.0, 2.0), elapsed=2.0
    )


def test_a_run_that_nobody_listens_to_ends_the_same_and_tells_nothing() -> None:
    time = SimulatedTime()
    stream = blocking.stream(new_run(), answering([BUSY, OK]), time, unheard=True)
    with closing(stream) as events, pytest.raises(StopIteration) as ended:
        next(events)
    assert ended.value.value == driven([BUSY, OK])[0]
