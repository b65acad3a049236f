"""Testing every workflow of documents: against the mock, or live. The door for programs; `arazzo test` calls it too.

from arazzo_runner.api.testing import run_tests

trials = run_tests(["orders.arazzo.yml", "pay.arazzo.yml"])
print(trials.succeeded, [trial.workflow for trial in trials.all if not trial.succeeded])
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import TypeAlias

from arazzo_runner.api.options import Options
from arazzo_runner.api.trying import SameForAll, Setup
from arazzo_runner.api.workers import WORKFLOW_SECONDS, Begun, Broken, Done, Finished, Known, Message, in_workers
from arazzo_runner.coverage.reasons import Reason
from arazzo_runner.coverage.trials import Failure, Seen, Trial, Trials, TriedDocument, Unwalked
from arazzo_runner.values import Value

OnMessage: TypeAlias = Callable[[Message], None]


@dataclass(slots=True)
class Gathering:
    """Tests as they come in. `files` are the documents in the order in which they are reported."""

    files: tuple[str, ...]
    known: dict[int, Known] = field(default_factory=dict)
    trials: dict[int, dict[str, Trial]] = field(default_factory=dict)
    broken: dict[int, tuple[Failure, ...]] = field(default_factory=dict)
    finished: set[int] = field(default_factory=set)

    def on(self, message: Message) -> None:
        """Take the next message."""
        match message:
            case Known():
                self.known[message.document] = message
            case Done():
                self.trials.setdefault(message.document, {})[message.trial.workflow] = message.trial
            case Broken():
                self.broken[message.document] = message.failures
            case Finished():
                self.finished.add(message.document)
            case Begun():
                pass

    def document(self, number: int) -> TriedDocument:
        """Return what is known of a document so far, its workflows in its order."""
        known = self.known.get(number, Known(number))
        made = self.trials.get(number, {})
        trials = tuple(made[name] for name in known.workflows if name in made)
        return TriedDocument(self.files[number], trials, known.problem, self.broken.get(number, ()))

    def trials_so_far(self, seconds: float, *, interrupted: bool = False) -> Trials:
        """Return all that is known."""
        documents = tuple(map(self.document, range(len(self.files))))
        if interrupted:
            documents = tuple(each for number, each in enumerate(documents) if number in self.known)
        return Trials(documents, interrupted, seconds)


def run_tests(
    files: Iterable[str | os.PathLike[str]],
    options: Options | None = None,
    *,
    inputs: Mapping[str, Value] | None = None,
    workflows: Iterable[str] = (),
    every_edge: bool = False,
    jobs: int | None = None,
    seconds: float = WORKFLOW_SECONDS,
    on_message: OnMessage | None = None,
) -> Trials:
    """Test the workflows of documents in processes of their own, and return what came of each.

    `options` are mocked ones where they are left out; a source that they name and a document does not have is left
    alone there. `inputs` hold for every workflow that declares them; what a mocked run lacks besides is invented.
    `workflows` names those to test (all, where it is empty), `every_edge` walks every edge of each and not only the
    main path. `jobs` is how many processes are used at most, `seconds` how long one workflow may take. `on_message`
    gets what happens as it happens.

    Processes are spawned: a script that calls this does so below ``if __name__ == "__main__"``. A workflow that fails
    is no exception.

    Raises:
        UsageError: the options are for no document at all.
    """
    setup = SameForAll(options or Options(mock=True), dict(inputs or {}), tuple(workflows), every_edge)
    return run_with(tuple(os.fspath(file) for file in files), setup, jobs, seconds, on_message)


def run_with(
    files: tuple[str, ...],
    setup: Setup,
    jobs: int | None = None,
    seconds: float = WORKFLOW_SECONDS,
    on_message: OnMessage | None = None,
) -> Trials:
    """Test documents with a setup. An interrupt ends it: what was done until then is returned, and says so."""
    return gathered_with(Gathering(files), setup, jobs, seconds, on_message)


def gathered_with(
    gathering: Gathering, setup: Setup, jobs: int | None, seconds: float, on_message: OnMessage | None
) -> Trials:
    """Test the documents of a gathering, which is told of everything before `on_message` is."""
    begun = time.monotonic()
    try:
        with closing(in_workers(gathering.files, setup, jobs, seconds)) as told:
            for message in told:
                gathering.on(message)
                if on_message is not None:
                    on_message(message)
    except KeyboardInterrupt:
        return gathering.trials_so_far(time.monotonic() - begun, interrupted=True)
    return gathering.trials_so_far(time.monotonic() - begun)


__all__ = [
    "Failure",
    "Reason",
    "Seen",
    "Trial",
    "Trials",
    "TriedDocument",
    "Unwalked",
    "run_tests",
    "run_with",
]
