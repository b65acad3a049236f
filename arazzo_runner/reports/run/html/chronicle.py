"""Events in, a history out.

The events of a run are those of one thing after the other, so what is open forms a stack of workflows, each with a
stack of steps (a retry may run another step while its own is open). What an event closes without saying so (a time
that was up, a journal that was cut) is closed when the next event shows that the run has left it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.events import (
    ActionChosen,
    CriteriaJudged,
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
from arazzo_runner.reports.requests.curl import command
from arazzo_runner.reports.run.html.excerpt import excerpt
from arazzo_runner.reports.run.html.history import Activation, Call, Exchange, History, Path, Try
from arazzo_runner.reports.run.html.limits import MAX_CURL

_OfATry = (
    TokenFetched
    | TokenFailed
    | RequestSent
    | ResponseReceived
    | RequestFailed
    | CriteriaJudged
    | ActionChosen
    | Waiting
)


@dataclass(slots=True, eq=False)
class _Frame:
    call: Call
    open: list[Activation] = field(default_factory=list)


class Chronicle:
    """Keeps what the events of a run tell; `history` is it so far."""

    def __init__(self) -> None:
        self.history = History(Call("", (), 0.0))
        self._frames = [_Frame(self.history.root)]
        self._count = 0

    def on(self, stamped: Stamped) -> None:
        """Take the next event."""
        event, now = stamped.event, stamped.clock.monotonic
        self.history.now = now
        match event:
            case RunStarted():
                self._begin(event, stamped)
            case WorkflowStarted(workflow=workflow, step=path):
                self._enter(Call(workflow, path, now))
            case WorkflowEnded():
                self._leave(event, now)
            case StepStarted():
                self._start(event, now)
            case StepEnded():
                self._end(event, now)
            case Warned(diagnostic=diagnostic):
                self.history.warned.append(diagnostic)
            case RunEnded(result=result):
                self.history.result = result
                self.history.root.status, self.history.root.ended = result.status, now
            case (
                TokenFetched()
                | TokenFailed()
                | RequestSent()
                | ResponseReceived()
                | RequestFailed()
                | CriteriaJudged()
                | ActionChosen()
                | Waiting()
            ):
                self._add(event, now)
            case _:
                pass

    def _begin(self, event: RunStarted, stamped: Stamped) -> None:
        root = Call(event.workflow, (), stamped.clock.monotonic)
        self.history = History(
            root, event.run_id, event.steps, event.inputs, event.graph, stamped.clock, stamped.clock.monotonic
        )
        self._frames, self._count = [_Frame(root)], 0

    def _enter(self, call: Call) -> None:
        """Begin a workflow: inside the step whose path it has, else beside the steps of the one that is open."""
        self._return_to(call.path)
        frame = self._frames[-1]
        step = frame.open[-1] if frame.open else None
        if step is not None and step.path == call.path and step.tries:
            _inside(step.tries[-1]).append(call)
        else:
            frame.call.items.append(call)
        self._frames.append(_Frame(call))

    def _return_to(self, path: Path) -> None:
        """Leave the workflows that the path is not below."""
        while len(self._frames) > 1 and not self._is_within(self._frames[-1], path):
            self._frames.pop()

    def _is_within(self, frame: _Frame, path: Path) -> bool:
        return path[: len(frame.call.path)] == frame.call.path

    def _leave(self, event: WorkflowEnded, now: float) -> None:
        for index in range(len(self._frames) - 1, 0, -1):
            call = self._frames[index].call
            if call.workflow == event.workflow and call.path == event.step:
                call.status, call.ended = event.status, now
                del self._frames[index:]
                return

    def _start(self, event: StepStarted, now: float) -> None:
        step = self._find(event.step) if event.attempt > 1 else None
        if step is None:
            step = self._open(event.step, event.target, now)
        elif step.tries:
            _close(step.tries[-1], now)
        step.tries.append(Try(event.attempt, now))

    def _open(self, path: Path, target: str, now: float) -> Activation:
        while len(self._frames) > 1 and self._frames[-1].call.path != path[:-1]:
            self._frames.pop()
        frame = self._frames[-1]
        self._count += 1
        step = Activation(self._count, path, frame.call.workflow, target, now)
        if frame.open and frame.open[-1].tries:
            _inside(frame.open[-1].tries[-1]).append(step)
        else:
            frame.call.items.append(step)
        frame.open.append(step)
        return step

    def _find(self, path: Path) -> Activation | None:
        """Return the open step of a path, and leave what is open inside it; None where there is none."""
        for depth in range(len(self._frames) - 1, -1, -1):
            opened = self._frames[depth].open
            for index in range(len(opened) - 1, -1, -1):
                if opened[index].path == path:
                    del self._frames[depth + 1 :], opened[index + 1 :]
                    return opened[index]
        return None

    def _end(self, event: StepEnded, now: float) -> None:
        step = self._find(event.step)
        if step is None:
            return
        step.ended, step.status, step.reason, step.outputs = now, event.status, event.reason, event.outputs
        step.considered = event.considered
        if step.tries:
            _close(step.tries[-1], now)
        self._frames[-1].open.pop()

    def _add(self, event: _OfATry, now: float) -> None:
        step = self._find(event.step)
        if step is None or not step.tries:
            return
        last = step.tries[-1]
        match event:
            case TokenFetched() | TokenFailed():
                last.tokens.append(event)
                self.history.tokens += bool(event.url)
            case RequestSent():
                self.history.requests += 1
                last.exchanges.append(_exchange(event, now))
            case ResponseReceived() | RequestFailed():
                _answer(last, event, now)
            case CriteriaJudged():
                last.criteria = event.criteria
            case ActionChosen():
                last.action = event
            case Waiting():
                last.waiting, last.waited_from = event, now


def _inside(tried: Try) -> list[Call | Activation]:
    """Return where a try keeps what begins in it now: a retry that was chosen runs what it refers to aside."""
    return tried.calls if tried.action is None else tried.asides


def _close(tried: Try, now: float) -> None:
    if tried.ended is None:
        tried.ended = now


def _exchange(event: RequestSent, now: float) -> Exchange:
    request = event.request
    return Exchange(
        request.method,
        request.url,
        request.headers,
        excerpt(request.body, request.header("content-type")),
        event.redirects,
        _curl(request),
        now,
    )


def _curl(request: Request) -> str:
    size = len(request.url) + len(request.body or b"") + sum(len(name) + len(value) for name, value in request.headers)
    return command(request) if size <= MAX_CURL else ""


def _answer(tried: Try, event: ResponseReceived | RequestFailed, now: float) -> None:
    if not tried.exchanges:
        return
    last = tried.exchanges[-1]
    last.ended = now
    match event:
        case ResponseReceived(response=response, elapsed=elapsed):
            last.status, last.answer_headers, last.elapsed = response.status, response.headers, elapsed
            last.received = excerpt(response.body, response.header("content-type"))
        case RequestFailed(failure=failure):
            last.failure, last.elapsed = failure, failure.elapsed
