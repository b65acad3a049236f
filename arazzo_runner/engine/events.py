"""What happened, as the engine tells it: the closed set of events.

Events are the only source of every report. They are redacted before they leave the engine (`Run.events`), and carry
no time: the driver stamps them (`Stamped`). `step` is the path of step ids from the run's workflow down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import Clock, Failed, Response
from arazzo_runner.engine.result import Judged, RunResult, Status
from arazzo_runner.engine.trace_parent import TraceParent
from arazzo_runner.graph.model import Graph
from arazzo_runner.values import Value


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The run begins. `steps` are the ids of the workflow's steps in the order in which they run.

    `graph` is the picture of the workflow and of those that it can reach; None where nobody wants one.
    `trace` is the run's span where its requests carry one.
    """

    run_id: str
    workflow: str
    steps: tuple[str, ...]
    inputs: Mapping[str, Value] = field(default_factory=dict)
    graph: Graph | None = None
    trace: TraceParent | None = None


@dataclass(frozen=True, slots=True)
class WorkflowStarted:
    """A called workflow or a dependency begins; `step` is the path of the calling step (empty for a dependency)."""

    workflow: str
    step: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkflowEnded:
    """A called workflow or a dependency ended."""

    workflow: str
    step: tuple[str, ...]
    status: Status


@dataclass(frozen=True, slots=True)
class StepStarted:
    """A step begins, or begins again: `attempt` counts from 1. `target` is ``POST /path`` or ``workflow NAME``."""

    step: tuple[str, ...]
    attempt: int
    target: str


@dataclass(frozen=True, slots=True)
class TokenFetched:
    """A credential was fetched for the requests to come: `flow` says how, `lifetime` is in seconds (None: unsaid).

    `url` is the address that was asked first, without its query; empty for a callable of the caller.
    """

    step: tuple[str, ...]
    source: str
    scheme: str
    flow: str
    scopes: tuple[str, ...]
    lifetime: float | None
    elapsed: float
    url: str = ""


@dataclass(frozen=True, slots=True)
class TokenFailed:
    """A credential could not be fetched; `url` is the address that was asked first, without its query."""

    step: tuple[str, ...]
    source: str
    scheme: str
    flow: str
    scopes: tuple[str, ...]
    failure: Failed
    url: str = ""


@dataclass(frozen=True, slots=True)
class RequestSent:
    """A request is handed to the driver. `redirects` counts those that led to it: 0 for the step's own request."""

    step: tuple[str, ...]
    request: Request
    redirects: int = 0


@dataclass(frozen=True, slots=True)
class ResponseReceived:
    """An answer came; `elapsed` is in seconds."""

    step: tuple[str, ...]
    response: Response
    elapsed: float


@dataclass(frozen=True, slots=True)
class RequestFailed:
    """No answer came."""

    step: tuple[str, ...]
    failure: Failed


@dataclass(frozen=True, slots=True)
class CriteriaJudged:
    """The success criteria of a step were judged."""

    step: tuple[str, ...]
    criteria: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Considered:
    """An action that was looked at: its criteria as they were judged, up to the first that does not hold.

    `used_up` says that it is a retry with no try left, so that its criteria were not judged.
    """

    name: str
    type: str
    criteria: tuple[Judged, ...] = ()
    used_up: bool = False


@dataclass(frozen=True, slots=True)
class ActionChosen:
    """An action fired; `target` is the step or workflow it leads to, empty for none.

    `considered` are the actions that were looked at, in their order, the one that fired last.
    """

    step: tuple[str, ...]
    name: str
    type: str
    target: str = ""
    considered: tuple[Considered, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """The run waits before it tries a step again; `attempt` is the number of the try to come, of at most `limit`."""

    step: tuple[str, ...]
    seconds: float
    attempt: int
    limit: int


@dataclass(frozen=True, slots=True)
class StepEnded:
    """A step ended. `reason` says why it failed; `outputs` are its named outputs.

    `considered` are the actions that were looked at where none fired, so that the default was taken; where one fired,
    `ActionChosen` tells of them.
    """

    step: tuple[str, ...]
    status: Status
    reason: str = ""
    outputs: Mapping[str, Value] = field(default_factory=dict)
    considered: tuple[Considered, ...] = ()


@dataclass(frozen=True, slots=True)
class Warned:
    """Something was read with good will, or went on although it looks wrong."""

    diagnostic: Diagnostic
    step: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunEnded:
    """The run ended; `result` is its record, redacted here."""

    result: RunResult


Event: TypeAlias = (
    RunStarted
    | WorkflowStarted
    | WorkflowEnded
    | StepStarted
    | TokenFetched
    | TokenFailed
    | RequestSent
    | ResponseReceived
    | RequestFailed
    | CriteriaJudged
    | ActionChosen
    | Waiting
    | StepEnded
    | Warned
    | RunEnded
)


@dataclass(frozen=True, slots=True)
class Stamped:
    """An event with the driver's reading of the clocks at the moment it was drained."""

    event: Event
    clock: Clock
