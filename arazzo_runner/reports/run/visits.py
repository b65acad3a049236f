"""A run as reports tell it that are written at its end: the visits to its steps, in the order in which they began.

A step is visited each time that it is entered; tries of a retry belong to one visit. A visit may have no end: the time
of a step above it was over, or the run was broken off.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TextIO, TypeAlias

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.engine.events import (
    ActionChosen,
    Considered,
    RunEnded,
    RunStarted,
    Stamped,
    StepEnded,
    StepStarted,
    Warned,
)
from arazzo_runner.engine.outcomes import Clock
from arazzo_runner.engine.result import RunResult, Status, StepResult
from arazzo_runner.reports.page import Look
from arazzo_runner.reports.run.progress import INTERRUPTED, Path, Progress
from arazzo_runner.reports.run.summary import blamed


@dataclass(slots=True, eq=False)
class Visit:
    """One visit to a step; `began` and `ended` are monotonic seconds, `ended` None where it did not end.

    `place` is ``file:line:column`` of the step, empty where it is not known. `default` are the actions that were looked
    at where none fired.
    """

    path: Path
    workflow: str
    label: str
    target: str
    began: float
    place: str = ""
    ended: float | None = None
    record: StepResult | None = None
    chosen: list[ActionChosen] = field(default_factory=list)
    default: tuple[Considered, ...] = ()
    warnings: list[Diagnostic] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """How long it took; 0 where it did not end."""
        return 0.0 if self.ended is None else max(0.0, self.ended - self.began)


class Visits:
    """The visits of a run and how it ended. Feed it every event; `close` ends a run that did not end."""

    def __init__(self) -> None:
        self.started = RunStarted("", "", ())
        self.clock = Clock()
        self.all: list[Visit] = []
        self.result: RunResult | None = None
        self._progress = Progress()
        self._open: dict[Path, Visit] = {}
        self._ended: list[Visit] = []
        self._places: dict[tuple[str, str], str] = {}

    def on(self, stamped: Stamped) -> None:
        """Take an event in."""
        view = self._progress.on(stamped)
        match stamped.event:
            case RunStarted() as event:
                self.started, self.clock = event, stamped.clock
                figures = event.graph.figures if event.graph else ()
                self._places = {(each.workflow, node.id): node.place for each in figures for node in each.nodes}
            case StepStarted(attempt=1) as event if view is not None:
                visit = Visit(event.step, view.workflow, view.label, event.target, stamped.clock.monotonic)
                visit.place = self._places.get((visit.workflow, event.step[-1]), "")
                self._open[event.step] = visit
                self.all.append(visit)
            case ActionChosen() as event if event.step in self._open:
                self._open[event.step].chosen.append(event)
            case Warned() as event if event.step in self._open:
                self._open[event.step].warnings.append(event.diagnostic)
            case StepEnded() as event if event.step in self._open:
                self._end(event, stamped.clock.monotonic)
            case RunEnded(result=result):
                self._finish(result)
            case _:
                pass

    @property
    def began(self) -> bool:
        """Whether the run began; one that was refused did not."""
        return bool(self.started.run_id)

    def close(self) -> RunResult:
        """Return how the run ended; one that did not end is stopped."""
        return self.result or self._finish(self._progress.result(INTERRUPTED))

    def blamed(self) -> list[Visit]:
        """Return the failed visits that the run did not get over."""
        at_fault = {id(step) for step in blamed(self.close())}
        return [visit for visit in self.all if id(visit.record) in at_fault]

    def unreached(self) -> list[str]:
        """Return the ids of the workflow's own steps that were never visited."""
        visited = {visit.path for visit in self.all if visit.workflow == self.started.workflow}
        return [step for step in self.started.steps if (step,) not in visited]

    def _end(self, event: StepEnded, now: float) -> None:
        visit = self._open.pop(event.step)
        visit.ended, visit.default = now, event.considered
        visit.record = self._progress.ended[-1]
        self._ended.append(visit)

    def _finish(self, result: RunResult) -> RunResult:
        """Take the records of the result, which know more than events tell; an open visit gets how far it came."""
        self.result = result
        for visit, step in zip(self._ended, result.steps, strict=False):
            if visit.path == step.path:
                visit.record = step
        late = {step.path: step for step in result.steps if step.status is Status.STOPPED}
        for path, visit in self._open.items():
            visit.record = late.get(path)
        return result


Write: TypeAlias = Callable[[TextIO, Look, Visits], None]


class AfterTheRun:
    """A reporter that writes its report once, when the run has ended, or at `close` where it did not end."""

    def __init__(self, stream: TextIO, look: Look, write: Write) -> None:
        self._stream = stream
        self._look = look
        self._write = write
        self._visits = Visits()
        self._open = False

    def on(self, stamped: Stamped) -> None:
        """Take the next event."""
        self._visits.on(stamped)
        match stamped.event:
            case RunStarted():
                self._open = True
            case RunEnded():
                self.close()
            case _:
                pass

    def close(self) -> None:
        """End the report."""
        if self._open:
            self._open = False
            self._visits.close()
            self._write(self._stream, self._look, self._visits)
            self._stream.flush()
