"""What one run shares among its workflows: the queue of effects, the events, the budget, the clock.

Generators start an effect with `start` and get its outcome by yielding the ticket, at once or later; nothing else
connects them with the world.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeAlias, TypeVar

from arazzo_runner.contract import Contract
from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.engine.cookies import CookieJar
from arazzo_runner.engine.effects import Checkpoint, Effect, Moment, Ticket
from arazzo_runner.engine.events import Event, Warned
from arazzo_runner.engine.limits import Limits
from arazzo_runner.engine.outcomes import Clock, Decided, Outcome
from arazzo_runner.engine.record import Record
from arazzo_runner.engine.result import TokenRequest
from arazzo_runner.engine.settings import Settings
from arazzo_runner.engine.standings import Standings
from arazzo_runner.engine.wallet import Wallet
from arazzo_runner.errors import LimitReached
from arazzo_runner.expressions.scope import Received, WorkflowRecord
from arazzo_runner.program.inputs import nested_secrets
from arazzo_runner.program.model import BoundStep, BoundWorkflow, InputSchema, Program, StepKey, WorkflowKey
from arazzo_runner.redact import REDACTED, Redactor, is_secret_name
from arazzo_runner.values import Value

_T = TypeVar("_T")
Doing: TypeAlias = Generator[Ticket, Outcome, _T]
"""A part of a run in progress: yields the ticket whose outcome it needs, ends with a value."""


class DeadlinePassed(Exception):
    """The time of a step is over while something inside it was still going on; the step that owns it catches it."""

    def __init__(self, deadline: float) -> None:
        super().__init__(deadline)
        self.deadline = deadline


class Stopped(Exception):
    """Whoever holds the run ends it; the shell catches it."""


class RunState:
    """The state of one run; only the engine's own generators and its shell touch it."""

    def __init__(self, program: Program, settings: Settings, redactor: Redactor) -> None:
        self.program = program
        self.settings = settings
        self.redactor = redactor
        self.effects: deque[Effect] = deque()
        self.events: list[Event] = []
        self.clock = Clock()
        self.steps = Record()
        self.warnings: list[Diagnostic] = []
        self.records: dict[WorkflowKey, WorkflowRecord] = {}
        self.completed: dict[WorkflowKey, bool] = {}
        self.standings: Standings[StepKey] = Standings()
        self.wallet = Wallet()
        self.contract = Contract()
        self.last_response: Received | None = None
        self.inputs: Mapping[str, Value] = {}
        self.inputs_for: Mapping[str, Mapping[str, Value]] = {}
        self.cookies = CookieJar() if settings.keep_cookies else None
        self.requests = 0
        self.answers: dict[tuple[str, ...], int] = {}
        self.sent: dict[tuple[str, ...], int] = {}
        self.traffic = 0
        self.tokens: list[TokenRequest] = []
        self._tickets = 0
        self._spent = 0
        self._references = 0
        self._afterwards = 0
        self._held = 0.0
        self._deadlines: list[float] = []

    @property
    def limits(self) -> Limits:
        """The bounds of this run."""
        return self.settings.limits

    def emit(self, event: Event) -> None:
        """Tell what happened."""
        self.events.append(event)

    def warn(self, diagnostic: Diagnostic, step: tuple[str, ...] = ()) -> None:
        """Tell that something looks wrong, and keep it for the result."""
        self.warnings.append(diagnostic)
        self.emit(Warned(diagnostic, step))

    def start(self, make: Callable[[Ticket], Effect]) -> Ticket:
        """Ask for an effect; its outcome comes to whoever yields the ticket."""
        self._tickets += 1
        effect = make(Ticket(self._tickets))
        self.effects.append(effect)
        return effect.ticket

    def learn_inputs(self, schema: InputSchema, inputs: Mapping[str, Value]) -> None:
        """Remember the secret inputs of a workflow, so that they are shown nowhere."""
        for name, value in inputs.items():
            if name in schema.secret:
                self.redactor.learn(value)
        for secret in nested_secrets(schema, inputs):
            self.redactor.learn(secret)

    def learn_headers(self, headers: tuple[tuple[str, str], ...]) -> None:
        """Remember what stands in headers that are secret by their names: whole, and its parts (scheme, cookies)."""
        for name, value in headers:
            if is_secret_name(name):
                if name.lower() == "set-cookie":
                    value = value.partition(";")[0]  # what comes after it says where the cookie goes
                words = [word for part in value.split(";") for word in part.strip().split(" ")]
                self.redactor.learn([value, *words], cut=len(words) == 1)
                self.redactor.learn([word.partition("=")[2] or word for word in words])

    def shown_inputs(self, workflow: BoundWorkflow, inputs: Mapping[str, Value]) -> dict[str, Value]:
        """Return the inputs as an event may tell them: secret ones hidden by their declaration, however short."""
        if self.redactor.reveal:
            return dict(inputs)
        return {name: REDACTED if name in workflow.inputs.secret else value for name, value in inputs.items()}

    def shown_outputs(self, step: BoundStep, outputs: Mapping[str, Value]) -> Mapping[str, Value]:
        """Return the outputs of a step as an event may tell them: secret ones hidden, however short."""
        return self.redactor.members(outputs, step.secret_outputs)

    def spend(self, what: str) -> None:
        """Take one from the budget of the run, for an attempt, an activation or a redirect.

        Raises:
            LimitReached: nothing is left.
        """
        self._spent += 1
        if self._spent > self.limits.max_steps:
            message = (
                f"the run has used its budget of {self.limits.max_steps} (each try of a step, each start of a "
                f"workflow and each redirect takes one) and is at {what}; a loop may have no end, or the limit is too "
                "low (--max-steps)"
            )
            raise LimitReached("max_steps", message)

    def ask(self, moment: Moment, make: Callable[[Ticket], Checkpoint]) -> Doing[Outcome]:
        """Ask the driver whether to go on.

        The time that a debugger held the run counts against no deadline that was open before.
        """
        counts = bool(self._deadlines)
        if moment is Moment.BEFORE:
            ticket = self.start(make)
        else:
            self._afterwards -= 1
            ticket = Ticket(self._afterwards)
            self.effects.append(make(ticket))
        outcome = yield ticket
        if counts and isinstance(outcome, Decided):
            self._held += outcome.elapsed
        if moment is Moment.BEFORE:
            self.check_deadlines()
        return outcome

    @contextmanager
    def reference(self, depth: int) -> Iterator[None]:
        """Bound how deep retries run what they refer to: steps that refer to each other count as calls do.

        Raises:
            LimitReached: `depth` and the references that are open are more than `max_depth` together.
        """
        if depth + self._references >= self.limits.max_depth:
            message = f"retries refer to each other more than {self.limits.max_depth} deep"
            raise LimitReached("max_depth", message)
        self._references += 1
        try:
            yield
        finally:
            self._references -= 1

    def open_deadline(self, seconds: float) -> float:
        """Begin a stretch that must end in `seconds`; give the result back to `close_deadline`."""
        deadline = self._now + seconds
        self._deadlines.append(deadline)
        return deadline

    def close_deadline(self, deadline: float) -> None:
        """End the stretch."""
        self._deadlines.remove(deadline)

    def time_left(self) -> float | None:
        """Return the seconds until the nearest deadline (never below 0), or None where there is none."""
        return max(0.0, min(self._deadlines) - self._now) if self._deadlines else None

    def check_deadlines(self, but: float | None = None) -> None:
        """See whether time is over, `but` one deadline left out.

        Raises:
            DeadlinePassed: for the outermost deadline that has passed.
        """
        for deadline in self._deadlines:
            if deadline != but and self._now >= deadline:
                raise DeadlinePassed(deadline)

    @property
    def _now(self) -> float:
        """The monotonic clock, without the time that the run was held."""
        return self.clock.monotonic - self._held
