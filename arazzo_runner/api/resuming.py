"""Going on with a run where it stopped: its journal is fed to it, and from there it is live.

What was answered is not asked again. A request whose intent stands in the journal without an answer may have been
carried out: it is sent again only where that does no harm (its method is idempotent, or it has a key by which the
server knows it again), or where a person says so.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from arazzo_runner.api.playback import first_clock, prepared_again, run_again
from arazzo_runner.api.preparing import Prepared
from arazzo_runner.api.recording import sealed_inputs
from arazzo_runner.api.running import EventStream
from arazzo_runner.api.trust import untrusted
from arazzo_runner.api.worlds import World, both, world_of
from arazzo_runner.document.model import Description
from arazzo_runner.drivers.blocking import Answer
from arazzo_runner.drivers.clock import Timepiece
from arazzo_runner.engine.effects import Authorize, Effect, SendRequest
from arazzo_runner.engine.events import Stamped, StepEnded, StepStarted
from arazzo_runner.engine.idempotency import may_repeat
from arazzo_runner.engine.outcomes import Clock, Failed, FailureKind, Outcome, Responded, Stop
from arazzo_runner.engine.result import Status
from arazzo_runner.errors import DocumentError, Unanswered, UsageError
from arazzo_runner.journal.atoms import decoded
from arazzo_runner.journal.feed import Feed
from arazzo_runner.journal.reader import Entry, Journal
from arazzo_runner.journal.records import Resumed
from arazzo_runner.journal.sealing import Sealer
from arazzo_runner.journal.vault import SecretsFile, unknown_in
from arazzo_runner.journal.writer import JournalFile, Recorder
from arazzo_runner.redact import REDACTED, STAND_IN
from arazzo_runner.values import Value

UNKNOWN: Final = frozenset(
    {FailureKind.TIMEOUT, FailureKind.RESET, FailureKind.PROTOCOL, FailureKind.CODING, FailureKind.TOO_LARGE}
)
"""Failures after which a request may have been carried out."""


_FIRST_TRY: Final = "before 1"
"""What a journal says of the checkpoint at which a step is begun."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a run is gone on with: how many of its effects still count, and the step that comes then."""

    kept: int
    step: tuple[str, ...] = ()


def cut_of(journal: Journal, step: str | None = None) -> Cut:
    """Tell where a run is gone on with: at the step that failed, where it was cut off, or at `step` (a path of ids).

    Raises:
        UsageError: it ended well, or never came to that step.
    """
    if step is not None:
        return _at(journal, tuple(step.split("/")))
    result = journal.result
    if result is None:
        return Cut(_answered(journal.entries))
    if result.status is Status.SUCCEEDED:
        hint = "name a step to go on from: --from STEP"
        raise UsageError("the run succeeded, so there is nothing to go on with", hint)
    failed = _failed_step(journal)
    if failed is None or result.status is Status.STOPPED:
        kept = _answered(journal.entries)
        out_of_time = result.limit == "run_timeout" and kept and _timed_out(journal.entries[kept - 1].outcome)
        return Cut(kept - 1 if out_of_time else kept)
    cut = _at(journal, failed)
    return Cut(len(journal.entries), cut.step) if _was_carried_out(journal.entries[cut.kept :]) else cut


def _was_carried_out(entries: tuple[Entry, ...]) -> bool:
    """Tell whether the last request of a step did what must not be done twice: then its answer is judged again."""
    sent = [entry for entry in entries if entry.intent.request is not None]
    if not sent or sent[-1].intent.request is None or may_repeat(sent[-1].intent.request):
        return False
    outcome = sent[-1].outcome
    return isinstance(outcome, Responded) and outcome.response.status < 400


def _answered(entries: tuple[Entry, ...]) -> int:
    """Count the effects whose outcome is known; only the last can lack one. Who ended the run is asked again."""
    known = next((index for index, entry in enumerate(entries) if entry.outcome is None), len(entries))
    return known - 1 if known and isinstance(entries[known - 1].outcome, Stop) else known


def _timed_out(outcome: Outcome | None) -> bool:
    return isinstance(outcome, Failed) and outcome.kind is FailureKind.TIMEOUT


def _failed_step(journal: Journal) -> tuple[str, ...] | None:
    """Return the step whose failure ended the run: the innermost of those that failed at its end."""
    found: tuple[str, ...] | None = None
    for stamped in reversed(journal.events):
        match stamped.event:
            case StepEnded(step=step, status=Status.FAILED) if found is None or step[: len(found)] == found:
                found = step
            case StepEnded():
                break
    return found


def _at(journal: Journal, step: tuple[str, ...]) -> Cut:
    """Return the cut before the last time that a step was begun."""
    begun = [
        index
        for index, stamped in enumerate(journal.events)
        if isinstance(stamped.event, StepStarted) and stamped.event.attempt == 1 and _is(stamped.event.step, step)
    ]
    places = [
        (index, entry)
        for index, entry in enumerate(journal.entries)
        if entry.intent.wish == "checkpoint"
        and _is(entry.intent.step, step)
        and entry.intent.what.startswith("before 1")
    ]
    if begun:
        places = [place for place in places if place[1].before <= begun[-1]] or places
    if not places:
        known = dict.fromkeys("/".join(entry.intent.step) for entry in journal.entries if entry.intent.step)
        raise UsageError(f"the run did not come to a step '{'/'.join(step)}'", f"it came to: {', '.join(known)}")
    return Cut(places[-1][0], places[-1][1].intent.step)


def _is(path: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Tell whether a path is the wanted one; a step id alone means the step wherever it stands."""
    return path == wanted or (len(wanted) == 1 and path[-1:] == wanted)


@dataclass(slots=True)
class LiveAfter:
    """The time of the recording as long as it is fed, then the real one, its monotonic clock going on from there."""

    feed: Feed
    real: Timepiece
    shift: float | None = None

    def begin(self) -> None:
        """Let the real time begin."""
        if self.shift is None:
            self.shift = self.feed.clock.monotonic - self.real.read().monotonic

    def read(self) -> Clock:
        """Return the time now."""
        if self.shift is None:
            return self.feed.clock
        now = self.real.read()
        return Clock(now.wall, now.monotonic + self.shift)

    def wait(self, seconds: float) -> None:
        """Let `seconds` pass."""
        if self.shift is not None:
            self.real.wait(seconds)


@dataclass(slots=True)
class Continuation:
    """The tape of a run that is gone on with: fed first, then recorded.

    `again` is asked anew what was asked before, where who answers must remember it: a mock.
    """

    feed: Feed
    recorder: Recorder
    clock: LiveAfter
    begins: Resumed
    again: Answer | None = None
    live: bool = False
    held: list[Stamped] = field(default_factory=list)

    def recall(self, effect: Effect) -> Outcome | None:
        """Return what came of the effect before; None once the run is live.

        Raises:
            Drifted: the run wants something else than it did, before it has come to where it stopped.
        """
        if self.live:
            return None
        if self.feed.entry is not None:
            known = self.feed.answer(effect)
            assert known is not None, "the feed holds effects with outcomes only"
            if self.again is not None and isinstance(effect, SendRequest):
                self.again(effect)
            return known
        self.go_live()
        return None

    def intend(self, effect: Effect) -> None:
        """Write down what is about to be done.

        Raises:
            Unanswered: it needs a secret that is not known here.
        """
        _see_secrets(effect)
        self.recorder.intend(effect)

    def settle(self, effect: Effect, outcome: Outcome) -> None:
        """Write down what came of it."""
        self.recorder.settle(effect, outcome)

    def happened(self, stamped: Stamped) -> None:
        """Write an event down; those of what is fed wait until it is known that the run goes on."""
        if self.live:
            self.recorder.happened(stamped)
        else:
            self.held.append(stamped)

    def go_live(self) -> None:
        """Write down that the run goes on, and what has happened in it so far."""
        self.live = True
        self.feed.catch_up()
        self.clock.begin()
        self.recorder.begin(self.begins)
        for stamped in self.held:
            self.recorder.happened(stamped)
        self.held.clear()

    def close(self) -> None:
        """Close the journal. A run that ended without anything to do is written down too."""
        try:
            if not self.live and self.feed.entry is None and self.held:
                self.go_live()
        finally:
            self.recorder.close()


def _needed(effect: Effect) -> Iterator[str]:
    """Yield the texts that would be sent for an effect, or that what is sent would be made of."""
    match effect:
        case SendRequest(request=request):
            yield request.url
            for _, text in request.headers:
                yield text
                yield decoded(text.rpartition(" ")[2])  # a user and a password
            yield (request.body or b"").decode("utf-8", "replace")
            if request.login is not None:
                yield from (request.login.username, request.login.password)
        case Authorize(grant=grant):
            yield from grant.fields.values()


def _see_secrets(effect: Effect) -> None:
    if any(unknown_in(text) for text in _needed(effect)):
        raise Unanswered(
            f"step '{'/'.join(effect.step)}' needs a secret that the run had, and that is not here",
            "put the journal's file of secrets (FILE.secrets) beside it; or give an input or a credential again "
            "(--with-input, --auth), or fetch anew what an answer brought: --from the step that did",
        )


def resume(
    journal: Journal,
    description: Description | None = None,
    *,
    step: str | None = None,
    inputs: Mapping[str, Value] | None = None,
    retry_unknown: bool = False,
    changed: Mapping[str, Any] | None = None,
    show_secrets: bool = False,
    transport: Any = None,
) -> EventStream:
    """Go on with the run of a journal, and write what comes to the same journal.

    `step` is the id (or the path of ids, parted by ``/``) of the step to go on from, `inputs` are values in the place
    of those that the run had. `changed` are options in the place of the recorded ones.

    Raises:
        UsageError: the run ended well, its document is not there, or another process goes on with it.
        DocumentError: the document can't run any more.
    """
    cut = cut_of(journal, step)
    if not retry_unknown:
        _see_doubts(journal.entries[cut.kept :])
    secrets = SecretsFile(journal.path)
    vault = secrets.load() or secrets.fresh()
    if inputs:
        journal = replace(journal, header=replace(journal.header, inputs={**journal.header.inputs, **inputs}))
    prepared = prepared_again(journal, vault, description, changed)
    _see_trust(prepared)
    _see_proxy(prepared)
    run = run_again(prepared, journal, vault, show_secrets)
    sealer = Sealer(run.redactor, vault)
    feed = Feed(journal.entries[: cut.kept], sealer, vault, clock=first_clock(journal))
    world, close = world_of(prepared, transport)
    clock = LiveAfter(feed, world.time)
    limits = prepared.settings.limits
    begins = Resumed(
        time.time(),
        cut.kept,
        cut.step,
        sealed_inputs(run.inputs, sealer) if inputs else None,
        limits=None if limits == journal.header.settings.limits else limits,
    )
    recorder = Recorder(JournalFile.append(journal.path, journal.torn, journal.size), sealer, secrets)
    again = world.answer if prepared.options.mock else None
    tape = Continuation(feed, recorder, clock, begins, again)
    return EventStream.of(run, World(world.answer, clock, world.authorize), both(tape.close, close), tape)


def _see_trust(prepared: Prepared) -> None:
    """See that the credentials may go where the document sends them now, as for any run."""
    options = prepared.options
    if options.mock:
        return
    found = tuple(
        untrusted(
            prepared.program,
            prepared.registry,
            prepared.settings,
            options.auth_hosts,
            all_strange=options.untrusted,
        )
    )
    if found:
        raise DocumentError(found)


def _see_proxy(prepared: Prepared) -> None:
    if unknown_in(prepared.options.proxy or ""):
        raise Unanswered(
            "the proxy of the run wants a password, and that is not here",
            "put the journal's file of secrets (FILE.secrets) beside it, or name the proxy: --proxy",
        )


def _see_doubts(entries: tuple[Entry, ...]) -> None:
    """See that nothing has to be sent again of which nobody knows whether it was carried out.

    Of a step that was tried more than once the last try counts: those before it were the document's own wish.
    """
    last = {entry.intent.step: entry for entry in entries if entry.intent.request is not None}
    for step, entry in last.items():
        request = entry.intent.request
        assert request is not None, "only requests were taken"
        if _is_known(entry.outcome) or may_repeat(request):
            continue
        told = f"{request.method} {STAND_IN.sub(REDACTED, request.url)}"
        message = f"step '{'/'.join(step)}': {told} was sent, and nobody knows whether it was carried out"
        raise Unanswered(message, "see whether it was; to send it again, add --retry-unknown")


def _is_known(outcome: Outcome | None) -> bool:
    return outcome is not None and not (isinstance(outcome, Failed) and outcome.kind in UNKNOWN)
