"""Testing a recorded run: it is replayed, and must want what it wanted then, and end as it ended.

The document is read where it was; where it is not there any more (another machine), by the name that the person gave,
or beside the journal.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from arazzo_runner.api.blaming import crashed, refused
from arazzo_runner.api.playback import Replay
from arazzo_runner.api.trying import Setup
from arazzo_runner.coverage.reasons import HELP, Reason
from arazzo_runner.coverage.trials import Failure, Trial
from arazzo_runner.document.model import Description
from arazzo_runner.engine.events import RequestSent
from arazzo_runner.errors import ArazzoError, CannotContinue, UsageError
from arazzo_runner.journal.drift import Drift
from arazzo_runner.journal.reader import Journal, read

_EGRESS: Final = ("access", "untrusted", "allow_hosts", "deny_private", "allow_private")
"""Options of a test that hold for journals too: they bound what may be read."""

CUT_OFF: Final = "the recorded run was cut off before its end, so that nothing can be compared with it"


@dataclass(slots=True)
class Rehearsal:
    """A journal and the document that it is replayed with, ready to be tested.

    Raises:
        UsageError: the journal can't be read, or its document is nowhere.
    """

    file: str
    setup: Setup
    journal: Journal = field(init=False)
    description: Description = field(init=False)

    def __post_init__(self) -> None:
        self.journal = read(Path(self.file).expanduser())
        self.description = self._document()

    @property
    def workflow(self) -> str:
        """The workflow that was run."""
        return self.journal.header.workflow

    def _document(self) -> Description:
        first: UsageError | None = None
        for where in self._places():
            try:
                return self.setup.load(where)
            except UsageError as fault:
                first = first or fault
        assert first is not None, "there is one place at least"
        told = f"the document of the run is not where it was: {first.message}"
        raise UsageError(told, "put it there, or beside the journal")

    def _places(self) -> Iterator[str]:
        recorded = self.journal.header.document
        if recorded.uri.startswith(("file:", "http:", "https:")):
            yield recorded.uri
        if recorded.name and not recorded.name.startswith("-"):
            yield recorded.name
            yield str(self.journal.path.parent / Path(recorded.name).name)

    def trial(self) -> Trial:
        """Replay the run, and tell what differs. A fault is a failure, and never raised."""
        begun = time.monotonic()
        try:
            trial = self._replayed()
        except ArazzoError as error:
            trial = Trial(self.workflow, refused(error))
        except Exception as fault:  # a fault of ours is told as one, as for documents
            trial = Trial(self.workflow, (crashed(fault),))
        return replace(trial, seconds=time.monotonic() - begun)

    def _replayed(self) -> Trial:
        replay = Replay(self.journal, self.description, changed=self._changed())
        requests, ended = 0, ""
        try:
            for stamped in replay:
                requests += isinstance(stamped.event, RequestSent)
        except CannotContinue as error:  # a drift, or a limit, which the recorded run may have reached as well
            ended = str(error)
        failures = [_failure(drift) for drift in replay.drifts]
        if not failures and self.journal.result is None:
            failures = [Failure(Reason.DRIFT, CUT_OFF, help="record it again")]
        elif not failures and ended and replay.run.result is None:
            failures = [Failure(Reason.DRIFT, ended, help=HELP[Reason.DRIFT])]
        return Trial(self.workflow, tuple(failures), 1, requests)

    def _changed(self) -> dict[str, Any]:
        options = self.setup.options(self.description)
        changed: dict[str, Any] = {name: getattr(options, name) for name in _EGRESS}
        changed = {name: value for name, value in changed.items() if value}
        if options.sources:
            changed["sources"] = options.sources
        return changed


def _failure(drift: Drift) -> Failure:
    message = drift.message.partition(": ")[2] if drift.step else drift.message
    return Failure(Reason.DRIFT, message, help=HELP[Reason.DRIFT], step=drift.step)
