"""The debugger: where a run is held, it shows the step, obeys a person's commands, and answers the checkpoint.

It sees a run through its checkpoints alone, and changes it through what it answers them. What it knows besides is how
far the person wants the run to go on by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import assert_never

from arazzo_runner.api.evaluating import Reading, check, evaluate, reading_of, workflow_of
from arazzo_runner.cli.stepping import showing
from arazzo_runner.cli.stepping.changes import Place, read_change, read_outputs
from arazzo_runner.cli.stepping.commands import Order, Word, read_order
from arazzo_runner.cli.stepping.upcoming import Upcoming, upcoming
from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.engine.changing import named
from arazzo_runner.engine.effects import Checkpoint, Moment
from arazzo_runner.engine.events import Event, StepEnded
from arazzo_runner.engine.outcomes import Decided, Proceed, Replace, Retry, Skip, Stop, Where
from arazzo_runner.engine.result import Status
from arazzo_runner.engine.settings import Settings
from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.expressions.scope import Received
from arazzo_runner.program.model import BoundStep, OperationCall, Program
from arazzo_runner.redact import Redactor
from arazzo_runner.reports.escape import visible
from arazzo_runner.reports.page import Ink, Line, Look

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Going:
    """How far a run goes on by itself: `free` past all steps, `past` what lies within a step, `until` a step begins.

    None of them: to the next step.
    """

    free: bool = False
    past: Path = ()
    until: str = ""

    def reaches(self, checkpoint: Checkpoint, breaks: Iterable[str]) -> bool:
        """Tell whether it ends at a checkpoint."""
        path = checkpoint.step
        if checkpoint.moment is Moment.BEFORE and any(is_named(path, name) for name in (self.until, *breaks)):
            return True
        if self.free or self.until:
            ends_here = checkpoint.bound is not None and not checkpoint.bound.on_failure
            return checkpoint.moment is Moment.FAILED and ends_here
        return not (self.past and len(path) > len(self.past) and path[: len(self.past)] == self.past)


def is_named(path: Path, name: str) -> bool:
    """Tell whether a step goes by that name: its id, or the whole path of ids."""
    return name in (path[-1], "/".join(path))


@dataclass(slots=True)
class Held:
    """A run that is held: the checkpoint, its step, what it would do, and what can be asked and changed there."""

    checkpoint: Checkpoint
    bound: BoundStep
    coming: Upcoming
    place: Place


@dataclass(slots=True)
class Debugger:
    """Answers the checkpoints of one run. `read` gives the next line, `write` shows some."""

    program: Program
    settings: Settings
    write: Callable[[Iterable[Line]], None]
    look: Look
    read: Callable[[str], str | None] = lambda label: None
    redactor: Redactor = field(default_factory=Redactor)
    breaks: dict[str, None] = field(default_factory=dict)
    _going: Going = Going()
    _changed: bool = False
    _ends: dict[Path, Status] = field(default_factory=dict)
    _last: tuple[Path, Received] | None = None

    def on(self, event: Event) -> None:
        """Take an event of the run, for what `where` shows."""
        if isinstance(event, StepEnded):
            self._ends[event.step] = event.status

    def hold(self, checkpoint: Checkpoint) -> Decided:
        """Decide at a checkpoint: let it pass, or ask the person.

        Raises:
            UsageError: there is no person to ask.
        """
        self._keep_answer(checkpoint)
        if checkpoint.bound is None or checkpoint.moment is Moment.PASSED:
            return Proceed()
        again, self._changed = self._changed, False
        if not again and not self._going.reaches(checkpoint, self.breaks):
            return Proceed()
        held = self._held(checkpoint, checkpoint.bound)
        if not again:
            self.write(showing.pause_lines(checkpoint, held.coming, self.redactor, self.look))
        try:
            return self._converse(held)
        except KeyboardInterrupt:
            self.write([()])
            return Stop("Ctrl-C was pressed")

    def echo(self, line: str) -> str:
        """Return a line as a transcript may have it: what is set is told behind it, hidden where it is a secret."""
        return showing.without_values(self.redactor.text(line))

    def words(self) -> list[str]:
        """Return what can be completed: the commands, and the names of steps."""
        return [*(f"{word.value} " for word in Word), *(name for name in self._steps())]

    def _keep_answer(self, checkpoint: Checkpoint) -> None:
        """Keep the answer to a request; a step that calls a workflow has none of its own."""
        bound, answer = checkpoint.bound, checkpoint.scope.response
        if checkpoint.moment is not Moment.BEFORE and bound is not None and isinstance(bound.call, OperationCall):
            self._last = self._last if answer is None else (checkpoint.step, answer)

    def _held(self, checkpoint: Checkpoint, bound: BoundStep) -> Held:
        """Return what is known there. Before a step its own request is what is seen, with the answer that came last."""
        coming = upcoming(checkpoint, bound, self.settings)
        scope = checkpoint.scope
        if checkpoint.moment is Moment.BEFORE:
            scope = replace(scope, request=coming.sent, response=self._last[1] if self._last else None)
        workflow = workflow_of(self.program, bound)
        steps = tuple(step.step_id for step in workflow.steps) if workflow is not None else ()
        reading: Reading = reading_of(self.program, bound, strict=self.settings.strict)
        return Held(checkpoint, bound, coming, Place(bound, scope, reading, steps))

    def _converse(self, held: Held) -> Decided:
        failed = held.checkpoint.moment is Moment.FAILED
        label = visible(f"{'/'.join(held.checkpoint.step)}{' (failed)' if failed else ''}> ")
        while True:
            line = self.read(label)
            if line is None:
                return Stop("there are no more commands")
            if line.lstrip().startswith("#"):
                continue  # a remark in a script
            decided = self._obey(line, held)
            if isinstance(decided, Fault):
                self.write(showing.fault_lines(line, decided, self.redactor))
            elif decided is not None:
                return decided

    def _obey(self, line: str, held: Held) -> Decided | Fault | None:
        """Do what a line says; return the decision that it makes, or what is wrong with it and where in the line."""
        order = read_order(line)
        if isinstance(order, Fault):
            return order
        done = self._go_on(order, held) if order.word in _GOING else self._look(order, held)
        return replace(done, offset=done.offset + order.begins) if isinstance(done, Fault) else done

    def _go_on(self, order: Order, held: Held) -> Decided | Fault:
        """Obey a command that lets the run go on."""
        match order.word:
            case Word.UNTIL:
                unknown = self._unknown_step(order.argument)
                if unknown is not None:
                    return unknown
                self._going = Going(until=order.argument)
            case Word.CONTINUE:
                self._going = Going(free=True)
            case Word.OVER:
                self._going = Going(past=held.checkpoint.step)
            case _:
                self._going = Going()
        match order.word:
            case Word.STOP:
                return Stop()
            case Word.RETRY:
                if held.checkpoint.moment is Moment.BEFORE:
                    return Fault("the step has not been tried yet", 0, "'next' begins it")
                return Retry()
            case Word.SKIP:
                outputs = read_outputs(order.argument, held.bound, held.place)
                return outputs if isinstance(outputs, Fault) else Skip(outputs)
            case _:
                return Proceed()

    def _look(self, order: Order, held: Held) -> Decided | Fault | None:
        """Obey a command that looks at something or changes it."""
        match order.word:
            case Word.PRINT:
                return self._print(order.argument, held)
            case Word.CHECK:
                return self._check(order.argument, held)
            case Word.SET:
                return self._set(order.argument, held)
            case Word.BREAK | Word.CLEAR:
                return self._break(order)
            case Word.REQUEST:
                return self._request(order.argument, held)
            case Word.RESPONSE:
                self.write(self._answer())
            case Word.WHERE:
                self.write(self._where(held))
            case Word.HELP:
                self.write(showing.help_lines(self.look))
            case Word.NEXT | Word.OVER | Word.CONTINUE | Word.UNTIL | Word.STOP | Word.SKIP | Word.RETRY:
                raise AssertionError(f"'{order.word.value}' lets the run go on")
            case _:
                assert_never(order.word)
        return None

    def _print(self, text: str, held: Held) -> Fault | None:
        found = evaluate(text, held.place.scope, held.place.reading)
        if isinstance(found, Fault):
            return found
        self.write([*self._whose(text, held), *showing.value_lines(text, found, self.redactor)])
        return None

    def _check(self, text: str, held: Held) -> Fault | None:
        found = check(text, held.place.scope, held.place.reading)
        if isinstance(found, Fault):
            return found
        self.write([*self._whose(text, held), *showing.verdict_lines(found, self.redactor, self.look)])
        return None

    def _whose(self, text: str, held: Held) -> Iterator[Line]:
        """Tell whose answer is seen, where it is not this step's own."""
        reads_answer = "$response" in text or "$statusCode" in text
        if reads_answer and self._last is not None and held.checkpoint.moment is Moment.BEFORE:
            yield (Ink.FAINT.of(f"  (the answer to {'/'.join(self._last[0])})"),)

    def _set(self, text: str, held: Held) -> Decided | Fault:
        change = read_change(text, held.place)
        if isinstance(change, Fault):
            return change
        workflow = workflow_of(self.program, held.bound)
        if change.where is Where.INPUT and workflow is not None and change.name in workflow.inputs.secret:
            self.redactor.learn(change.value)
        value = showing.within(change.name, change.value, self.redactor)
        self.write([(f"  {named(change)} is now {value}",)])
        self._changed = True
        return Replace((change,))

    def _break(self, order: Order) -> Fault | None:
        name = order.argument
        if order.word is Word.CLEAR:
            if name not in self.breaks:
                return Fault(f"there is no breakpoint at '{name}'", 0, did_you_mean(name, self.breaks))
            del self.breaks[name]
            return None
        if name:
            unknown = self._unknown_step(name)
            if unknown is not None:
                return unknown
            self.breaks[name] = None
        self.write([(f"  breakpoints: {', '.join(self.breaks) or 'none'}",)])
        return None

    def _request(self, form: str, held: Held) -> Fault | None:
        if form not in ("", "curl"):
            return Fault(f"there is no form '{form}'", 0, "request, or request curl")
        lines = showing.curl_lines if form else showing.whole_request
        self.write(lines(held.coming, self.redactor, self.look))
        return None

    def _answer(self) -> Iterator[Line]:
        if self._last is None:
            yield ("  no answer has come yet",)
            return
        path, received = self._last
        yield (Ink.FAINT.of(f"  (the answer to {'/'.join(path)})"),)
        yield from showing.answer_lines(received, self.redactor)

    def _where(self, held: Held) -> Iterator[Line]:
        workflow = workflow_of(self.program, held.bound)
        if workflow is not None:
            yield from showing.where_lines(workflow, held.checkpoint.step, self._ends, self.breaks, self.look)

    def _steps(self) -> dict[str, None]:
        return dict.fromkeys(name for flow in self.program.workflows.values() for name in flow.positions)

    def _unknown_step(self, name: str) -> Fault | None:
        """Say that no step goes by a name; a path is judged by its last id."""
        known = self._steps()
        if name.rpartition("/")[2] in known:
            return None
        return Fault(f"there is no step '{name}'", 0, did_you_mean(name, known))


_GOING = frozenset({Word.NEXT, Word.OVER, Word.CONTINUE, Word.UNTIL, Word.STOP, Word.SKIP, Word.RETRY})
