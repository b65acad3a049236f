"""What a comparison of two runs gives, as frozen values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import Failed, Response
from arazzo_runner.engine.result import Judged
from arazzo_runner.values import Value


class Kind(Enum):
    """How two values at one place differ.

    `SECRET`: both are hidden, and they differ. `UNKNOWN`: both are hidden, and whether they differ can't be told, since
    not both files of secrets are there; that is no difference.
    """

    CHANGED = "changed"
    LEFT = "left"
    RIGHT = "right"
    SECRET = "secret"
    UNKNOWN = "unknown"

    @property
    def mirrored(self) -> Kind:
        """The kind with the sides exchanged."""
        return {Kind.LEFT: Kind.RIGHT, Kind.RIGHT: Kind.LEFT}.get(self, self)


@dataclass(frozen=True, slots=True)
class Difference:
    """Two values at one place: `part` is ``request``, ``answer``, ``outputs``, ..., `place` the field in it.

    `left` counts where the kind is `CHANGED` or `LEFT`, `right` where it is `CHANGED` or `RIGHT`. No secret is shown.
    """

    part: str
    place: str
    kind: Kind
    left: Value = None
    right: Value = None

    @property
    def counts(self) -> bool:
        """Whether it is a difference for certain."""
        return self.kind is not Kind.UNKNOWN

    @property
    def name(self) -> str:
        """The part and the place, for a person."""
        return f"{self.part} {self.place}".strip()


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and what came of it, with stand-ins for secrets."""

    request: Request
    response: Response | None = None
    failure: Failed | None = None
    elapsed: float = 0.0


@dataclass(frozen=True, slots=True)
class Try:
    """One try of a step. `tokens` tell of the credentials that were fetched for it, `action` of what came after it."""

    number: int
    exchanges: tuple[Exchange, ...] = ()
    tokens: tuple[str, ...] = ()
    criteria: tuple[Judged, ...] = ()
    action: str = ""

    @property
    def answer(self) -> str:
        """How the last exchange ended, in a word: a status, or why there is none; empty where nothing was sent."""
        if not self.exchanges:
            return ""
        last = self.exchanges[-1]
        if last.response is not None:
            return str(last.response.status)
        return last.failure.kind.value if last.failure else "no answer"


@dataclass(frozen=True, slots=True)
class Activation:
    """One visit to a step; `status` is empty where it did not end, `seconds` what it took."""

    path: tuple[str, ...]
    target: str
    tries: tuple[Try, ...] = ()
    status: str = ""
    reason: str = ""
    outputs: Mapping[str, Value] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """The differences of one thing; `more` tells that there are others that are not told."""

    all: tuple[Difference, ...] = ()
    more: bool = False

    @property
    def counts(self) -> bool:
        """Whether there is a difference for certain."""
        return any(each.counts for each in self.all)


@dataclass(frozen=True, slots=True)
class TryPair:
    """Two tries that belong together, or one that only one run has."""

    left: Try | None
    right: Try | None
    found: Found = Found()

    @property
    def differs(self) -> bool:
        """Whether something differs."""
        return self.left is None or self.right is None or self.found.counts


@dataclass(frozen=True, slots=True)
class StepPair:
    """Two visits to a step that belong together, or one that only one run has. `found` are those beside the tries."""

    left: Activation | None
    right: Activation | None
    tries: tuple[TryPair, ...] = ()
    found: Found = Found()

    @property
    def path(self) -> tuple[str, ...]:
        """The step, by the path of its ids."""
        either = self.left or self.right
        assert either is not None, "a pair has a side"
        return either.path

    @property
    def state(self) -> str:
        """``same``, ``changed``, ``left`` (only there) or ``right``."""
        if self.left is None:
            return "right"
        if self.right is None:
            return "left"
        return "changed" if self.found.counts or any(each.differs for each in self.tries) else "same"

    @property
    def differences(self) -> Iterator[Difference]:
        """All differences, those of the tries first."""
        for each in self.tries:
            yield from each.found.all
        yield from self.found.all


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two runs: its journal, and what is told of it but is no difference by itself."""

    journal: str
    workflow: str
    document: str
    digest: str
    made: float
    runner: str
    status: str
    seconds: float
    requests: int
    has_secrets: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs, side by side.

    `begun` are the differences in what they were begun with, `ended` in what they gave, warnings among them.
    `left_out` are the names of headers that were not compared.
    """

    left: Side
    right: Side
    begun: Found
    steps: tuple[StepPair, ...]
    ended: Found
    left_out: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        changed = any(pair.state != "same" for pair in self.steps)
        return not (self.begun.counts or self.ended.counts or changed)

    @property
    def differences(self) -> Iterator[Difference]:
        """All differences, in the order of the runs."""
        yield from self.begun.all
        for pair in self.steps:
            yield from pair.differences
        yield from self.ended.all

    @property
    def unknown(self) -> int:
        """How many places hold secrets of which nobody can tell whether they differ."""
        return sum(not each.counts for each in self.differences)
