"""Plays a case in process: the product's own straight line, with documents in memory and a script for a server.

No file, no socket, no clock: waits are recorded, and a slow answer moves a clock of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, assert_never
from unittest import mock
from urllib.parse import urlsplit

from arazzo_runner.api import Options, begin, check, load, prepare
from arazzo_runner.api import checking as checking_module
from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.document.model import Description
from arazzo_runner.engine.effects import Authorize, Checkpoint, Effect, Request, SendRequest, Sleep
from arazzo_runner.engine.outcomes import Clock, Failed, FailureKind, Outcome, Proceed, Responded, Response, Slept
from arazzo_runner.engine.result import RunResult, StepResult
from arazzo_runner.engine.run import Run
from arazzo_runner.errors import DocumentError, InputsError, UsageError
from arazzo_runner.sources.access import Access
from arazzo_runner.sources.retrieval import Retrieval, RetrievalFailure, Retrieved
from arazzo_runner.sources.search import Sighting
from specs.conformance.harness.cases import ENTRY, Variation
from specs.conformance.harness.observed import Finding, Observed, SeenRequest
from specs.conformance.harness.script import Script

SERVER = "https://api.example"
FOLDER = "file:///conformance/"
OVER_HTTP = f"{SERVER}/docs/"
EPOCH = 1_700_000_000.0
UPTIME = 5_000.0  # no machine's monotonic clock begins with the run


def play(variation: Variation) -> tuple[Observed, ...]:
    """Run the case and tell what was seen; where it is to run twice, both runs take turns."""
    library = Library(variation)
    options = Options(strict=variation.strict, documents=tuple(library.base + name for name in variation.supplied))
    with library.instead():
        description = _loaded(variation, library)
        try:
            prepared = prepare(description, variation.workflow, options)
        except (DocumentError, UsageError) as refusal:
            found = refusal.diagnostics if isinstance(refusal, DocumentError) else ()
            return (_refused(refusal, found, library),)
    players = []
    for _ in range(2 if variation.twice else 1):
        try:
            run = begin(prepared, variation.inputs, variation.inputs_for)
        except InputsError as refusal:
            return (_refused(refusal, prepared.warnings, library),)
        players.append(Player(run, variation, library))
    while sum(player.turn() for player in players):
        pass  # each has had its turn
    return tuple(player.told() for player in players)


def judge(variation: Variation) -> tuple[Observed, ...]:
    """Validate the document of the case instead of running it."""
    library = Library(variation)
    options = Options(strict=variation.strict, documents=tuple(library.base + name for name in variation.supplied))
    with library.instead():
        description = _loaded(variation, library)
        found = check(description, options)
    return (Observed("", findings=[_finding(one) for one in found], fetches=library.fetches),)


def _loaded(variation: Variation, library: Library) -> Description:
    """Load the document of a case: from where it lies, or as a text that is said to stand somewhere."""
    if variation.base_uri is not None:
        return load(text=library.files[ENTRY], base_uri=variation.base_uri)
    return load(library.base + ENTRY)


class Library:
    """The documents of a case, in memory, and how often each was fetched."""

    def __init__(self, variation: Variation) -> None:
        self.base = OVER_HTTP if variation.over_http else FOLDER
        self.files = variation.files()
        self.media = variation.media
        self.fetches: dict[str, int] = {}

    def retrieve(self, uri: str) -> Retrieval:
        """Return the document of a URI."""
        name = uri.removeprefix(self.base)
        self.fetches[name] = self.fetches.get(name, 0) + 1
        if name == uri or name not in self.files:
            return RetrievalFailure(uri, "there is no such file", absent=True)
        return Retrieved(self.files[name].encode(), uri, self.media.get(name, ""))

    def find(self, document_uri: str, name: str) -> Sighting:
        """Return the files of a name, as a search below the folder would: a repository where there is a `.git`."""
        deep = any(file.startswith(".git/") for file in self.files)
        names = [file for file in self.files if file.rpartition("/")[2] == name and (deep or "/" not in file)]
        return Sighting(tuple(self.base + file for file in names if self.base + file != document_uri), self.base)

    @contextmanager
    def instead(self) -> Iterator[None]:
        """Put this library in the place of the file system and the network."""
        with (
            mock.patch.object(Access, "__call__", lambda _, uri: self.retrieve(uri)),
            mock.patch.object(checking_module, "files_named", self.find),
        ):
            yield


class Player:
    """Answers the effects of a run from the script of its case."""

    def __init__(self, run: Run, variation: Variation, library: Library) -> None:
        self.run = run
        self.library = library
        self.script = Script(variation.server, lambda: EPOCH + self.now)
        self.seen = Observed("", waits=[], fetches=library.fetches)
        self.events: list[str] = []
        self.now = 0.0

    def turn(self) -> bool:
        """Answer what the run wants now; return whether it goes on."""
        if self.run.result is None:
            effects = self.run.effects()
            assert effects, "the run waits, but wants nothing done"
            for effect in effects:
                self.events += map(repr, self.run.events())
                self.run.resolve(effect.ticket, self._outcome(effect))
        self.events += map(repr, self.run.events())
        return self.run.result is None

    def told(self) -> Observed:
        """Return what was seen of the run, which has ended."""
        assert self.run.result is not None
        return self._told(self.run.result)

    def _outcome(self, effect: Effect) -> Outcome:
        match effect:
            case SendRequest():
                return self._answer(effect)
            case Sleep(seconds=seconds):
                assert self.seen.waits is not None
                self.seen.waits.append(round(seconds, 6))
                self.now += seconds
                return Slept(self._clock())
            case Checkpoint():
                return Proceed(self._clock())
            case Authorize():
                raise AssertionError("a case gives no credentials, so that no token can be wanted")
            case _:
                assert_never(effect)

    def _clock(self) -> Clock:
        return Clock(EPOCH + self.now, UPTIME + self.now)

    def _answer(self, effect: SendRequest) -> Responded | Failed:
        request = _seen(effect.request)
        self.seen.requests.append(request)
        answer = self.script.answer(request)
        if answer["fail"] == "timeout" or (effect.deadline is not None and answer["delay"] > effect.deadline):
            self.now += effect.deadline or 0.0
            return Failed(FailureKind.TIMEOUT, "no answer came in time", self._clock())
        self.now += answer["delay"]
        if answer["fail"] == "refused":
            return Failed(FailureKind.REFUSED, "the connection was refused", self._clock())
        response = Response(answer["status"], tuple(answer["headers"]), answer["content"])
        return Responded(response, self._clock(), answer["delay"])

    def _told(self, result: RunResult) -> Observed:
        seen = self.seen
        seen.outcome = result.status.value
        seen.outputs = dict(result.outputs)
        seen.steps = [_step(one) for one in result.steps]
        seen.transferred = result.transferred
        seen.findings = [_finding(one) for one in result.warnings]
        seen.messages = "\n".join([result.reason, *(one.reason for one in result.steps), *map(_text, result.warnings)])
        seen.shown = "\n".join(self.events)
        return seen


def _seen(request: Request) -> SeenRequest:
    parts = urlsplit(request.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = [*request.headers, ("X-Seen-Host", parts.netloc)]
    return SeenRequest(request.method, target, headers, request.body or b"")


def _step(step: StepResult) -> dict[str, Any]:
    told: dict[str, Any] = {"id": step.step_id, "path": "/".join(step.path), "status": step.status.value}
    return {**told, "attempts": len(step.attempts), "handled": step.handled, "outputs": dict(step.outputs)}


def _refused(refusal: Exception, found: tuple[Diagnostic, ...], library: Library) -> Observed:
    said = [str(refusal), str(getattr(refusal, "help", "")), *map(_text, found)]
    findings = [_finding(one) for one in found]
    return Observed(
        "refused", findings=findings, messages="\n".join(said), fetches=library.fetches, shown="\n".join(said)
    )


def _text(found: Diagnostic) -> str:
    return f"{found.concise()} {found.help}"


def _finding(found: Diagnostic) -> Finding:
    if found.span is None or not found.span.uri.endswith(ENTRY):
        return Finding(found.severity.value, message=found.message)
    return Finding(found.severity.value, found.span.line, found.span.column, found.message)
