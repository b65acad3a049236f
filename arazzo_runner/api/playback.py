"""Replaying a journal: the document again, with the answers that were recorded; nothing is sent.

The run of yesterday is a test of today: where the document now sends something else, the first difference is named;
where it judges or names something else, what it gives differs.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from arazzo_runner.api.beginning import run_of, undeclared
from arazzo_runner.api.loading import load
from arazzo_runner.api.options import Options
from arazzo_runner.api.preparing import Prepared, prepare
from arazzo_runner.api.recording import options_of, settings_of
from arazzo_runner.api.running import EventStream
from arazzo_runner.api.worlds import World
from arazzo_runner.document.model import Description
from arazzo_runner.drivers.blocking import no_authorizer
from arazzo_runner.engine.effects import Effect, SendRequest
from arazzo_runner.engine.events import RunEnded, Stamped
from arazzo_runner.engine.limits import Limits
from arazzo_runner.engine.outcomes import Clock, Failed, FailureKind, Outcome, Responded
from arazzo_runner.engine.result import RunResult
from arazzo_runner.engine.run import Run
from arazzo_runner.errors import CannotContinue, Drifted, UsageError
from arazzo_runner.journal.codec import Undecodable
from arazzo_runner.journal.drift import Drift, flows_of
from arazzo_runner.journal.feed import Feed
from arazzo_runner.journal.reader import Journal
from arazzo_runner.journal.sealing import Sealer
from arazzo_runner.journal.vault import SecretsFile, Vault
from arazzo_runner.program.inputs import settle
from arazzo_runner.redact import REDACTED, Redactor
from arazzo_runner.sources.location import locate
from arazzo_runner.sources.security import secrets
from arazzo_runner.values import Value


def vault_of(journal: Journal) -> Vault:
    """Return the vault of a journal; an empty one where its file of secrets is not there.

    Raises:
        UsageError: the file can't be read.
    """
    return SecretsFile(journal.path).load(adds=False) or Vault()


def document_of(journal: Journal, where: str | os.PathLike[str] | None = None) -> Description:
    """Load the document that a journal was made from, or another in its place.

    Raises:
        UsageError: it is not there any more.
    """
    if where is not None:
        return load(where)
    recorded = journal.header.document
    if not recorded.uri.startswith(("file:", "http:", "https:")):
        raise UsageError(f"the run was made from {recorded.name}", "name the document: arazzo replay JOURNAL FILE")
    try:
        return load(recorded.name if locate(recorded.name, Path.cwd()).uri == recorded.uri else recorded.uri)
    except UsageError as fault:
        hint = "name the document where it is now: arazzo replay JOURNAL FILE"
        raise UsageError(f"the document of the run is not where it was: {fault.message}", hint) from None


def prepared_again(
    journal: Journal, vault: Vault, description: Description | None = None, changed: Mapping[str, Any] | None = None
) -> Prepared:
    """Make the workflow of a journal ready to run as it was, with `changed` options in the place of the recorded ones.

    Raises:
        UsageError: the document is not there, or has no such workflow.
        DocumentError: the document can't run.
    """
    try:
        options = options_of(journal.header, vault)
        settings = settings_of(journal.header, vault)
    except Undecodable as fault:
        raise UsageError(f"{journal.path}:1 is broken: {fault}", "the file was changed") from None
    description = description or document_of(journal)
    wanted: Options = replace(options, **{**(changed or {}), "mock": True, "scenario": ()})
    prepared = prepare(description, journal.header.workflow, wanted)
    anew = prepared.settings
    limits = _limits(settings.limits, anew.limits, changed or {})
    credentials = {**settings.credentials, **anew.credentials}
    hosts, trusted = anew.auth_hosts, anew.trusted_hosts
    settings = replace(settings, limits=limits, credentials=credentials, auth_hosts=hosts, trusted_hosts=trusted)
    return replace(prepared, options=replace(options, **(changed or {})), settings=settings)


def _limits(recorded: Limits, anew: Limits, changed: Mapping[str, Any]) -> Limits:
    """Return the limits that the run had, those that were changed as they are now."""
    named = {"request_timeout" if name == "timeout" else name for name in changed}
    return replace(recorded, **{one.name: getattr(anew, one.name) for one in fields(recorded) if one.name in named})


def run_again(prepared: Prepared, journal: Journal, vault: Vault, show_secrets: bool = False) -> Run:
    """Make the run of a journal, with the inputs that it had."""
    inputs = opened_inputs(journal.header.inputs, vault)
    inputs_for = {name: opened_inputs(given, vault) for name, given in journal.header.inputs_for.items()}
    redactor = Redactor(reveal=show_secrets)
    redactor.learn(secrets(prepared.settings.credentials))
    unnamed = settle(prepared.program.workflow.inputs, inputs).undeclared
    given = prepared.settings.given
    told = undeclared(prepared, tuple(name for name in unnamed if given is None or name in given))
    return run_of(prepared, inputs, inputs_for, redactor, (*prepared.program.warnings, *told))


def opened_inputs(inputs: Mapping[str, Value], vault: Vault) -> dict[str, Value]:
    """Return inputs with the values that their stand-ins stand for."""
    return {vault.opened(name): vault.opened_value(value) for name, value in inputs.items()}


@dataclass(slots=True)
class Player:
    """The tape of a replay: every effect has been performed before, or the recording is at its end."""

    feed: Feed
    ended: bool
    shown: RunResult | None = None

    def recall(self, effect: Effect) -> Outcome | None:
        """Return what came of the effect.

        Raises:
            Drifted: nothing was recorded for it.
            CannotContinue: the run was cut off here when it was recorded.
        """
        known = self.feed.answer(effect)
        if known is not None:
            return known
        where = f"step '{'/'.join(effect.step)}'"
        if self.ended or self.feed.drifts:
            raise Drifted(f"{where}: the run goes on, and the recorded one had ended")
        raise CannotContinue(f"{where}: the recorded run was cut off here, so nobody knows what came next")

    def intend(self, effect: Effect) -> None:
        """Nothing is performed."""

    def settle(self, effect: Effect, outcome: Outcome) -> None:
        """Nothing is performed."""

    def happened(self, stamped: Stamped) -> None:
        """Keep how the run ended, as it may be shown; nothing is written down."""
        if isinstance(stamped.event, RunEnded):
            self.shown = stamped.event.result


class Replay:
    """A journal that is played back: iterate over its events, then ask what differs.

    Its constructor raises as `prepared_again` does.
    """

    def __init__(
        self,
        journal: Journal,
        description: Description | None = None,
        *,
        lenient: bool = False,
        changed: Mapping[str, Any] | None = None,
        show_secrets: bool = False,
    ) -> None:
        known = SecretsFile(journal.path).load(adds=False)
        vault = known or Vault()
        self.journal = journal
        self.prepared = prepared_again(journal, vault, description, changed)
        self.run = run_again(self.prepared, journal, vault, show_secrets)
        sealer = Sealer(self.run.redactor, vault)
        flows = flows_of(journal) if known is None else None
        self.feed = Feed(journal.entries, sealer, vault, lenient, flows, first_clock(journal))
        self._player = Player(self.feed, ended=journal.result is not None)
        self.stream = EventStream.of(self.run, World(_nobody, self.feed, no_authorizer), _nothing, self._player)

    def __iter__(self) -> Iterator[Stamped]:
        """Yield the events of the replayed run.

        Raises:
            Drifted: it wants something else than it did when it was recorded (not where the replay is lenient).
        """
        yield from self.stream

    @property
    def changed_document(self) -> bool:
        """Whether the document holds something else than it did."""
        content = self.prepared.description.source.text.encode("utf-8", "surrogatepass")
        return hashlib.sha256(content).hexdigest() != self.journal.header.document.digest

    @property
    def result(self) -> RunResult:
        """The result of the replayed run, in the clear."""
        return self.stream.result

    @property
    def drifts(self) -> tuple[Drift, ...]:
        """What differs: the requests on the way, then what the run gives, then what was not asked for any more."""
        return (*self.feed.drifts, *self._unasked(), *self._given())

    def _unasked(self) -> Iterator[Drift]:
        left = [entry.intent for entry in self.journal.entries[self.feed.fed :] if entry.intent.request is not None]
        if left and self.run.result is not None and not self.feed.drifts:
            request = left[0].request
            told = f"{request.method} {request.url}" if request else left[0].wish
            yield Drift(left[0].step, "a request", told, None)

    def _given(self) -> Iterator[Drift]:
        before, now = self.journal.result, self._player.shown
        if before is None or now is None:
            return
        if before.status is not now.status:
            yield Drift((), "the result", before.status.value, now.status.value)
        for name in (*before.outputs, *(name for name in now.outputs if name not in before.outputs)):
            old, new = before.outputs.get(name), now.outputs.get(name)
            if (name in before.outputs) != (name in now.outputs) or not _same(old, new):
                yield Drift((), f"output '{name}'", _text(name, before.outputs), _text(name, now.outputs))


def _same(old: Value, new: Value) -> bool:
    """Compare two values as they are shown; what is hidden on one side is not compared."""
    if any(isinstance(one, str) and REDACTED in one for one in (old, new)):
        return True
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(_same(old[name], new[name]) for name in old)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(_same, old, new))
    return old == new and isinstance(old, bool) is isinstance(new, bool)


def _text(name: str, outputs: Mapping[str, Value]) -> str | None:
    if name not in outputs:
        return None
    found = outputs[name]
    return found if isinstance(found, str) else repr(found)


def first_clock(journal: Journal) -> Clock:
    """Return the time at which the run of a journal began."""
    return journal.events[0].clock if journal.events else Clock()


def _nobody(effect: SendRequest) -> Responded | Failed:
    return Failed(FailureKind.UNREACHABLE, "a replay sends nothing")


def _nothing() -> None:
    """Close nothing: nothing is open."""
