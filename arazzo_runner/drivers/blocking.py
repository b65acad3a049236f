"""Drives a run in the calling thread: one effect after another, events handed out as they happen."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import replace
from typing import TypeAlias, assert_never

from arazzo_runner.drivers.clock import Reading, Timepiece
from arazzo_runner.drivers.tape import Tape
from arazzo_runner.engine.effects import Authorize, Checkpoint, Effect, SendRequest, Sleep
from arazzo_runner.engine.events import Stamped
from arazzo_runner.engine.outcomes import Authorized, Decided, Failed, FailureKind, Outcome, Proceed, Responded, Slept
from arazzo_runner.engine.result import RunResult
from arazzo_runner.engine.run import Run

Answer: TypeAlias = Callable[[SendRequest], Responded | Failed]
"""Answers one request; raises nothing that the network or the server is to blame for."""

Authorizer: TypeAlias = Callable[[Authorize], Authorized | Failed]
"""Fetches one token; raises nothing that the network or the server is to blame for."""

Hold: TypeAlias = Callable[[Checkpoint], Decided]
"""Decides whether a step may begin, and after a try what becomes of it: a debugger."""


def no_authorizer(effect: Authorize) -> Authorized | Failed:
    """Fetch no token, and say so: for whoever drives a run that wants none."""
    message = f"this driver fetches no tokens (flow '{effect.grant.flow.label}')"
    return Failed(FailureKind.AUTHORIZATION, message)


def stream(
    run: Run,
    answer: Answer,
    time: Timepiece,
    authorize: Authorizer = no_authorizer,
    hold: Hold | None = None,
    tape: Tape | None = None,
    *,
    unheard: bool = False,
) -> Generator[Stamped, None, RunResult]:
    """Drive a run to its end, yielding its events; the generator's value is the result.

    A `tape` is asked what came of an effect before, and is told what is done. The events of a run that nobody listens
    to (`unheard`) are dropped: to make them fit to be shown takes as long as the rest of a step.
    """
    while True:
        yield from dropped(run) if unheard else told(run, time, tape)
        if run.result is not None:
            return run.result
        effects = run.effects()
        if not effects:
            raise AssertionError("the run waits, but wants nothing done")
        for effect in effects:
            yield from dropped(run) if unheard else told(run, time, tape)
            known = tape.recall(effect) if tape is not None else None
            if known is not None:
                run.resolve(effect.ticket, known)
                continue
            if tape is not None:
                tape.intend(effect)
            outcome = perform(effect, answer, time, authorize, hold)
            run.resolve(effect.ticket, outcome)
            if tape is not None:
                tape.settle(effect, outcome)


def told(run: Run, time: Reading, tape: Tape | None) -> Iterator[Stamped]:
    """Yield what happened since it was asked last, stamped, and put it on the tape."""
    for event in run.events():
        stamped = Stamped(event, time.read())
        if tape is not None:
            tape.happened(stamped)
        yield stamped


def dropped(run: Run) -> tuple[Stamped, ...]:
    """Drop what happened since it was asked last."""
    run.discard_events()
    return ()


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


def perform(
    effect: Effect,
    answer: Answer,
    time: Timepiece,
    authorize: Authorizer = no_authorizer,
    hold: Hold | None = None,
) -> Outcome:
    """Do what an effect asks, and return its outcome with the reading of the clocks after it.

    Without `hold` every step may begin, and what came of it stands.
    """
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
            began = time.read()
            if hold is None:
                return Proceed(began)
            decided = hold(effect)
            ended = time.read()
            return replace(decided, clock=ended, elapsed=ended.monotonic - began.monotonic)
        case _:
            assert_never(effect)
