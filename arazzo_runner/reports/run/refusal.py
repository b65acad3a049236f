"""A run that did not begin, for reports: why, as a person is told it, and as events for reports that know no more.

Such a run is told as one that was stopped before its first step, with the findings about its document as what was
warned of. A format that has a form of its own for it implements `Refusing`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.engine.events import RunEnded, RunStarted, Stamped, Warned
from arazzo_runner.engine.outcomes import Clock
from arazzo_runner.engine.result import RunResult, Status
from arazzo_runner.errors import ArazzoError, CannotContinue, DocumentError, InputsError, UsageError
from arazzo_runner.reports.findings.order import ordered, tally

NOT_BEGUN = "the run was broken off before it began; nothing was sent"
"""The reason of a run that was broken off before its first event."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a run did not begin: a stable `kind`, a message and a hint for a person, and what was found."""

    kind: str
    message: str
    hint: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def reason(self) -> str:
        """Message and hint, a line each."""
        return f"{self.message}\n{self.hint}" if self.hint else self.message


@runtime_checkable
class Refusing(Protocol):
    """A reporter with a form of its own for a run that did not begin."""

    def refuse(self, error: ArazzoError, workflow: str | None) -> None:
        """Tell why, in the place of all events; `workflow` is its id where that is known."""


class Receiving(Protocol):
    """Whatever takes events."""

    def on(self, stamped: Stamped) -> None:
        """Take the next event."""


def fault_of(error: ArazzoError) -> Refusal:
    """Return why a run did not begin, of the exception that says so."""
    match error:
        case DocumentError(diagnostics=found):
            return Refusal("document", f"the document can't run: {tally(found)}", "", tuple(ordered(found)))
        case InputsError():
            return Refusal("inputs", error.message, error.hint)
        case UsageError():
            return Refusal("usage", error.message, error.hint)
        case CannotContinue():
            return Refusal("cannot-continue", str(error))
        case _:
            return Refusal("other", str(error))


def refuse(reporter: Receiving, error: ArazzoError, workflow: str | None, clock: Clock) -> None:
    """Tell a reporter that has had no event that the run did not begin, and why."""
    if isinstance(reporter, Refusing):
        reporter.refuse(error, workflow)
        return
    for stamped in refusal_tape(fault_of(error), workflow or "", clock):
        reporter.on(stamped)


def refusal_tape(fault: Refusal, workflow: str, clock: Clock) -> Iterable[Stamped]:
    """Yield the events that stand for a run that did not begin."""
    result = RunResult(Status.STOPPED, workflow, warnings=fault.diagnostics, reason=fault.reason)
    yield Stamped(RunStarted("", workflow, ()), clock)
    for found in fault.diagnostics:
        yield Stamped(Warned(found), clock)
    yield Stamped(RunEnded(result), clock)
