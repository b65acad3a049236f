"""A run as a page tells it: calls of workflows, the steps in them, their tries, and the exchanges of each try.

Times are monotonic seconds of the driver; `ended` is None for what did not end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.engine.events import ActionChosen, Considered, TokenFailed, TokenFetched, Waiting
from arazzo_runner.engine.outcomes import Clock, Failed
from arazzo_runner.engine.result import Judged, RunResult, Status
from arazzo_runner.graph.model import Graph
from arazzo_runner.reports.run.html.excerpt import Excerpt
from arazzo_runner.values import Value

Path: TypeAlias = tuple[str, ...]
Headers: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(slots=True, eq=False)
class Exchange:
    """A request, and what came back. `redirects` counts the requests that led to it; `curl` is it as a command."""

    method: str
    url: str
    headers: Headers
    sent: Excerpt | None
    redirects: int
    curl: str
    began: float
    ended: float | None = None
    status: int | None = None
    answer_headers: Headers = ()
    received: Excerpt | None = None
    failure: Failed | None = None
    elapsed: float = 0.0


@dataclass(slots=True, eq=False)
class Try:
    """One try of a step: what was asked for, called and sent, how it was judged, and what was chosen then.

    `asides` are what a retry ran before the next try.
    """

    number: int
    began: float
    ended: float | None = None
    tokens: list[TokenFetched | TokenFailed] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)
    calls: list[Call | Activation] = field(default_factory=list)
    criteria: tuple[Judged, ...] | None = None
    action: ActionChosen | None = None
    waiting: Waiting | None = None
    waited_from: float = 0.0
    asides: list[Call | Activation] = field(default_factory=list)

    @property
    def inner(self) -> Iterator[Call | Activation]:
        """What ran inside it, in the order in which it began."""
        yield from self.calls
        yield from self.asides


@dataclass(slots=True, eq=False)
class Activation:
    """A step from its first try to its end. `number` counts the activations of the run from 1.

    `considered` are the actions that were looked at in the end where none fired.
    """

    number: int
    path: Path
    workflow: str
    target: str
    began: float
    ended: float | None = None
    status: Status | None = None
    reason: str = ""
    outputs: Mapping[str, Value] = field(default_factory=dict)
    considered: tuple[Considered, ...] = ()
    tries: list[Try] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The step's id."""
        return self.path[-1]

    @property
    def inner(self) -> Iterator[Call | Activation]:
        """What ran inside its tries."""
        for each in self.tries:
            yield from each.inner


@dataclass(slots=True, eq=False)
class Call:
    """A workflow that ran: the run's own, a called one, a dependency, or one that was handed over to."""

    workflow: str
    path: Path
    began: float
    ended: float | None = None
    status: Status | None = None
    items: list[Call | Activation] = field(default_factory=list)


Item: TypeAlias = Call | Activation


@dataclass(slots=True, eq=False)
class History:
    """A run: `root` is its workflow. `result` is None for a run that did not end."""

    root: Call
    run_id: str = ""
    steps: tuple[str, ...] = ()
    inputs: Mapping[str, Value] = field(default_factory=dict)
    graph: Graph | None = None
    clock: Clock = field(default_factory=Clock)
    now: float = 0.0
    requests: int = 0
    tokens: int = 0
    warned: list[Diagnostic] = field(default_factory=list)
    result: RunResult | None = None

    @property
    def seconds(self) -> float:
        """How long it took, as far as it came."""
        return max(0.0, self.now - self.clock.monotonic)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """The warnings, each once, in the order in which they were met."""
        return tuple(dict.fromkeys((*self.warned, *(self.result.warnings if self.result else ()))))

    @property
    def activations(self) -> list[Activation]:
        """All steps in the order in which they began."""
        return sorted(steps_in(self.root), key=lambda each: each.number)

    @property
    def calls(self) -> list[Call]:
        """All workflows that ran, the run's own first."""
        return list(_calls(self.root))


def steps_in(top: Item) -> Iterator[Activation]:
    """Yield the steps in an item, itself too; those that something runs inside of come before it."""
    # No recursion: workflows that call each other are as deep as a caller allows.
    stack = [top]
    while stack:
        item = stack.pop()
        if isinstance(item, Activation):
            yield item
            stack.extend(reversed(list(item.inner)))
        else:
            stack.extend(reversed(item.items))


def _calls(top: Item) -> Iterator[Call]:
    stack = [top]
    while stack:
        item = stack.pop()
        if isinstance(item, Call):
            yield item
            stack.extend(reversed(item.items))
        else:
            stack.extend(reversed(list(item.inner)))
