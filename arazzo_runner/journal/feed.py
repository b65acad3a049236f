"""Gives a run what came of its effects before, as long as it wants the same; and the time as it was then.

The values of stand-ins come from the vault where there is one; without it the stand-ins themselves travel through the
run, and into the requests, where they stood when the run was recorded.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from arazzo_runner.engine.effects import Effect
from arazzo_runner.engine.outcomes import Authorized, Clock, Outcome, Replace, Responded, Response, Skip
from arazzo_runner.errors import Drifted
from arazzo_runner.journal.drift import Drift, difference
from arazzo_runner.journal.reader import Entry
from arazzo_runner.journal.sealing import Sealer
from arazzo_runner.journal.vault import Vault
from arazzo_runner.journal.writer import intent_of


def opened(outcome: Outcome, vault: Vault) -> Outcome:
    """Return an outcome with the values that its stand-ins stand for, as far as the vault has them."""
    match outcome:
        case Responded(response=response):
            headers = tuple((name, vault.opened(text)) for name, text in response.headers)
            return replace(outcome, response=Response(response.status, headers, vault.opened_body(response.body)))
        case Authorized(fields=fields, refresh_token=token):
            held = {name: vault.opened(text) for name, text in fields.items()}
            return replace(outcome, fields=held, refresh_token=vault.opened(token))
        case Skip(outputs=outputs):
            return replace(outcome, outputs={name: vault.opened_value(one) for name, one in outputs.items()})
        case Replace(changes=changes):
            return replace(outcome, changes=tuple(replace(one, value=vault.opened_value(one.value)) for one in changes))
    return outcome


@dataclass(slots=True)
class Feed:
    """Plays back the effects of a journal, in their order.

    With `lenient` a difference is kept in `drifts` and the run goes on with the next outcome that was recorded for the
    same step. Without a vault `flows` are the stand-ins that travel through the run (`drift.flows_of`). `clock` is the
    time of the last outcome; whoever drives reads it as its own.
    """

    entries: tuple[Entry, ...]
    sealer: Sealer
    vault: Vault
    lenient: bool = False
    flows: frozenset[str] | None = None
    clock: Clock = field(default_factory=Clock)
    drifts: list[Drift] = field(default_factory=list)
    _next: int = 0
    _last: Outcome | None = None

    @property
    def entry(self) -> Entry | None:
        """The entry whose turn it is; None after the last."""
        return self.entries[self._next] if self._next < len(self.entries) else None

    @property
    def fed(self) -> int:
        """How many effects have been answered."""
        return self._next

    def answer(self, effect: Effect) -> Outcome | None:
        """Return what came of the effect; None where nobody knows, or nothing is left.

        Raises:
            Drifted: the run wants something else than it did when it was recorded.
        """
        self.catch_up()
        entry = self.entry
        if entry is None:
            return None
        found = difference(entry.intent, intent_of(effect, self.sealer), self.flows)
        if found is not None:
            entry = self._astray(found, effect)
        if entry is None or entry.outcome is None:
            return None
        self._next += 1
        self.clock = entry.outcome.clock
        self._last = opened(entry.outcome, self.vault)
        return self._last

    def catch_up(self) -> None:
        """Let the sealer learn what the last outcome taught it when it was recorded; the run knows it by now."""
        if self._last is not None:
            self.sealer.outcome(self._last)
            self._last = None

    def _astray(self, found: Drift, effect: Effect) -> Entry | None:
        """Keep a difference, and go to the next entry of the same kind and step; None where there is none."""
        self.drifts.append(found)
        if not self.lenient:
            raise Drifted(found.message)
        wanted = intent_of(effect, self.sealer)
        for index in range(self._next, len(self.entries)):
            intent = self.entries[index].intent
            if (intent.step, intent.wish) == (wanted.step, wanted.wish):
                self._next = index
                return self.entries[index]
        return None

    def read(self) -> Clock:
        """Return the time as it was."""
        return self.clock

    def wait(self, seconds: float) -> None:
        """Let no time pass: it has."""

    async def pause(self, seconds: float) -> None:
        """Let no time pass: it has."""
