"""The shell of the engine: plain data in, plain data out.

    while run.result is None:
        for effect in run.effects():
            run.resolve(effect.ticket, perform(effect))
        show(run.events())

A `Run` says what it wants done (`effects`), is told what came of it (`resolve`) and tells what happened (`events`).
Nothing else moves it: no clock, no randomness, no I/O. The same program, inputs, settings and outcomes give the same
effects and events, so a journal of outcomes is a run (docs/architecture.md).
"""

from __future__ import annotations

from collections.abc import Mapping

from arazzo_runner.contract import Contract
from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.engine.effects import Effect, Ticket
from arazzo_runner.engine.events import Event, RunEnded, RunStarted, Warned
from arazzo_runner.engine.outcomes import Outcome
from arazzo_runner.engine.result import RunResult, Status
from arazzo_runner.engine.settings import Settings
from arazzo_runner.engine.state import DeadlinePassed, Doing, RunState, Stopped
from arazzo_runner.engine.tracing import run_span
from arazzo_runner.engine.workflow import Ended, perform_workflow
from arazzo_runner.errors import LimitReached, UsageError
from arazzo_runner.graph.model import Graph
from arazzo_runner.program.model import Program
from arazzo_runner.redact import Redactor
from arazzo_runner.values import Nothing, Value


class Run:
    """One run of a program, from its first effect to its result.

    `inputs` are settled already (defaults applied, valid against the schema: `program.inputs.settle`). `inputs_for`
    holds inputs for workflows that the entry depends on, by workflow id. `redactor` knows the caller's credentials.
    `graph` is the picture that the first event carries. `contract` may be shared by runs of one program, one after
    another: it keeps the schemas that it compiled.
    """

    def __init__(
        self,
        program: Program,
        inputs: Mapping[str, Value],
        settings: Settings | None = None,
        *,
        inputs_for: Mapping[str, Mapping[str, Value]] | None = None,
        redactor: Redactor | None = None,
        contract: Contract | None = None,
        graph: Graph | None = None,
    ) -> None:
        self._state = RunState(program, settings or Settings(), redactor or Redactor())
        self._state.contract = contract or self._state.contract
        self._state.inputs_for = inputs_for or {}
        self._waiting: Ticket | None = None
        self._outcomes: dict[Ticket, Outcome] = {}
        self._open: set[Ticket] = set()
        self._result: RunResult | None = None
        self._began: float | None = None
        self._main = self._begin(inputs, graph)
        self._step(None)

    @property
    def result(self) -> RunResult | None:
        """The record of the run once it has ended, in the clear; None before."""
        return self._result

    @property
    def inputs(self) -> Mapping[str, Value]:
        """The inputs that the run got."""
        return self._state.inputs

    @property
    def inputs_for(self) -> Mapping[str, Mapping[str, Value]]:
        """The inputs that it got for workflows that the entry depends on, by their ids."""
        return self._state.inputs_for

    @property
    def settings(self) -> Settings:
        """What it was told."""
        return self._state.settings

    @property
    def redactor(self) -> Redactor:
        """What hides the secrets that the run has met so far."""
        return self._state.redactor

    def effects(self) -> tuple[Effect, ...]:
        """Drain what the run wants done, in order. Each must be answered by `resolve`, in any order."""
        wanted = tuple(self._state.effects)
        self._state.effects.clear()
        self._open.update(effect.ticket for effect in wanted)
        return wanted

    def resolve(self, ticket: Ticket, outcome: Outcome) -> None:
        """Tell what came of an effect.

        Raises:
            UsageError: no effect of that ticket is open.
        """
        if ticket not in self._open:
            raise UsageError(f"no effect with ticket {ticket} waits for an outcome")
        self._open.discard(ticket)
        self._outcomes[ticket] = outcome
        self._state.clock = outcome.clock
        if self._began is None:
            self._start_clock(outcome.clock.monotonic)
        while self._waiting is not None and self._waiting in self._outcomes:
            self._step(self._outcomes.pop(self._waiting))

    def events(self) -> tuple[Event, ...]:
        """Drain what happened, in order, with nothing secret in it."""
        happened = self._state.events
        self._state.events = []
        return tuple(self._state.redactor.scrub(event) for event in happened)

    def discard_events(self) -> None:
        """Drop what happened, where nobody wants to know: making events fit to be shown takes time."""
        self._state.events.clear()

    def _start_clock(self, monotonic: float) -> None:
        """Count the time of the run from its first outcome: before it no clock has been read."""
        self._began = monotonic
        if self._state.limits.run_timeout is not None:
            self._state.open_deadline(self._state.limits.run_timeout)

    def _begin(self, inputs: Mapping[str, Value], graph: Graph | None) -> Doing[Ended]:
        state = self._state
        entry = state.program.workflow
        for warning in state.program.warnings:
            state.warnings.append(warning)
        steps = tuple(step.step_id for step in entry.steps)
        state.learn_inputs(entry.inputs, inputs)
        state.inputs = inputs
        shown = state.shown_inputs(entry, inputs)
        state.emit(RunStarted(state.settings.run_id, entry.key.workflow_id, steps, shown, graph, run_span(state)))
        state.events.extend(Warned(warning) for warning in state.program.warnings)
        return (yield from perform_workflow(state, entry.key, inputs))

    def _step(self, outcome: Outcome | None) -> None:
        """Move the generator on with the outcome it waits for, to its next ticket or to the end."""
        try:
            self._waiting = next(self._main) if outcome is None else self._main.send(outcome)
        except StopIteration as done:
            self._end(done.value)
        except LimitReached as reached:
            self._end(Ended(Status.STOPPED, reason=str(reached), limit=reached.limit))
        except Stopped as stopped:
            self._end(Ended(Status.STOPPED, reason=str(stopped)))
        except DeadlinePassed:
            message = f"the run took longer than its {self._state.limits.run_timeout:g} seconds"
            self._end(Ended(Status.STOPPED, reason=message, limit="run_timeout"))

    def _end(self, ended: Ended) -> None:
        state = self._state
        self._waiting = None
        state.effects.clear()
        began = self._began if self._began is not None else state.clock.monotonic
        self._result = RunResult(
            status=ended.status,
            workflow=state.program.entry.workflow_id,
            outputs={name: None if isinstance(found, Nothing) else found for name, found in ended.outputs.items()},
            steps=state.steps.kept,
            left_out=state.steps.left_out,
            warnings=_once_each(state.warnings),
            reason=ended.reason,
            transferred=ended.transferred,
            limit=ended.limit,
            requests=state.requests,
            elapsed=max(0.0, state.clock.monotonic - began),
            tokens=tuple(state.tokens),
            secret_outputs=state.program.workflow.secret_outputs,
        )
        state.emit(RunEnded(self._result))


def _once_each(warnings: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Drop repetitions of one warning (a loop warns at each turn), keeping the order."""
    return tuple(dict.fromkeys(warnings))
