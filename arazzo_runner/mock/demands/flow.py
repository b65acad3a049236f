"""Demands followed back to where their values come from: an answer, or an input.

What is wanted of an output is wanted of what the output reads; what is wanted of an input is wanted of the arguments
that callers hand over. Each pair of expression and demand is followed once, and the number of steps is limited, so
that workflows that call each other, or hand a value round, end.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from arazzo_runner.coverage.edges import Edge
from arazzo_runner.expressions.grammar import (
    Component,
    Exchange,
    Expression,
    Input,
    Inputs,
    Method,
    Output,
    Outputs,
    Self,
    SourceReference,
    StatusCode,
    StepOutput,
    StepOutputs,
    Url,
    WorkflowField,
    WorkflowFields,
)
from arazzo_runner.expressions.template import (
    CompiledValue,
    Constant,
    ListValue,
    ObjectValue,
    Selected,
    Template,
    Whole,
)
from arazzo_runner.mock.demands import selectors
from arazzo_runner.mock.demands.demand import ANYTHING, PRESENT, SCALAR, Demand
from arazzo_runner.mock.demands.described import Places
from arazzo_runner.mock.demands.parts import fitting, requires
from arazzo_runner.mock.demands.sinks import AnswerSink, Sink
from arazzo_runner.mock.demands.uses import Here, Uses
from arazzo_runner.mock.limits import MAX_DEMANDED_DEPTH, MAX_DEMANDS
from arazzo_runner.program.model import BoundStep, BoundWorkflow, OperationCall, Program, WorkflowCall, WorkflowKey
from arazzo_runner.values import JSON, Path


@dataclass(frozen=True, slots=True)
class _Task:
    """A value to be looked into: the demand is on what stands at `path` in it."""

    here: Here
    value: CompiledValue
    path: Path
    demand: Demand


_Outputs: TypeAlias = tuple[tuple[str, CompiledValue], ...]


class Flow:
    """Follows all demands of a program; `answers` (by the id of the step object) and `inputs` are what comes of it."""

    def __init__(self, program: Program, aims: Iterable[Edge] = ()) -> None:
        self.answers: dict[int, AnswerSink] = {}
        self.inputs: dict[tuple[WorkflowKey, str], Sink] = {}
        self._program, self._places = program, Places()
        self._aims = tuple(aims)
        self._callers = _callers(program)
        self._dependents = _dependents(program)
        self._tasks: deque[_Task] = deque()
        self._seen: set[tuple[object, ...]] = set()
        self._own: dict[str, Input] = {}
        self._kept: list[Demand] = []  # ids of their schemas are keys, so they must live

    def run(self) -> None:
        """Follow everything, until nothing is left or the limit is reached."""
        uses = Uses(self._program, self._places, self._aims)
        for workflow in self._program.workflows.values():
            self._tasks.extend(_Task(one.here, one.value, (), one.demand) for one in uses.of(workflow))
        for _ in range(MAX_DEMANDS):
            if not self._tasks:
                return
            self._follow(self._tasks.popleft())

    # ------------------------------------------------------------ values

    def _follow(self, task: _Task) -> None:
        here, path, demand = task.here, task.path, task.demand
        match task.value:
            case Constant():
                return
            case Whole(expression):
                self._expression(here, expression, path, demand)
            case Template(parts):
                for part in parts:
                    if not isinstance(part, str):
                        lone = len(parts) == 1 and not path
                        fits = demand.fits if lone else ANYTHING
                        self._expression(here, part, (), demand.inside(SCALAR, fits))
            case ListValue(items):
                self._list(task, items)
            case ObjectValue(members):
                self._object(task, members)
            case Selected():
                self._selected(task, task.value)
            case _:
                assert_never(task.value)

    def _add(self, here: Here, value: CompiledValue, path: Path, demand: Demand) -> None:
        if len(path) <= MAX_DEMANDED_DEPTH:
            self._tasks.append(_Task(here, value, path, demand))

    def _list(self, task: _Task, items: tuple[CompiledValue, ...]) -> None:
        if not task.path:
            for index, item in enumerate(items):
                self._add(task.here, item, (), task.demand.inside(PRESENT, self._member(task.demand, index)))
        elif str(task.path[0]).isdecimal() and int(task.path[0]) < len(items):
            self._add(task.here, items[int(task.path[0])], task.path[1:], task.demand)

    def _object(self, task: _Task, members: tuple[tuple[str, CompiledValue], ...]) -> None:
        if task.path:
            for name, member in members:
                if name == task.path[0]:
                    self._add(task.here, member, task.path[1:], task.demand)
            return
        constants = {name: member.value for name, member in members if isinstance(member, Constant)}
        known = task.demand.inside(ANYTHING, fitting(task.demand.fits, constants))
        self._kept.append(known)
        for name, member in members:
            needed = requires(known.fits, name)
            demand = known.inside(PRESENT, self._member(known, name), absent_fails=needed)
            if not isinstance(member, Constant):
                self._add(task.here, member, (), demand)

    def _member(self, demand: Demand, token: str | int) -> JSON:
        return self._places.member(demand.fits, token)

    def _selected(self, task: _Task, selected: Selected) -> None:
        for expression in selected.select.expressions:
            self._expression(task.here, expression, (), task.demand.inside(SCALAR, ANYTHING))
        place = selectors.place_of(selected)
        if place is None:
            self._expression(
                task.here, selected.context, (), task.demand.inside(selectors.wanted_by(selected), ANYTHING)
            )
            return
        path, demand = task.path, task.demand
        if place.many:
            first = bool(path) and str(path[0]) == "0"
            demand = demand if first else demand.inside(PRESENT, self._member(demand, 0) if not path else ANYTHING)
            path = path[1:] if first else ()
        self._expression(task.here, selected.context, (*place.path, *path), demand)
        for at, value in place.filters:
            self._expression(task.here, selected.context, at, demand.inside({"const": value}, ANYTHING))

    # ------------------------------------------------------------ expressions

    def _expression(self, here: Here, expression: Expression, path: Path, demand: Demand) -> None:
        key = (
            id(here.workflow),
            id(here.step),
            id(expression),
            path,
            id(demand.must),
            id(demand.form),
            id(demand.fits),
        )
        if key in self._seen or len(path) > MAX_DEMANDED_DEPTH:
            return
        self._seen.add(key)
        self._kept.append(demand)
        match expression:
            case Input(_, name, pointer, navigation):
                self._input(here.workflow, name, (*(pointer or ()), *navigation, *path), demand)
            case Inputs(_, navigation):
                self._inputs(here.workflow, (*navigation, *path), demand)
            case StepOutput(_, step, name, pointer, navigation):
                self._step(here, step, name, (*(pointer or ()), *navigation, *path), demand)
            case StepOutputs(_, step, navigation) if navigation or path:
                first, *rest = (*navigation, *path)
                self._step(here, step, str(first), tuple(rest), demand)
            case Output(_, name, pointer, navigation):
                self._output(here, name, (*(pointer or ()), *navigation, *path), demand)
            case Outputs(_, navigation) if navigation or path:
                first, *rest = (*navigation, *path)
                self._output(here, str(first), tuple(rest), demand)
            case WorkflowField(_, workflow, side, name, pointer, navigation):
                self._field(here, workflow, side, name, (*(pointer or ()), *navigation, *path), demand)
            case WorkflowFields(_, workflow, side, navigation) if navigation or path:
                first, *rest = (*navigation, *path)
                self._field(here, workflow, side, str(first), tuple(rest), demand)
            case Exchange():
                self._exchange(here, expression, path, demand)
            case Url() | Method() | StatusCode() | Self() | SourceReference() | Component():
                return  # given, not invented
            case StepOutputs() | Outputs() | WorkflowFields():
                return  # all of them at once: nothing is said of one
            case _:
                assert_never(expression)

    def _input(self, workflow: BoundWorkflow, name: str, path: Path, demand: Demand) -> None:
        self.inputs.setdefault((workflow.key, name), Sink()).add(path, self._settled(demand))
        for here, call in self._callers.get(workflow.key, ()):
            for argument in call.arguments:
                if argument.name == name:
                    self._add(here, argument.value, path, demand)
        if name in workflow.inputs.properties:
            for dependent in self._dependents.get(workflow.key, ()):
                if name in dependent.inputs.properties:
                    self._add(Here(dependent), Whole(self._own_input(name)), path, demand)

    def _own_input(self, name: str) -> Input:
        """Return the expression of an input, the same for the same name: what was followed is known by it."""
        return self._own.setdefault(name, Input(f"$inputs.{name}", name))

    def _inputs(self, workflow: BoundWorkflow, path: Path, demand: Demand) -> None:
        if path:
            self._input(workflow, str(path[0]), path[1:], demand)
            return
        for name in workflow.inputs.properties:
            inner = demand.inside(ANYTHING, self._member(demand, name), absent_fails=requires(demand.fits, name))
            self._input(workflow, name, (), inner)

    def _step(self, here: Here, step_id: str, name: str, path: Path, demand: Demand) -> None:
        position = here.workflow.positions.get(step_id)
        if position is not None:
            step = here.workflow.steps[position]
            self._named(Here(here.workflow, step), step.outputs, name, path, demand)

    def _output(self, here: Here, name: str, path: Path, demand: Demand) -> None:
        """Follow `$outputs.name`: the callee's where a step called a workflow, else those of the workflow itself."""
        call = here.step.call if here.step is not None else None
        callee = self._program.workflows.get(call.workflow) if isinstance(call, WorkflowCall) else here.workflow
        if callee is not None:
            self._named(Here(callee), callee.outputs, name, path, demand)

    def _field(self, here: Here, workflow: str, side: str, name: str, path: Path, demand: Demand) -> None:
        found = self._program.workflows.get(WorkflowKey(here.workflow.key.document, workflow))
        if found is None:
            return
        if side == "inputs":
            self._input(found, name, path, demand)
        else:
            self._named(Here(found), found.outputs, name, path, demand)

    def _named(self, here: Here, outputs: _Outputs, name: str, path: Path, demand: Demand) -> None:
        for known, value in outputs:
            if known == name:
                self._add(here, value, path, demand)

    def _exchange(self, here: Here, expression: Exchange, path: Path, demand: Demand) -> None:
        step = here.step
        if step is None or not isinstance(step.call, OperationCall):
            return
        whole = (*(expression.pointer or ()), *expression.navigation, *path)
        if expression.side == "request":
            for value in _sent(step.call, expression):
                self._add(here, value, whole, demand)
        elif expression.side == "response":
            sink = self._answer(here.workflow, step)
            part = sink.body if expression.part == "body" else sink.header(expression.name)
            part.add(whole, self._settled(demand))

    def _settled(self, demand: Demand) -> Demand:
        return replace(demand, fits=self._places.laid_open(demand.fits))

    def _answer(self, workflow: BoundWorkflow, step: BoundStep) -> AnswerSink:
        return self.answers.setdefault(id(step), AnswerSink(workflow.key))


def _sent(call: OperationCall, expression: Exchange) -> Iterator[CompiledValue]:
    """Yield the values that a part of the step's own request is made of."""
    if expression.part == "body":
        if call.body is not None and call.body.payload is not None:
            yield call.body.payload
        return
    for parameter in call.parameters:
        same = parameter.name == expression.name
        if parameter.location == "header":
            same = parameter.name.lower() == expression.name.lower()
        if same and parameter.location == expression.part:
            yield parameter.value


def _callers(program: Program) -> dict[WorkflowKey, list[tuple[Here, WorkflowCall]]]:
    """Return for each workflow the steps and actions that call it."""
    found: dict[WorkflowKey, list[tuple[Here, WorkflowCall]]] = {}
    for workflow in program.workflows.values():
        for step in workflow.steps:
            own = (step.call,) if isinstance(step.call, WorkflowCall) else ()
            acting = tuple(one.workflow for one in (*step.on_success, *step.on_failure) if one.workflow is not None)
            for call in (*own, *acting):
                found.setdefault(call.workflow, []).append((Here(workflow, step), call))
    return found


def _dependents(program: Program) -> dict[WorkflowKey, list[BoundWorkflow]]:
    """Return for each workflow those that have it run before them: its inputs are theirs of the same name."""
    found: dict[WorkflowKey, list[BoundWorkflow]] = {}
    for workflow in program.workflows.values():
        for key in workflow.depends_on:
            found.setdefault(key, []).append(workflow)
    entry = program.workflow
    for one in found.values():
        if entry not in one:
            one.append(entry)
    return found
