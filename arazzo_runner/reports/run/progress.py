"""What is known of each step so far, gathered from the events for reports that show a run while it goes on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TypeAlias

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.events import (
    ActionChosen,
    CriteriaJudged,
    RequestFailed,
    RequestSent,
    ResponseReceived,
    RunStarted,
    Stamped,
    StepEnded,
    StepStarted,
    TokenFailed,
    TokenFetched,
    Waiting,
    Warned,
    WorkflowEnded,
    WorkflowStarted,
)
from arazzo_runner.engine.outcomes import Failed, Response
from arazzo_runner.engine.result import Attempt, Judged, RunResult, Status, StepResult, TokenRequest
from arazzo_runner.reports.escape import visible

Path: TypeAlias = tuple[str, ...]

INTERRUPTED = "the run was broken off before its end"
"""The reason of a run whose reporter was closed before it ended."""


class State(Enum):
    """Where a step stands."""

    PENDING = "pending"
    RUNNING = "running"
    WAITING = "waiting"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    SKIPPED = "skipped"


# A run is stopped, never a step; one that says so has not succeeded.
_ENDS = {
    Status.SUCCEEDED: State.SUCCEEDED,
    Status.FAILED: State.FAILED,
    Status.STOPPED: State.FAILED,
    Status.SKIPPED: State.SKIPPED,
}


MAX_DEPTH = 8
"""Levels of workflows within workflows down to which the steps are followed one by one."""


def label_of(path: Path, workflow: str, run_workflow: str) -> str:
    """Name a step for a person: its path, the middle of a deep one left out; the workflow before it where another one
    runs beside the run's own."""
    shown = path if len(path) <= MAX_DEPTH else (*path[:2], f"... {len(path) - 4} more ...", *path[-2:])
    steps = "/".join(shown)
    return visible(steps if len(path) > 1 or workflow == run_workflow else f"{workflow}:{steps}")


@dataclass(slots=True, eq=False)
class StepView:
    """One step as a report shows it: its latest activation, and the try that is under way or was the last.

    `began` and `ended` are monotonic seconds of the driver. `visits` counts the activations.
    """

    path: Path
    workflow: str
    label: str
    state: State = State.PENDING
    target: str = ""
    visits: int = 0
    attempt: int = 0
    began: float = 0.0
    ended: float = 0.0
    tries: list[Attempt] = field(default_factory=list)
    redirects: tuple[Request, ...] = ()
    request: Request | None = None
    response: Response | None = None
    failure: Failed | None = None
    criteria: tuple[Judged, ...] = ()
    elapsed: float = 0.0
    waiting: Waiting | None = None
    reason: str = ""

    @property
    def seconds(self) -> float:
        """How long the latest activation took, its waits included."""
        return max(0.0, self.ended - self.began)

    def start(self, event: StepStarted, now: float) -> None:
        """Begin a try; the first one begins a new activation."""
        if event.attempt == 1:
            self.visits, self.began, self.tries = self.visits + 1, now, []
        elif self.attempt:
            self.tries.append(self._tried())
        self.state, self.target, self.attempt, self.reason = State.RUNNING, event.target, event.attempt, ""
        self.request = self.response = self.failure = self.waiting = None
        self.criteria, self.elapsed, self.redirects = (), 0.0, ()

    def end(self, event: StepEnded, now: float) -> StepResult:
        """End the activation, and return its record as far as events tell it."""
        self.state, self.ended, self.reason = _ENDS[event.status], now, event.reason
        if self.attempt:
            self.tries.append(self._tried())
        self.attempt = 0
        return StepResult(
            self.path[-1], self.workflow, self.path, event.status, tuple(self.tries), event.outputs, reason=event.reason
        )

    def broken_off(self) -> StepResult:
        """Return the record of an activation that did not end."""
        tries = (*self.tries, self._tried())
        return StepResult(self.path[-1], self.workflow, self.path, Status.STOPPED, tries, reason="it did not end")

    def _tried(self) -> Attempt:
        done = Attempt(self.attempt, self.request, self.response, self.failure, self.criteria, self.elapsed)
        return replace(done, redirects=self.redirects)


class Progress:
    """A run as far as it has come. Feed it every event; `views` are the steps in the order in which to show them."""

    def __init__(self) -> None:
        self.workflow = ""
        self.began = self.now = 0.0
        self.requests = 0
        self.views: list[StepView] = []
        self._by_name: dict[tuple[str, Path], StepView] = {}
        self._open: dict[Path, list[str]] = {}
        self._latest = -1
        self._ended: list[StepResult] = []
        self._warnings: list[Diagnostic] = []
        self._tokens: list[TokenRequest] = []

    def on(self, stamped: Stamped) -> StepView | None:
        """Take an event in; return the step that it is about."""
        event, self.now = stamped.event, stamped.clock.monotonic
        match event:
            case RunStarted():
                self._begin(event)
            case WorkflowStarted():
                self._open.setdefault(event.step, []).append(event.workflow)
            case WorkflowEnded():
                self._close(event)
            case Warned():
                self._warnings.append(event.diagnostic)
            case StepStarted():
                view = self._find(event.step)
                view.start(event, self.now)
                return view
            case ActionChosen():
                return self._find(event.step)
            case TokenFetched() | TokenFailed():
                self._tokens.append(_token(event))
                return self._find(event.step)
            case RequestSent() | ResponseReceived() | RequestFailed() | CriteriaJudged() | Waiting() | StepEnded():
                return self._advance(event)
            case _:
                pass
        return None

    @property
    def ended(self) -> tuple[StepResult, ...]:
        """The records of the activations that ended, in that order, as far as events tell them."""
        return tuple(self._ended)

    def result(self, reason: str) -> RunResult:
        """Return the record of a run that broke off, for `reason`: what has ended, then what was under way."""
        running = [view for view in self.views if view.state in (State.RUNNING, State.WAITING)]
        where = f", in step '{running[-1].label}'" if running else ""
        return RunResult(
            status=Status.STOPPED,
            workflow=self.workflow,
            steps=(*self._ended, *(view.broken_off() for view in reversed(running))),
            warnings=tuple(self._warnings),
            reason=reason + where,
            requests=self.requests,
            elapsed=max(0.0, self.now - self.began),
            tokens=tuple(self._tokens),
        )

    def _begin(self, event: RunStarted) -> None:
        self.workflow, self.began = event.workflow, self.now
        self._open[()] = [event.workflow]
        for step in event.steps:
            self._add((step,), event.workflow, len(self.views))

    def _close(self, event: WorkflowEnded) -> None:
        running = self._open.get(event.step, [])
        if event.workflow in running:
            running.remove(event.workflow)

    def _find(self, path: Path) -> StepView:
        running = self._open.get(path[:-1])
        workflow = running[-1] if running else self.workflow
        view = self._by_name.get((workflow, path)) or self._add(path, workflow, self._latest + 1)
        self._latest = self.views.index(view)
        return view

    def _add(self, path: Path, workflow: str, index: int) -> StepView:
        view = StepView(path, workflow, label_of(path, workflow, self.workflow))
        self._by_name[workflow, path] = view
        self.views.insert(index, view)
        return view

    def _advance(
        self, event: RequestSent | ResponseReceived | RequestFailed | CriteriaJudged | Waiting | StepEnded
    ) -> StepView:
        view = self._find(event.step)
        match event:
            case RequestSent():
                if event.redirects and view.request:
                    view.redirects = (*view.redirects, view.request)
                view.request, view.response = event.request, None
                self.requests += 1
            case ResponseReceived():
                view.response, view.elapsed = event.response, event.elapsed
            case RequestFailed():
                view.failure, view.elapsed = event.failure, event.failure.elapsed
            case CriteriaJudged():
                view.criteria = event.criteria
            case Waiting():
                view.state, view.waiting = State.WAITING, event
            case StepEnded():
                self._ended.append(view.end(event, self.now))
        return view


def _token(event: TokenFetched | TokenFailed) -> TokenRequest:
    about = (event.step, event.source, event.scheme, event.flow, event.scopes, event.url)
    if isinstance(event, TokenFailed):
        return TokenRequest(*about, failure=event.failure, elapsed=event.failure.elapsed)
    return TokenRequest(*about, event.lifetime, elapsed=event.elapsed)
