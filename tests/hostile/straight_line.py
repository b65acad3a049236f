"""A case on the straight line of the package, from its text to its result, and again with the same answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from arazzo_runner.api import begin, load, prepare
from arazzo_runner.api.preparing import Prepared
from arazzo_runner.drivers.blocking import perform
from arazzo_runner.drivers.clock import SimulatedTime
from arazzo_runner.engine.effects import SendRequest, Sleep
from arazzo_runner.engine.events import Event
from arazzo_runner.engine.outcomes import Outcome, Responded
from arazzo_runner.errors import DocumentError
from tests.engine.programs import OPENAPI
from tests.hostile.cases import Answers, Case


def judge(case: Case, folder: Path) -> dict[str, Any]:
    """Run a case and return how it ended, as data."""
    (folder / "openapi.yaml").write_text(OPENAPI, "utf-8")
    description = load(text=case.document(), base_uri=str(folder / "arazzo.yaml"))
    try:
        prepared = prepare(description, description.workflows[0].workflow_id if description.workflows else None)
    except DocumentError as refused:
        return {"refused": [(found.code, found.message, found.span is not None) for found in refused.diagnostics]}
    first = _Played(prepared, case.answers)
    again = _Played(prepared, case.answers)
    replayed = _replayed(prepared, first.outcomes)
    return first.told() | {"again": first.events == again.events, "replayed": first.events == replayed}


class _Played:
    """A run under a script, on a clock that only waits move."""

    def __init__(self, prepared: Prepared, answers: Answers) -> None:
        queue = list(answers())
        self.outcomes: list[Outcome] = []
        self.events: list[Event] = []
        self.waits: list[float] = []
        self.run = begin(prepared)
        time = SimulatedTime()

        def answer(effect: SendRequest) -> Responded:
            return Responded(queue.pop(0) if len(queue) > 1 else queue[0])

        while self.run.result is None:
            for effect in self.run.effects():
                self.events += self.run.events()
                if isinstance(effect, Sleep):
                    self.waits.append(effect.seconds)
                self.outcomes.append(perform(effect, answer, time))
                self.run.resolve(effect.ticket, self.outcomes[-1])
        self.events += self.run.events()

    def told(self) -> dict[str, Any]:
        result = self.run.result
        assert result is not None
        return {
            "status": result.status.value,
            "limit": result.limit,
            "reason": result.reason,
            "requests": result.requests,
            "longest": max(self.waits, default=0.0),
            "warnings": [warned.message for warned in result.warnings],
            "outputs": json.dumps(result.outputs, default=repr)[:10_000],
        }


def _replayed(prepared: Prepared, outcomes: list[Outcome]) -> list[Event]:
    queue = list(outcomes)
    run = begin(prepared)
    events: list[Event] = []
    while run.result is None:
        for effect in run.effects():
            events += run.events()
            run.resolve(effect.ticket, queue.pop(0))
    return [*events, *run.events()]
