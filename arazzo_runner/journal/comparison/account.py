"""A journal as the visits to its steps, in the order in which they began, each try with what was sent and answered.

What happened stands in the events, which show no secrets. Requests and answers are taken from the effects, where
stand-ins tell secrets apart; the events say in which try they belong.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from arazzo_runner.engine.events import (
    ActionChosen,
    CriteriaJudged,
    RequestFailed,
    RequestSent,
    ResponseReceived,
    Stamped,
    StepEnded,
    StepStarted,
    TokenFailed,
    TokenFetched,
)
from arazzo_runner.engine.outcomes import Failed, Responded
from arazzo_runner.journal.comparison.record import Activation, Exchange, Try
from arazzo_runner.journal.reader import Entry, Journal


def account(journal: Journal) -> tuple[Activation, ...]:
    """Return the visits to the steps of a journal; one that did not end has no status."""
    teller = _Teller(_by_step(journal.entries))
    for stamped in journal.events:
        teller.on(stamped)
    last = journal.events[-1].clock.monotonic if journal.events else 0.0
    return tuple(visit.record or visit.close(last) for visit in teller.visits)


def _by_step(entries: Iterable[Entry]) -> dict[tuple[str, ...], deque[Entry]]:
    found: dict[tuple[str, ...], deque[Entry]] = {}
    for entry in entries:
        if entry.intent.request is not None:
            found.setdefault(entry.intent.step, deque()).append(entry)
    return found


@dataclass(slots=True, eq=False)
class _Visit:
    """A visit under way."""

    path: tuple[str, ...]
    target: str
    began: float
    tries: list[Try] = field(default_factory=list)
    record: Activation | None = None

    def change(self, **changes: object) -> None:
        """Change the try that is under way."""
        if self.tries:
            self.tries[-1] = replace(self.tries[-1], **changes)  # type: ignore[arg-type]  # names and types are ours

    def close(self, now: float) -> Activation:
        seconds = max(0.0, now - self.began)
        return Activation(self.path, self.target, tuple(self.tries), seconds=seconds)


class _Teller:
    """Gathers the visits from events."""

    def __init__(self, entries: dict[tuple[str, ...], deque[Entry]]) -> None:
        self.visits: list[_Visit] = []
        self._open: dict[tuple[str, ...], _Visit] = {}
        self._entries = entries
        self._entry: dict[tuple[str, ...], Entry | None] = {}

    def on(self, stamped: Stamped) -> None:
        """Take the next event."""
        match stamped.event:
            case StepStarted() as event:
                self._start(event, stamped.clock.monotonic)
            case RequestSent() as event:
                self._sent(event)
            case ResponseReceived() | RequestFailed() as event:
                self._answered(event)
            case CriteriaJudged(step=step, criteria=criteria):
                self._visit(step).change(criteria=criteria)
            case TokenFetched() | TokenFailed() as event:
                visit = self._visit(event.step)
                visit.change(tokens=(*(visit.tries[-1].tokens if visit.tries else ()), _token(event)))
            case ActionChosen() as event:
                self._visit(event.step).change(action=_action(event))
            case StepEnded() as event:
                self._end(event, stamped.clock.monotonic)
            case _:
                pass

    def _visit(self, step: tuple[str, ...]) -> _Visit:
        """Return the visit under way; events of a step that did not begin have one too."""
        if step not in self._open:
            self._open[step] = _Visit(step, "", 0.0)
            self.visits.append(self._open[step])
        return self._open[step]

    def _start(self, event: StepStarted, now: float) -> None:
        if event.attempt == 1 or event.step not in self._open:
            self._open[event.step] = _Visit(event.step, event.target, now)
            self.visits.append(self._open[event.step])
        self._open[event.step].tries.append(Try(event.attempt))

    def _sent(self, event: RequestSent) -> None:
        waiting = self._entries.get(event.step)
        entry = waiting.popleft() if waiting else None
        recorded = entry.intent.request if entry else None
        if recorded is None or recorded.method != event.request.method:
            entry, recorded = None, event.request
        self._entry[event.step] = entry
        visit = self._visit(event.step)
        if visit.tries:
            visit.change(exchanges=(*visit.tries[-1].exchanges, Exchange(recorded)))

    def _answered(self, event: ResponseReceived | RequestFailed) -> None:
        visit, entry = self._visit(event.step), self._entry.get(event.step)
        exchanges = visit.tries[-1].exchanges if visit.tries else ()
        if not exchanges:
            return
        match event:
            case ResponseReceived(response=response, elapsed=elapsed):
                outcome = entry.outcome if entry else None
                sealed = isinstance(outcome, Responded) and outcome.response.status == response.status
                known = outcome.response if sealed and isinstance(outcome, Responded) else response
                last = replace(exchanges[-1], response=known, elapsed=elapsed)
            case RequestFailed(failure=failure):
                last = replace(exchanges[-1], failure=failure, elapsed=failure.elapsed)
        visit.change(exchanges=(*exchanges[:-1], last))

    def _end(self, event: StepEnded, now: float) -> None:
        visit = self._visit(event.step)
        done = visit.close(now)
        visit.record = replace(done, status=event.status.value, reason=event.reason, outputs=event.outputs)
        self._open.pop(event.step)


def _action(event: ActionChosen) -> str:
    target = f" {event.target}" if event.target else ""
    return f"{event.name}: {event.type}{target}" if event.name else f"{event.type}{target}"


def _token(event: TokenFetched | TokenFailed) -> str:
    scopes = f", {' '.join(event.scopes)}" if event.scopes else ""
    came = f"failed: {_failed(event.failure)}" if isinstance(event, TokenFailed) else "fetched"
    return f"'{event.scheme}' of '{event.source}' ({event.flow}{scopes}) {came}"


def _failed(failure: Failed) -> str:
    return f"{failure.kind.value}: {failure.message}"
