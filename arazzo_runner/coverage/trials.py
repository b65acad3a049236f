"""What tests of workflows gave: plain data, for reports and for whoever decides by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from arazzo_runner.coverage.reasons import Reason


@dataclass(frozen=True, slots=True)
class Seen:
    """A criterion that did not hold, with what each of its operands was, as text; `why` where it was undecidable."""

    condition: str
    operands: tuple[tuple[str, str], ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a workflow failed. `message` is a sentence, `help` says what to do.

    `finding` is the code of the diagnostic behind it, empty where there is none. `step` are the ids of the steps down
    to the one that failed, `workflow` the workflow that declares it; `place` is ``file:line:column``. `run` is the
    number of the run that it failed in, and `wishes` how that was led (none for the main path).
    """

    reason: Reason
    message: str
    place: str = ""
    help: str = ""
    finding: str = ""
    step: tuple[str, ...] = ()
    workflow: str = ""
    criteria: tuple[Seen, ...] = ()
    run: int = 1
    wishes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unwalked:
    """An edge that no run took: how a scenario asks for it, where it stands, and why it was not taken."""

    wish: str
    place: str
    why: str


@dataclass(frozen=True, slots=True)
class Trial:
    """The test of one workflow. `edges` is how many ways out of its steps there are, `taken` how many runs took.

    `fingerprint` stands for all that was sent and answered: it is the same where that was. `seconds` is real time.
    `inputs` are the names of those that it declares; None where that is not known, or any may be given. `breaches`
    are what did not fit the API description and failed no step, each in a sentence.
    """

    workflow: str
    failures: tuple[Failure, ...] = ()
    runs: int = 0
    requests: int = 0
    edges: int = 0
    taken: int = 0
    unwalked: tuple[Unwalked, ...] = ()
    fingerprint: str = ""
    seconds: float = 0.0
    inputs: frozenset[str] | None = None
    breaches: tuple[str, ...] = ()

    @property
    def succeeded(self) -> bool:
        """Whether nothing failed that was not to fail."""
        return not self.failures

    @property
    def reason(self) -> Reason | None:
        """Why it failed, in a word."""
        return self.failures[0].reason if self.failures else None


@dataclass(frozen=True, slots=True)
class TriedDocument:
    """A document and the tests of its workflows, in its order. `problem` says why it could not be read.

    `failures` are those of the document itself, where it came to no workflow, or not to all.
    """

    file: str
    trials: tuple[Trial, ...] = ()
    problem: str = ""
    failures: tuple[Failure, ...] = ()

    @property
    def succeeded(self) -> bool:
        """Whether it was read, and all of its workflows succeeded."""
        return not self.problem and not self.failures and all(trial.succeeded for trial in self.trials)


@dataclass(frozen=True, slots=True)
class Trials:
    """All tests, by document in the order in which they were named. `interrupted` tells that some were not made."""

    documents: tuple[TriedDocument, ...]
    interrupted: bool = False
    seconds: float = 0.0

    @property
    def all(self) -> tuple[Trial, ...]:
        """The tests of all workflows."""
        return tuple(trial for document in self.documents for trial in document.trials)

    @property
    def unreadable(self) -> int:
        """How many documents could not be read."""
        return sum(bool(document.problem) for document in self.documents)

    @property
    def documents_failed(self) -> int:
        """How many documents were read and came to no workflow, or not to all: `by_reason` counts them too."""
        return sum(bool(document.failures) and not document.problem for document in self.documents)

    @property
    def succeeded(self) -> bool:
        """Whether every document was read and every workflow succeeded."""
        return not self.interrupted and all(document.succeeded for document in self.documents)

    @property
    def by_reason(self) -> Mapping[Reason, int]:
        """How many workflows, and documents that came to none, failed for each reason; the most frequent first."""
        found = Counter(trial.reason for trial in self.all if trial.reason is not None)
        read = [document for document in self.documents if not document.problem]
        found.update(document.failures[0].reason for document in read if document.failures)
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0].value)))
