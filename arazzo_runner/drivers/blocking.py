"""Drives a run in the calling thread: one effect after another, events handed out as they happen."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import replace
from typing import TypeAlias, assert_never

from arazzo_runner.drivers.clock import Timepiece
from arazzo_runner.engine.effects import Authorize, Checkpoint, Effect, SendRequest, Sleep
from arazzo_runner.engine.events import Stamped
from arazzo_runner.engine.outcomes import Authorized, Failed, FailureKind, Outcome, Proceed, Responded, Slept
from arazzo_runner.engine.result import RunResult
from arazzo_runner.engine.run import Run

Answer: TypeAlias = Callable[[SendRequest], Responded | Failed]
"""Answers one request; raises nothing that the network or the server is to blame for."""

Authorizer: TypeAlias = Callable[[Authorize], Authorized | Failed]
"""Fetches one token; raises nothing that the network or the server is to blame for."""


def no_authorizer(effect: Authorize) -> Authorized | Failed:
    """Fetch no token, and say so: for whoever drives a run that wants none."""
    message = f"this driver fetches no tokens (flow '{effect.grant.flow.label}')"
    return Failed(FailureKind.AUTHORIZATION, message)


def stream(
    run: Run, answer: Answer, time: Timepiece, authorize: Authorizer = no_authorizer
) -> Generator[Stamped, None, RunResult]:
    """Drive a run to its end, yielding its events; the generator's value is the result."""
    while True:
        for event in run.events():
            yield Stamped(event, time.read())
        if run.result is not None:
            return run.result
        effects = run.effects()
        if not effects:
            raise AssertionError("the run waits, but wants nothing done")
        for effect in effects:
            for event in run.events():
                yield Stamped(event, time.read())
            run.resolve(effect.ticket, perform(effect, answer, time, authorize))


def drive(
    run: Run,
    answer: Answer,
    time: Timepiece,
    on_event: Callable[[Stamped], None] | None = None,
    authorize: Authorizer = no_authorizer,
) -> RunResult:
    """Drive a run to its end, handing its events to `on_event`."""
    with closing(stream(run, answer, time, authorize)) as events:
        for event in events:
            if on_event is not None:
                on_event(event)
    if run.result is None:
        raise AssertionError("the run ended without a result")
    return run.result


def perform(effect: Effect, answer: Answer, time: Timepiece, authorize: Authorizer = no_authorizer) -> Outcome:
    """Do what an effect asks, and return its outcome with the reading of the clocks after it."""
    match effect:
        case SendRequest():
            began = time.read()
            outcome = answer(effect)
            ended = time.read()
            return replace(outcome, clock=ended, elapsed=ended.monotonic - began.monotonic)
        case Authorize():
            began = time.read()
            fetched = authorize(effect)
            ended = time.read()
            return replace(fetched, clock=ended, elapsed=ended.monotonic - began.monotonic)
        case Sleep(seconds=seconds):
            time.wait(seconds)
            return Slept(time.read())
        case Checkpoint():
            return Proceed(time.read())
        case _:
            assert_never(effect)
