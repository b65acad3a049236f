"""What a run gives: a frozen record of what was done and what came of it.

Values are in the clear, for the caller; their repr is not shown. Reports get theirs from the events, redacted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from arazzo_runner.criteria.verdict import Operand
from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import Failed, Response
from arazzo_runner.redact import Redactor
from arazzo_runner.values import Value


class Status(Enum):
    """How a run, a workflow or a step ended.

    `STOPPED` is a run that could not go on (a limit was reached), or was ended by whoever held it. `SKIPPED` is a step
    that whoever held the run took as done.
    """

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    STOPPED = "stopped"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Judged:
    """A criterion as it was judged: its condition, the values its operands had, and why where it was undecidable."""

    condition: str
    passed: bool
    operands: tuple[Operand, ...] = field(default=(), repr=False)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try of a step: the request, and the response or the failure. `elapsed` is in seconds.

    `redirects` are the requests before it whose redirects were followed, the step's own first.

    All three are None for a step that calls a workflow, or whose request could not be built (`problem` says why).
    """

    number: int
    request: Request | None = field(default=None, repr=False)
    response: Response | None = field(default=None, repr=False)
    failure: Failed | None = None
    criteria: tuple[Judged, ...] = ()
    elapsed: float = 0.0
    problem: str = ""
    redirects: tuple[Request, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class StepResult:
    """One activation of a step.

    `path` holds the step ids from the run's workflow down to this step. `action` is the name of the action that was
    taken after it, empty for the default. `handled` tells that a failure action dealt with the failure. `reason`
    says in a sentence why the step failed.
    """

    step_id: str
    workflow_id: str
    path: tuple[str, ...]
    status: Status
    attempts: tuple[Attempt, ...] = ()
    outputs: Mapping[str, Value] = field(default_factory=dict, repr=False)
    action: str = ""
    handled: bool = False
    reason: str = ""
    secret_outputs: frozenset[str] = field(default=frozenset(), repr=False, compare=False)

    def redacted(self, redactor: Redactor) -> StepResult:
        """Return the record as it may be shown: its secret outputs hidden, however short they are."""
        return redactor.record(replace(self, outputs=redactor.members(self.outputs, self.secret_outputs)))


@dataclass(frozen=True, slots=True)
class TokenRequest:
    """A credential that was fetched for requests, or could not be (`failure`).

    `step` is the path of the step that wanted it, `flow` says how, `url` is the address that was asked first, without
    its query (empty for a callable of the caller); `lifetime` and `elapsed` are in seconds (None: unsaid).
    """

    step: tuple[str, ...]
    source: str
    scheme: str
    flow: str
    scopes: tuple[str, ...] = ()
    url: str = ""
    lifetime: float | None = None
    failure: Failed | None = None
    elapsed: float = 0.0


@dataclass(frozen=True, slots=True)
class RunResult:
    """The end of a run.

    `outputs` are the workflow's outputs by name; an output that found nothing is None, and a warning says why.
    `steps` are the activations in the order in which they ended, those of called workflows included. `transferred` is
    the workflow that a goto handed over to, empty otherwise. `elapsed` is in seconds. `limit` names the limit that
    stopped the run. `requests` counts those to the APIs; `tokens` are what was asked for beside them. `left_out` counts
    the activations between the first hundred and the last ones of a long run, which are not kept.
    """

    status: Status
    workflow: str
    outputs: Mapping[str, Value] = field(default_factory=dict, repr=False)
    steps: tuple[StepResult, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()
    reason: str = ""
    transferred: str = ""
    limit: str = ""
    requests: int = 0
    elapsed: float = 0.0
    tokens: tuple[TokenRequest, ...] = ()
    left_out: int = 0
    secret_outputs: frozenset[str] = field(default=frozenset(), repr=False, compare=False)

    def redacted(self, redactor: Redactor) -> RunResult:
        """Return the record as it may be shown: its secret outputs hidden, however short they are."""
        return redactor.record(replace(self, outputs=redactor.members(self.outputs, self.secret_outputs)))

    @property
    def succeeded(self) -> bool:
        """Whether the workflow reached its end with no failure left unhandled."""
        return self.status is Status.SUCCEEDED
