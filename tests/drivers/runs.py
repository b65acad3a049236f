"""Runs for the tests of drivers: a program with everything that a driver has to do, and answers from a script."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from arazzo_runner.drivers import blocking, live
from arazzo_runner.drivers.clock import SimulatedTime
from arazzo_runner.engine.effects import SendRequest
from arazzo_runner.engine.events import Stamped
from arazzo_runner.engine.limits import Limits
from arazzo_runner.engine.outcomes import Failed, FailureKind, Responded, Response
from arazzo_runner.engine.result import RunResult
from arazzo_runner.engine.run import Run
from arazzo_runner.engine.settings import Settings
from tests.engine.programs import program_of

PROGRAM = program_of(
    """
workflows:
- workflowId: w
  steps:
  - stepId: first
    operationId: x
    successCriteria: [{condition: $statusCode == 200}]
    onFailure: [{name: again, type: retry, retryAfter: 60, retryLimit: 2}]
    outputs: {status: $statusCode}
  - stepId: second
    workflowId: called
  outputs: {status: $steps.first.outputs.status}
- workflowId: called
  steps:
  - {stepId: inner, operationId: y}
"""
)

Outcome: TypeAlias = Responded | Failed
Script: TypeAlias = Sequence[Outcome]

OK = Responded(Response(200))
BUSY = Responded(Response(503))
ASKING = Responded(Response(503, (("Retry-After", "7"),)))
LOST = Failed(FailureKind.RESET, "GET https://api.example:443: the connection broke off")


def new_run(**limits: float) -> Run:
    return Run(PROGRAM, {}, Settings(limits=Limits(**limits)) if limits else None)  # type: ignore[arg-type]  # counts are integers


def answering(script: Script, seen: list[SendRequest] | None = None) -> Callable[[SendRequest], Outcome]:
    """Answer with the outcomes of the script in turn, and with its last from then on."""
    left = list(script)

    def answer(effect: SendRequest) -> Outcome:
        if seen is not None:
            seen.append(effect)
        return left.pop(0) if len(left) > 1 else left[0]

    return answer


def answering_later(script: Script) -> Callable[[SendRequest], Awaitable[Outcome]]:
    answer = answering(script)

    async def later(effect: SendRequest) -> Outcome:
        await asyncio.sleep(0)
        return answer(effect)

    return later


def driven(script: Script) -> tuple[RunResult, list[Stamped]]:
    events: list[Stamped] = []
    return blocking.drive(new_run(), answering(script), SimulatedTime(1000.0), events.append), events


def driven_live(script: Script) -> tuple[RunResult, list[Stamped]]:
    events: list[Stamped] = []
    main = live.drive(new_run(), answering_later(script), SimulatedTime(1000.0), events.append)
    return asyncio.run(main), events
