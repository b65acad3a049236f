from __future__ import annotations

from collections.abc import Callable

import pytest

from arazzo_runner.drivers.blocking import drive, perform, stream
from arazzo_runner.drivers.clock import SimulatedTime
from arazzo_runner.engine.effects import Checkpoint, SendRequest, Sleep, Ticket
from arazzo_runner.engine.events import RequestSent, RunEnded, RunStarted, Stamped
from arazzo_runner.engine.outcomes import Clock, Failed, Proceed, Responded, Slept
from arazzo_runner.engine.result import Status
from arazzo_runner.engine.run import Run
from tests.engine.programs import Script, answers, program_of, refused, respond

RETRY = """
workflows:
- workflowId: w
  steps:
  - {stepId: s, operationId: x, onFailure: [{name: r, type: retry, retryAfter: 90, retryLimit: 2}]}
  - {stepId: t, operationId: y}
"""


def answering(script: Script, time: SimulatedTime, seconds: float = 0.5) -> Callable[[SendRequest], Responded | Failed]:
    def answer(effect: SendRequest) -> Responded | Failed:
        time.wait(seconds)
        found = script(effect.request)
        return found if isinstance(found, Failed) else Responded(found)

    return answer


def test_a_run_is_driven_to_its_end() -> None:
    time = SimulatedTime()
    told: list[Stamped] = []
    run = Run(program_of(RETRY), {})
    result = drive(run, answering(answers(respond(503), refused(), respond(200)), time), time, told.append)
    assert result is run.result
    assert result.status is Status.SUCCEEDED
    assert [attempt.elapsed for attempt in result.steps[0].attempts] == [0.5, 0.5, 0.5]
    assert result.elapsed == 182.0, "two waits of 90 seconds and four requests of half a second"
    assert isinstance(told[0].event, RunStarted)
    assert isinstance(told[-1].event, RunEnded)


def test_events_are_stamped_when_they_happen() -> None:
    time = SimulatedTime()
    events = list(stream(Run(program_of(RETRY), {}), answering(answers(respond(503), respond(200)), time), time))
    sent = [stamped.clock.monotonic for stamped in events if isinstance(stamped.event, RequestSent)]
    assert sent == [0.0, 90.5, 91.0]


def test_a_stream_moves_only_as_far_as_it_is_read() -> None:
    time = SimulatedTime()
    asked: list[str] = []

    def answer(effect: SendRequest) -> Responded:
        asked.append(effect.request.url)
        return Responded(respond(200))

    events = stream(Run(program_of(RETRY), {}), answer, time)
    while not isinstance(next(events).event, RequestSent):
        pass
    assert asked == [], "the request is told before it is sent"
    events.close()
    assert asked == []


def test_what_the_listener_raises_reaches_the_caller() -> None:
    def listen(stamped: Stamped) -> None:
        raise KeyError(type(stamped.event).__name__)

    time = SimulatedTime()
    with pytest.raises(KeyError, match="RunStarted"):
        drive(Run(program_of(RETRY), {}), answering(answers(respond(200)), time), time, listen)


def test_outcomes_carry_the_clock_after_the_effect() -> None:
    time = SimulatedTime(wall=10.0)
    assert perform(Checkpoint(Ticket(1), ("s",)), answering(answers(respond()), time), time) == Proceed(
        Clock(10.0, 0.0)
    )
    assert perform(Sleep(Ticket(2), 2.0, ("s",)), answering(answers(respond()), time), time) == Slept(Clock(12.0, 2.0))
