"""One run as spans and metrics: the run, each workflow it calls, each step, each request and each token.

What happens within a span without lasting (a try again, a wait, an action, a warning) is an event of it. A run that is
broken off ends all its spans as errors.

Times are the driver's stamps. A mocked run has a clock of its own that begins in 1970, where no collector looks: its
spans are moved to the present.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from opentelemetry.trace import SpanKind, Tracer

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.events import (
    ActionChosen,
    RequestFailed,
    RequestSent,
    ResponseReceived,
    RunEnded,
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
from arazzo_runner.engine.outcomes import Clock, Failed
from arazzo_runner.engine.result import RunResult, Status
from arazzo_runner.engine.trace_parent import HEADER, TraceParent, parse
from arazzo_runner.reports.run.progress import INTERRUPTED
from arazzo_runner.reports.telemetry.attributes import Attributes, is_error, method_of, of_request, of_server, of_status
from arazzo_runner.reports.telemetry.ids import random_span
from arazzo_runner.reports.telemetry.meters import Meters
from arazzo_runner.reports.telemetry.spans import Open, Spans

Path: TypeAlias = tuple[str, ...]
UNANSWERED: Final = "there was no answer"
_REAL: Final = 366 * 86_400.0
"""No real clock stands in the first year of the Unix epoch."""

_MAX_WORDS: Final = 64
"""Steps of a path that a span tells of; a deeper one is cut in its middle."""


@dataclass(slots=True)
class _Step:
    span: Open
    target: str
    workflow: str
    sent: int = 0
    tries: int = 1


@dataclass(slots=True)
class _Sent:
    span: Open
    request: Request


class RunTelemetry:
    """Turns the events of one run at a time into spans of `tracer` and measurements of `meters`.

    `caller` is the span that a run hangs below whose requests carry no `traceparent`.
    """

    def __init__(self, tracer: Tracer, meters: Meters, caller: TraceParent | None = None) -> None:
        self._tracer, self._meters, self._caller = tracer, meters, caller
        self._run: Open | None = None
        self._workflow = ""
        self._workflows: dict[Path, list[tuple[str, Open]]] = {}
        self._steps: dict[Path, _Step] = {}
        self._waiting: dict[Path, _Sent] = {}
        self._last = Clock()
        self._began = Clock()
        self._moved = 0.0

    def on(self, stamped: Stamped) -> None:
        """Take the next event."""
        if isinstance(stamped.event, RunStarted):
            self._moved = time.time() - stamped.clock.wall if stamped.clock.wall < _REAL else 0.0
        stamped = self._present(stamped)
        clock = self._last = stamped.clock
        match stamped.event:
            case RunStarted() as event:
                self._begin(event, clock)
            case RunEnded(result=result):
                self._end(result, clock)
            case _ if self._run is not None:
                self._go_on(stamped, self._run)
            case _:
                pass

    def close(self) -> None:
        """End what is open: the run was broken off."""
        if self._run is not None:
            self._spans.end_all(self._last, INTERRUPTED)
            self._run = None

    def _present(self, stamped: Stamped) -> Stamped:
        clock = stamped.clock
        return replace(stamped, clock=replace(clock, wall=clock.wall + self._moved)) if self._moved else stamped

    def _begin(self, event: RunStarted, clock: Clock) -> None:
        self.close()
        itself = event.trace or self._own()
        self._spans = Spans(self._tracer, itself)
        self._workflows, self._steps, self._waiting = {}, {}, {}
        self._workflow, self._began = event.workflow, clock
        attributes = {"arazzo.run.id": event.run_id, "arazzo.workflow.id": event.workflow}
        self._run = self._spans.begin_run(f"run {event.workflow}", attributes, clock)

    def _own(self) -> TraceParent:
        """Return the span of a run that has no name in a trace yet."""
        chosen, caller = random_span(), self._caller
        if caller is None:
            return chosen
        return TraceParent(caller.trace_id, chosen.span_id, caller.flags, caller.span_id)

    def _end(self, result: RunResult, clock: Clock) -> None:
        if self._run is None:
            return
        told = {"arazzo.result": result.status.value, "arazzo.requests": result.requests}
        if result.limit:
            told["arazzo.limit"] = result.limit
        _finish(self._run, result.status, result.reason, clock, told)
        self._spans.end_all(clock, result.reason or INTERRUPTED)
        self._meters.run(self._workflow, result.status, clock.monotonic - self._began.monotonic)
        self._run = None

    def _go_on(self, stamped: Stamped, run: Open) -> None:
        clock = stamped.clock
        match stamped.event:
            case WorkflowStarted(workflow=workflow, step=step):
                above = self._steps[step].span if step in self._steps else self._around(step, run)
                span = self._spans.begin(above, f"workflow {workflow}", {"arazzo.workflow.id": workflow}, clock)
                self._workflows.setdefault(step, []).append((workflow, span))
            case WorkflowEnded() as ended:
                self._end_workflow(ended, clock)
            case StepStarted() as started:
                self._begin_step(started, run, clock)
            case StepEnded() as done:
                self._end_step(done, run, clock)
            case RequestSent() as sent:
                self._send(sent, run, clock)
            case ResponseReceived(step=step, response=response, elapsed=elapsed):
                fault = f"status {response.status}" if is_error(response.status) else None
                self._answer(step, of_status(response.status), elapsed, clock, fault)
            case RequestFailed(step=step, failure=failure):
                told = {"error.type": failure.kind.value}
                self._answer(step, told, failure.elapsed, clock, failure.message or UNANSWERED)
            case TokenFetched() as fetched:
                self._token(fetched, None, fetched.elapsed, run, clock)
            case TokenFailed() as refused:
                self._token(refused, refused.failure, refused.failure.elapsed, run, clock)
            case ActionChosen(step=step, name=name, type=kind, target=target):
                told = {"arazzo.action.name": name, "arazzo.action.type": kind}
                self._span_of(step, run).tell(
                    "action", told | ({"arazzo.action.target": target} if target else {}), clock
                )
            case Waiting(step=step, seconds=seconds, attempt=attempt, limit=limit):
                waits: Attributes = {
                    "arazzo.wait.seconds": seconds,
                    "arazzo.attempt": attempt,
                    "arazzo.attempts": limit,
                }
                self._span_of(step, run).tell("wait", waits, clock)
            case Warned(diagnostic=diagnostic, step=step):
                self._span_of(step, run).tell("warning", _warning(diagnostic), clock)
            case _:
                pass

    def _around(self, step: Path, run: Open) -> Open:
        """Return the span of the workflow that a step is one of."""
        open_ones = self._workflows.get(step[:-1])
        return open_ones[-1][1] if open_ones else run

    def _span_of(self, step: Path, run: Open) -> Open:
        return self._steps[step].span if step in self._steps else run

    def _end_workflow(self, event: WorkflowEnded, clock: Clock) -> None:
        open_ones = self._workflows.get(event.step, [])
        for index in reversed(range(len(open_ones))):
            name, span = open_ones[index]
            if name == event.workflow:
                _finish(span, event.status, "", clock, {"arazzo.result": event.status.value})
                del open_ones[index]
                return

    def _begin_step(self, event: StepStarted, run: Open, clock: Clock) -> None:
        known = self._steps.get(event.step)
        if known is not None and event.attempt > 1:
            known.tries = event.attempt
            known.span.tell("retry", {"arazzo.attempt": event.attempt}, clock)
            return
        if known is not None:
            known.span.end(clock)
        open_ones = self._workflows.get(event.step[:-1])
        workflow = open_ones[-1][0] if open_ones else self._workflow
        told = {
            "arazzo.step.id": event.step[-1],
            "arazzo.step.path": _path(event.step),
            "arazzo.step.target": event.target,
            "arazzo.workflow.id": workflow,
        }
        span = self._spans.begin(self._around(event.step, run), f"step {event.step[-1]}", told, clock)
        self._steps[event.step] = _Step(span, event.target, workflow)

    def _end_step(self, event: StepEnded, run: Open, clock: Clock) -> None:
        if event.step not in self._steps:  # one that was skipped need not have begun
            self._begin_step(StepStarted(event.step, 1, ""), run, clock)
        step = self._steps.pop(event.step)
        told = {"arazzo.result": event.status.value, "arazzo.attempts": step.tries}
        _finish(step.span, event.status, event.reason, clock, told)
        self._meters.step(step.workflow, event.step[-1], event.status)

    def _send(self, event: RequestSent, run: Open, clock: Clock) -> None:
        step, request = self._steps.get(event.step), event.request
        method, template = (step.target if step else "").partition(" ")[::2]
        template = template if method == request.method and not event.redirects else ""
        told = of_request(request, template, step.sent if step else 0)
        name = " ".join((_verb(request), template)) if template else _verb(request)
        itself = parse(request.header(HEADER) or "")
        span = self._spans.begin(self._span_of(event.step, run), name, told, clock, SpanKind.CLIENT, itself)
        self._waiting[event.step] = _Sent(span, request)
        if step:
            step.sent += 1

    def _answer(self, step: Path, told: Attributes, elapsed: float, clock: Clock, fault: str | None) -> None:
        sent = self._waiting.pop(step, None)
        if sent is not None:
            sent.span.end(clock, told, fault)
            self._meters.request(elapsed, {**of_server(sent.request), **told})

    def _token(
        self, event: TokenFetched | TokenFailed, failure: Failed | None, elapsed: float, run: Open, clock: Clock
    ) -> None:
        told = {"arazzo.token.flow": event.flow, "arazzo.token.scheme": event.scheme, "arazzo.source": event.source}
        if event.url:
            told["url.full"] = event.url
        began = Clock(clock.wall - max(0.0, elapsed), clock.monotonic)
        span = self._spans.begin(self._span_of(event.step, run), f"token {event.flow}", told, began)
        if failure is None:
            span.end(clock)
        else:
            span.end(clock, {"error.type": failure.code or failure.kind.value}, failure.message or UNANSWERED)


def _finish(span: Open, status: Status, reason: str, clock: Clock, told: Attributes) -> None:
    match status:
        case Status.SUCCEEDED:
            span.succeed(clock, told)
        case Status.SKIPPED:
            span.end(clock, told)
        case _:
            span.end(clock, told, reason or status.value)


def _verb(request: Request) -> str:
    """Return the name of a request's span whose path is not known: a method that is none of HTTP's is just HTTP."""
    return method_of(request) if method_of(request) == request.method else "HTTP"


def _path(step: Path) -> str:
    if len(step) > _MAX_WORDS:
        step = (*step[: _MAX_WORDS // 2], "...", *step[-_MAX_WORDS // 2 :])
    return "/".join(step)


def _warning(diagnostic: Diagnostic) -> Attributes:
    told = {"arazzo.warning.code": diagnostic.code, "arazzo.warning.message": diagnostic.message}
    return told | ({"arazzo.warning.place": diagnostic.span.place()} if diagnostic.span else {})
