"""Drives a run that nobody listens to inside an event loop: its events are dropped, and never made fit to be shown."""

from __future__ import annotations

from arazzo_runner.drivers.clock import LoopTimepiece
from arazzo_runner.drivers.live import AsyncAnswer, AsyncAuthorizer, nothing_authorized, perform
from arazzo_runner.engine.effects import Checkpoint
from arazzo_runner.engine.outcomes import Proceed
from arazzo_runner.engine.result import RunResult
from arazzo_runner.engine.run import Run


async def drive(
    run: Run, answer: AsyncAnswer, time: LoopTimepiece, authorize: AsyncAuthorizer = nothing_authorized
) -> RunResult:
    """Drive a run to its end, and return its result, in the clear."""
    while run.result is None:
        effects = run.effects()
        if not effects:
            raise AssertionError("the run waits, but wants nothing done")
        for effect in effects:
            if isinstance(effect, Checkpoint):
                run.resolve(effect.ticket, Proceed(time.read()))
            else:
                run.resolve(effect.ticket, await perform(effect, answer, time, authorize))
            run.discard_events()
    run.discard_events()
    return run.result
