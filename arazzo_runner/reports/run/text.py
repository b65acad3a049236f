"""A run as plain lines, for pipes, files and continuous integration: each line is final when it is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from arazzo_runner.engine.events import (
    ActionChosen,
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
    WorkflowEnded,
    WorkflowStarted,
)
from arazzo_runner.engine.result import Status
from arazzo_runner.errors import ArazzoError
from arazzo_runner.reports.findings.order import counted
from arazzo_runner.reports.findings.text import full
from arazzo_runner.reports.layout import columns, pad, shorten
from arazzo_runner.reports.page import Ink, Line, Look, Page, Verbosity
from arazzo_runner.reports.run.choice import choice, not_chosen
from arazzo_runner.reports.run.exchange import request_lines, response_lines, seconds_text, status_text
from arazzo_runner.reports.run.progress import INTERRUPTED, MAX_DEPTH, Progress, State, StepView
from arazzo_runner.reports.run.refusal import fault_of
from arazzo_runner.reports.run.summary import closing
from arazzo_runner.reports.run.token import token_lines

MAX_LABEL = 28
"""Columns that the names of steps are filled up to, so that what follows stands in one column."""

MAX_HEADLINE = 300
"""Characters of a reason that one line shows."""

DEEPER = f"what is called more than {MAX_DEPTH - 1} workflows deep is not followed here (--verbose follows it)"


class TextReporter:
    """Writes a line when a step begins, waits, takes an action or ends, and the closing text at the end."""

    def __init__(self, stream: TextIO, look: Look) -> None:
        self._look = look.fitting(stream)
        self._page = Page(stream, look)
        self._progress = Progress()
        self._width = 0
        self._open = self._is_deep = False

    def on(self, stamped: Stamped) -> None:
        """Take the next event; OSError is the caller's (a pipe that was closed)."""
        view = self._progress.on(stamped)
        match stamped.event:
            case RunStarted():
                self._open = True
                self._width = min(max((columns(view.label) for view in self._progress.views), default=0), MAX_LABEL)
            case RunEnded(result=result):
                self._open = False
                self._page.write(closing(result, self._look))
                return
            case _:
                pass
        if self._look.verbosity.follows:
            self._page.write(self._lines(stamped, view))

    def refuse(self, error: ArazzoError, workflow: str | None) -> None:
        """Tell why the run did not begin: what was found in its document, in full, or what was wrong."""
        fault = fault_of(error)
        if fault.diagnostics:
            self._page.write(line for found in fault.diagnostics for line in (*full(found, self._look), ()))
        head = f"{self._look.marks.failed} {workflow or 'the run'} did not begin"
        self._page.write([(Ink.BAD.of(head), f": {fault.message}"), *([(f"  {fault.hint}",)] if fault.hint else [])])

    def close(self) -> None:
        """End the report; a run that did not end is told of as stopped."""
        if self._open:
            self._open = False
            self._page.write(closing(self._progress.result(INTERRUPTED), self._look))

    def _lines(self, stamped: Stamped, view: StepView | None) -> Iterator[Line]:
        match stamped.event:
            case RunStarted() as event:
                yield (Ink.STRONG.of(event.workflow), f": {counted(len(event.steps), 'step')}")
            case WorkflowStarted(step=()) as event:
                yield (f"  {self._look.marks.action} workflow {event.workflow}",)
            case WorkflowEnded(step=()) as event:
                yield self._workflow_end(event)
            case _ if view and self._is_followed(view):
                yield from self._step_lines(stamped, view)
            case StepStarted() if not self._is_deep:
                self._is_deep = True
                yield (Ink.FAINT.of(f"  {self._look.marks.cut} {DEEPER}"),)
            case _:
                pass

    def _is_followed(self, view: StepView) -> bool:
        return len(view.path) <= MAX_DEPTH or self._look.verbosity is Verbosity.VERBOSE

    def _step_lines(self, stamped: Stamped, view: StepView) -> Iterator[Line]:
        marks, loud = self._look.marks, self._look.verbosity is Verbosity.VERBOSE
        match stamped.event:
            case StepStarted(attempt=attempt, target=target):
                again = f" (try {attempt})" if attempt > 1 else ""
                yield self._line(Ink.FAINT, marks.start, view.label, target + again)
            case TokenFetched() | TokenFailed() as event:
                yield from token_lines(event, loud=loud)
            case RequestSent(request=request) if loud:
                yield from request_lines(request, self._look)
            case ResponseReceived(response=response) if loud:
                yield from response_lines(response, self._look)
            case ActionChosen() as event:
                if loud:
                    yield from choice(event, self._look)
                elif event.type != "retry":
                    yield self._action(event, view.label)
            case Waiting(seconds=seconds):
                yield self._line(Ink.DOUBT, marks.waiting, view.label, waiting_text(view, seconds_text(seconds)))
            case StepEnded(considered=considered):
                if loud:
                    yield from not_chosen(considered, self._look)
                yield self._line(*end_signs(view, self._look), view.label, end_text(view))
            case _:
                pass

    def _line(self, ink: Ink, mark: str, label: str, text: str) -> Line:
        return ("  ", ink.of(mark), f" {pad(label, self._width)}  {text}")

    def _action(self, event: ActionChosen, label: str) -> Line:
        action = f"action '{event.name}': {event.type} {event.target}"
        return self._line(Ink.NOTE, self._look.marks.action, label, action)

    def _workflow_end(self, event: WorkflowEnded) -> Line:
        good = event.status is Status.SUCCEEDED
        mark = self._look.marks.succeeded if good else self._look.marks.failed
        return ("  ", (Ink.GOOD if good else Ink.BAD).of(mark), f" workflow {event.workflow} {event.status.value}")


def end_signs(view: StepView, look: Look) -> tuple[Ink, str]:
    """Return the ink and the mark of a step that has ended."""
    match view.state:
        case State.SUCCEEDED:
            return Ink.GOOD, look.marks.succeeded
        case State.SKIPPED:
            return Ink.DOUBT, look.marks.pending
        case _:
            return Ink.BAD, look.marks.failed


def end_text(view: StepView) -> str:
    """Say how a step ended: ``200 OK (0.31 s)``, ``failed: connection refused ... (3 tries, 2.10 s)``."""
    if view.state is State.SKIPPED:
        return "skipped"
    answer = answer_text(view)
    text = f"failed: {_failure_text(view, answer)}" if view.state is State.FAILED else answer or "done"
    if len(view.tries) > 1:
        return f"{text} ({len(view.tries)} tries, {seconds_text(view.seconds)})"
    return f"{text} ({seconds_text(view.seconds)})" if answer else text


def _failure_text(view: StepView, answer: str) -> str:
    unmet = [judged.condition for judged in view.criteria if not judged.passed]
    if view.response and view.response.status < 400 and unmet:
        return f"{answer}, but not: {unmet[0]}"
    if view.response and view.response.status < 400 and view.reason:
        return f"{answer}, but {headline(view.reason)}"
    return answer or headline(view.reason)


def headline(reason: str) -> str:
    """Return the first line of a reason, not too long for a line of a report; the account of the step has it all."""
    first = reason.partition("\n")[0]
    return shorten(first.removesuffix(":"), MAX_HEADLINE, "...")


def waiting_text(view: StepView, time: str) -> str:
    """Say what a step waits for, and how long: ``503 Service Unavailable; try 2 of 4 in 1.5 s``."""
    answer, wait = answer_text(view), view.waiting
    tries = f"try {wait.attempt} of {wait.limit}" if wait else "the next try"
    return f"{answer + '; ' if answer else ''}{tries} in {time}"


def answer_text(view: StepView) -> str:
    """Say what came back on the latest try of a step; empty where nothing was sent."""
    if view.response:
        return status_text(view.response.status)
    return view.failure.message if view.failure else ""
