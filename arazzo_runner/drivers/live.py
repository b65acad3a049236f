"""Drives a run inside an event loop: a wait or a request of one run lets the others go on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import replace
from typing import Final, TypeAlias, assert_never

from arazzo_runner.drivers.blocking import no_authorizer, told
from arazzo_runner.drivers.clock import LoopTimepiece
from arazzo_runner.drivers.tape import Tape
from arazzo_runner.engine.effects import Authorize, Checkpoint, Effect, SendRequest, Sleep
from arazzo_runner.engine.events import Stamped
from arazzo_runner.engine.outcomes import Authorized, Failed, FailureKind, Outcome, Proceed, Responded, Slept
from arazzo_runner.engine.result import RunResult
from arazzo_runner.engine.run import Run
from arazzo_runner.sources.servers import ServerUrl

AsyncAnswer: TypeAlias = Callable[[SendRequest], Awaitable[Responded | Failed]]
"""Answers one request; raises nothing that the network or the server is to blame for."""

AsyncAuthorizer: TypeAlias = Callable[[Authorize], Awaitable[Authorized | Failed]]
"""Fetches one token; raises nothing that the network or the server is to blame for."""

GRACE: Final = 0.05
"""Seconds that a request may take beyond its deadline before it is given up from outside."""


async def nothing_authorized(effect: Authorize) -> Authorized | Failed:
    """Fetch no token, and say so."""
    return no_authorizer(effect)


async def stream(
    run: Run,
    answer: AsyncAnswer,
    time: LoopTimepiece,
    authorize: AsyncAuthorizer = nothing_authorized,
    tape: Tape | None = None,
) -> AsyncGenerator[Stamped, None]:
    """Drive a run to its end, yielding its events; `run.result` is the result afterwards.

    A `tape` is asked what came of an effect before, and is told what is done.
    """
    while True:
        for event in told(run, time, tape):
            yield event
        if run.result is not None:
            return
        effects = run.effects()
        if not effects:
            raise AssertionError("the run waits, but wants nothing done")
        for effect in effects:
            for event in told(run, time, tape):
                yield event
            known = tape.recall(effect) if tape is not None else None
            if known is not None:
                run.resolve(effect.ticket, known)
                continue
            if tape is not None:
                tape.intend(effect)
            outcome = await perform(effect, answer, time, authorize)
            run.resolve(effect.ticket, outcome)
            if tape is not None:
                tape.settle(effect, outcome)


async def drive(
    run: Run,
    answer: AsyncAnswer,
    time: LoopTimepiece,
    on_event: Callable[[Stamped], None] | None = None,
    authorize: AsyncAuthorizer = nothing_authorized,
    tape: Tape | None = None,
) -> RunResult:
    """Drive a run to its end, handing its events to `on_event`."""
    async with aclosing(stream(run, answer, time, authorize, tape)) as events:
        async for event in events:
            if on_event is not None:
                on_event(event)
    if run.result is None:
        raise AssertionError("the run ended without a result")
    return run.result


async def perform(
    effect: Effect, answer: AsyncAnswer, time: LoopTimepiece, authorize: AsyncAuthorizer = nothing_authorized
) -> Outcome:
    """Do what an effect asks, and return its outcome with the reading of the clocks after it."""
    match effect:
        case SendRequest():
            began = time.read()
            outcome = await _in_time(effect, answer)
            ended = time.read()
            return replace(outcome, clock=ended, elapsed=ended.monotonic - began.monotonic)
        case Authorize():
            began = time.read()
            fetched = await authorize(effect)
            ended = time.read()
            return replace(fetched, clock=ended, elapsed=ended.monotonic - began.monotonic)
        case Sleep(seconds=seconds):
            await time.pause(seconds)
            return Slept(time.read())
        case Checkpoint():
            return Proceed(time.read())
        case _:
            assert_never(effect)


async def _in_time(effect: SendRequest, answer: AsyncAnswer) -> Responded | Failed:
    """Get the answer by the deadline. Whoever answers keeps it; this is for those who do not."""
    if effect.deadline is None:
        return await answer(effect)
    limit = asyncio.timeout(effect.deadline + GRACE)
    try:
        async with limit:
            return await answer(effect)
    except TimeoutError:
        if not limit.expired():
            raise
    place = ServerUrl(effect.request.url).origin
    return Failed(FailureKind.TIMEOUT, f"{effect.request.method} {place}: no answer within {effect.deadline:g} seconds")
