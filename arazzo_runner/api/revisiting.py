"""Going back to a moment of a recorded run: what the expressions of a step saw there.

The journal is played back with nothing sent, as a replay does it, and asked after each try too whether the run may go
on. So the scopes pass by as they were, and the one that is wanted is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from arazzo_runner.api.evaluating import Reading, reading_of
from arazzo_runner.api.playback import first_clock, prepared_again, run_again, vault_of
from arazzo_runner.api.running import EventStream
from arazzo_runner.api.worlds import World
from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.document.model import Description
from arazzo_runner.drivers.blocking import no_authorizer
from arazzo_runner.engine.effects import Checkpoint, Effect, Moment, SendRequest
from arazzo_runner.engine.events import Stamped
from arazzo_runner.engine.outcomes import Failed, Outcome, Proceed, Replace, Responded
from arazzo_runner.errors import CannotContinue, Drifted, UsageError
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.journal.feed import Feed
from arazzo_runner.journal.reader import Journal
from arazzo_runner.journal.sealing import Sealer
from arazzo_runner.program.model import BoundStep
from arazzo_runner.redact import Redactor


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which moment is meant: a step by its id or its path (empty: the last that was tried), counted from 1.

    Without `activation` and `attempt` the last of each is meant. `before` means the moment before the try, else the
    one after it is meant, as far as the recording goes.
    """

    step: str = ""
    activation: int | None = None
    attempt: int | None = None
    before: bool = False


@dataclass(frozen=True, slots=True)
class Visited:
    """A moment of a run: the step, which activation and try of it, what it saw, and what hides its secrets.

    `answered` tells that the try has ended, with an answer or without.
    """

    step: tuple[str, ...]
    activation: int
    attempt: int
    scope: Scope = field(repr=False)
    reading: Reading = field(repr=False)
    redactor: Redactor = field(repr=False)
    answered: bool = False


class _Found(Exception):
    """The moment has passed: what comes later does not matter."""


@dataclass(slots=True)
class _Watch:
    """The tape of a run that is played back: keeps the moment that is wanted as it passes by."""

    feed: Feed
    wanted: Wanted
    asks_afterwards: bool
    begun: dict[tuple[str, ...], int] = field(default_factory=dict)
    tries: dict[tuple[str, ...], int] = field(default_factory=dict)
    most: dict[tuple[str, ...], int] = field(default_factory=dict)
    seen: tuple[BoundStep, Visited] | None = None
    redactor: Redactor = field(default_factory=Redactor)
    asks_again: bool = False

    def recall(self, effect: Effect) -> Outcome | None:
        """Return what came of the effect, once it has been looked at."""
        match effect:
            case Checkpoint(moment=Moment.BEFORE, attempt=attempt, bound=bound) if bound is not None:
                if attempt == 1 and not self.asks_again:
                    self.begun[effect.step] = self.begun.get(effect.step, 0) + 1
                self.tries[effect.step] = attempt
                self.most[effect.step] = max(attempt, self.most.get(effect.step, 0))
                self._look(effect.step, bound, attempt, effect.scope)
            case Checkpoint(attempt=attempt, bound=bound) if bound is not None:
                self._look(effect.step, bound, attempt, effect.scope, answered=True)
                if not self.asks_afterwards:
                    return Proceed(self.feed.clock)
            case SendRequest(step=step, bound=bound, scope=scope):
                self._look(step, bound, self.tries.get(step, 1), scope)
        known = self.feed.answer(effect)
        if known is None:
            raise CannotContinue("the recording ends here")
        self.asks_again = isinstance(known, Replace)
        return known

    def _look(
        self, step: tuple[str, ...], bound: BoundStep, attempt: int, scope: Scope, *, answered: bool = False
    ) -> None:
        wanted, activation = self.wanted, self.begun.get(step, 0)
        if wanted.step not in ("", step[-1], "/".join(step)):
            return
        if self.seen is not None and self._is_past(step, activation, attempt):
            raise _Found
        if wanted.activation not in (None, activation) or wanted.attempt not in (None, attempt):
            return
        if wanted.before and (answered or scope.request is not None):
            return
        kept = replace(scope, steps={name: dict(outputs) for name, outputs in scope.steps.items()})
        self.seen = (bound, Visited(step, activation, attempt, kept, Reading(), self.redactor, answered))

    def _is_past(self, step: tuple[str, ...], activation: int, attempt: int) -> bool:
        """Tell whether what is wanted by number has been seen, and something later of the step begins."""
        if self.seen is None or self.wanted.activation is None:
            return False
        before = self.seen[1]
        later = (activation, attempt) > (before.activation, before.attempt)
        return step == before.step and (activation > before.activation or (later and self.wanted.attempt is not None))

    def intend(self, effect: Effect) -> None:
        """Nothing is performed."""

    def settle(self, effect: Effect, outcome: Outcome) -> None:
        """Nothing is performed."""

    def happened(self, stamped: Stamped) -> None:
        """Nothing is written down."""


def visit(
    journal: Journal,
    wanted: Wanted,
    description: Description | None = None,
    *,
    changed: Mapping[str, Any] | None = None,
    show_secrets: bool = False,
) -> Visited:
    """Return a moment of a recorded run; `description` is the document in the place of the recorded one.

    Raises:
        UsageError: the run had no such moment, or the document is not there.
        DocumentError: the document can't run.
        Drifted: the document is not what it was, and the run does something else before that moment.
    """
    vault = vault_of(journal)
    prepared = prepared_again(journal, vault, description, changed)
    asks_afterwards = prepared.settings.pauses
    prepared = replace(prepared, settings=replace(prepared.settings, pauses=True))
    run = run_again(prepared, journal, vault, show_secrets)
    feed = Feed(journal.entries, Sealer(run.redactor, vault), vault, clock=first_clock(journal))
    watch = _Watch(feed, wanted, asks_afterwards, redactor=run.redactor)
    _play(EventStream.of(run, World(_nobody, feed, no_authorizer), _nothing, watch), watch)
    if watch.seen is None:
        raise _unknown(watch, wanted)
    bound, visited = watch.seen
    return replace(visited, reading=reading_of(prepared.program, bound, strict=prepared.settings.strict))


def _play(stream: EventStream, watch: _Watch) -> None:
    """Play the run back to the moment, or to the end of the recording."""
    try:
        with stream:
            for _ in stream:
                pass
    except _Found:
        pass
    except Drifted:
        raise
    except CannotContinue:
        pass  # what was recorded until here counts


def _unknown(watch: _Watch, wanted: Wanted) -> UsageError:
    """Say why there is no such moment."""
    tried = [path for path in watch.begun if wanted.step in ("", path[-1], "/".join(path))]
    if not tried:
        known = dict.fromkeys("/".join(path) for path in watch.begun)
        told = f"step '{wanted.step}' did not begin in that run" if wanted.step else "no step began in that run"
        return UsageError(told, did_you_mean(wanted.step, known))
    name = f"step '{wanted.step}'" if wanted.step else "any step"
    most = max(watch.begun[path] for path in tried)
    if wanted.activation is not None and wanted.activation > most:
        return UsageError(
            f"there is no activation {wanted.activation} of {name} in that run", f"it began {_times(most)}"
        )
    number = "" if wanted.attempt is None else f"try {wanted.attempt} of "
    which = "" if wanted.activation is None else f", activation {wanted.activation},"
    most = max(watch.most[path] for path in tried)
    return UsageError(f"there is no {number}{name}{which} in that run", f"it was tried {_times(most)} at the most")


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


def _nobody(effect: SendRequest) -> Responded | Failed:
    raise AssertionError("the tape answers every effect, or ends the run")


def _nothing() -> None:
    """Close nothing: nothing is open."""
