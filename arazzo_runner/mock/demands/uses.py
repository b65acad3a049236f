"""The uses of values in a workflow, each with what it wants: parameters, bodies, conditions, arguments, outputs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from arazzo_runner.coverage.edges import Edge, actions_of
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.expressions.template import CompiledValue, Constant, ObjectValue, Template, Whole
from arazzo_runner.mock.demands.conditions import Asked, asked_by
from arazzo_runner.mock.demands.demand import ANYTHING, PRESENT, SCALAR, Demand, Use
from arazzo_runner.mock.demands.described import Places
from arazzo_runner.mock.demands.parts import requires, types_of
from arazzo_runner.mock.demands.templates import structured
from arazzo_runner.mock.demands.travelling import as_text, members_as_text
from arazzo_runner.mock.plans import tokens_of
from arazzo_runner.program.bodies import body_form
from arazzo_runner.program.model import (
    BoundAction,
    BoundBody,
    BoundParameter,
    BoundReplacement,
    BoundStep,
    BoundWorkflow,
    OperationCall,
    Program,
    StepKey,
    WorkflowCall,
)
from arazzo_runner.query.target import BodyForm, Pointer
from arazzo_runner.sources.openapi import media
from arazzo_runner.sources.openapi.media import choose_content_type, media_for
from arazzo_runner.sources.openapi.scalars import Unserialisable
from arazzo_runner.sources.operations import OperationParameter, Schema
from arazzo_runner.values import JSON, Path, Value

_STRUCTURED: Final = frozenset(("array", "object"))


@dataclass(frozen=True, slots=True)
class Here:
    """Where an expression stands: the workflow, and the step that reads it (None: the workflow's outputs)."""

    workflow: BoundWorkflow
    step: BoundStep | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A value that is used, with what its use wants of it."""

    here: Here
    value: CompiledValue
    demand: Demand


class Uses:
    """Reads the uses out of workflows. `aims` are the edges that a run shall take: they are used too."""

    def __init__(self, program: Program, places: Places, aims: Iterable[Edge] = ()) -> None:
        self._program, self._places = program, places
        self._aims = {edge.step: edge for edge in aims}

    def of(self, workflow: BoundWorkflow) -> Iterator[Wanted]:
        """Yield what a workflow uses: the surest demands of each step first."""
        for step in workflow.steps:
            here = Here(workflow, step)
            match step.call:
                case OperationCall():
                    yield from self._request(here, step, step.call)
                case WorkflowCall():
                    yield from self._arguments(here, step, step.call)
            yield from self._judged(here, step)
            for action in step.on_success:
                yield from self._arguments(here, step, action.workflow) if action.workflow else ()
        for step in workflow.steps:
            yield from _read(Here(workflow, step), step.outputs, f"output of step '{step.step_id}'", (*step.at,))
        yield from _read(Here(workflow), workflow.outputs, "output of the workflow", workflow.at)

    # ------------------------------------------------------------ requests

    def _request(self, here: Here, step: BoundStep, call: OperationCall) -> Iterator[Wanted]:
        for parameter in call.parameters:
            if not isinstance(parameter.value, Constant):
                yield Wanted(here, parameter.value, self._of_parameter(step, parameter))
        if call.body is not None:
            yield from self._body(here, step, call, call.body)

    def _of_parameter(self, step: BoundStep, parameter: BoundParameter) -> Demand:
        declared = parameter.declared
        found = declared.schema or (declared.content.schema if declared.content else None)
        schema = self._places.laid_open(self._places.schema(found)) if parameter.is_declared else ANYTHING
        is_json = declared.content is not None and media.is_json(declared.content.name)
        fits = schema if is_json else as_text(schema)
        what = f"the {parameter.location} parameter '{parameter.name}' of step '{step.step_id}'"
        use = Use(what, step.document, parameter.at or step.at, found if parameter.is_declared else None)
        may_be_structured = bool(types_of(schema) & _STRUCTURED)
        form = ANYTHING if is_json or may_be_structured else SCALAR
        needed = parameter.location == "path" or declared.required
        return Demand(use, PRESENT, _shown(fits, declared), form, needed)

    def _body(self, here: Here, step: BoundStep, call: OperationCall, body: BoundBody) -> Iterator[Wanted]:
        start: Value = {} if isinstance(body.payload, ObjectValue) or body.payload is None else ""
        chosen = choose_content_type(body.content_type, call.operation.body, start)
        if isinstance(chosen, Unserialisable):
            return
        described = media_for(call.operation.body, chosen.value)
        found = described.schema if described else None
        use = Use(f"the body of step '{step.step_id}'", step.document, body.at or step.at, found)
        required = call.operation.body is not None and call.operation.body.required
        must, fits = self._content(chosen.value, found)
        is_text = body_form(chosen.value) is BodyForm.TEXT
        literal = is_text and body.literal  # else an object would go as its JSON text (BOD-15)
        demand = Demand(use, SCALAR if literal else must, fits, SCALAR if is_text else ANYTHING, required)
        if body.payload is not None:
            yield Wanted(here, _as_data(body.payload, chosen.value), demand)
        if body_form(chosen.value) is BodyForm.DATA:
            for one in body.replacements:
                yield from self._replacement(here, one, demand)

    def _content(self, content_type: str, found: Schema | None) -> tuple[JSON, JSON]:
        """Return what a body of a content type must be, and what its schema says."""
        schema = self._places.schema(found)
        if body_form(content_type) is BodyForm.TEXT:
            return PRESENT, ANYTHING
        if media.is_json(content_type) or media.is_xml(content_type):
            return ANYTHING, schema if media.is_json(content_type) else ANYTHING
        return ANYTHING, members_as_text(self._places.laid_open(schema))

    def _replacement(self, here: Here, one: BoundReplacement, demand: Demand) -> Iterator[Wanted]:
        target = one.find(BodyForm.DATA, Scope())
        if not isinstance(target, Pointer):
            return
        schema, required = demand.fits, True
        for token in target.tokens:
            required = required and requires(schema, token)
            schema = self._places.member(schema, token)
        use = replace(demand.use, what=f"the replacement at '{one.target}'", at=one.at or demand.use.at)
        yield Wanted(here, one.value, Demand(use, PRESENT, schema, absent_fails=required))

    # ------------------------------------------------------------ calls and conditions

    def _arguments(self, here: Here, step: BoundStep, call: WorkflowCall) -> Iterator[Wanted]:
        """Yield what the inputs of a called workflow say of the arguments."""
        callee = self._program.workflows.get(call.workflow)
        for argument in call.arguments if callee is not None else ():
            assert callee is not None
            schema = callee.inputs.properties.get(argument.name, ANYTHING)
            what = f"the input '{argument.name}' of workflow '{call.workflow.workflow_id}'"
            fits = self._places.declared(callee.inputs.schema, schema)
            needed = argument.name in callee.inputs.required
            demand = Demand(Use(what, step.document, step.at), ANYTHING, fits, absent_fails=needed)
            yield Wanted(here, argument.value, demand)

    def _judged(self, here: Here, step: BoundStep) -> Iterator[Wanted]:
        for check in step.criteria:
            yield from self._asked(here, step, asked_by(check), f"the criterion '{check.condition:.150}'")
        aim = self._aims.get(StepKey(here.workflow.key, step.step_id))
        if aim is not None:
            yield from self._asked(here, step, aimed_at(aim, step), f"the way to '{aim.wish}'")
            return
        for action in _back(here.workflow, step):
            if len(action.criteria) == 1:
                check = action.criteria[0]
                what = f"the way back '{action.name}' on '{check.condition:.150}'"
                yield from self._asked(here, step, asked_by(check, wanted=False), what)

    def _asked(self, here: Here, step: BoundStep, asked: Iterable[Asked], what: str) -> Iterator[Wanted]:
        use = Use(f"{what} of step '{step.step_id}'", step.document, step.at)
        for one in asked:
            fits = ANYTHING
            if one.answer is not None and one.answer.part == "body" and isinstance(step.call, OperationCall):
                fits = self._places.answered(step.call.operation, tokens_of(one.answer))
            yield Wanted(here, Whole(one.expression), Demand(use, one.must, fits, tie=one.tie))


def aimed_at(edge: Edge, step: BoundStep) -> Iterator[Asked]:
    """Yield what an edge wants of what was there before its answer: its criteria hold, no action before it fires."""
    actions = actions_of(step, edge.passed)
    for action in actions[edge.index : edge.index + 1]:
        for check in action.criteria:
            yield from asked_by(check)
    for action in actions[: edge.index]:
        broken = (asked for check in action.criteria if (asked := asked_by(check, wanted=False)))
        yield from next(broken, ())


def _shown(fits: JSON, declared: OperationParameter) -> JSON:
    """Put the examples of a parameter beside its schema: an input that is made for it is best one of them."""
    return {"allOf": [fits], "examples": list(declared.examples)} if declared.examples else fits


def _as_data(payload: CompiledValue, content_type: str) -> CompiledValue:
    if isinstance(payload, Template) and media.is_json(content_type):
        return structured(payload) or payload
    return payload


def _back(workflow: BoundWorkflow, step: BoundStep) -> Iterator[BoundAction]:
    """Yield the success actions that lead, on conditions, to a step that comes before, or to this one."""
    here = workflow.positions[step.step_id]
    for action in step.on_success:
        if action.criteria and action.step_id is not None and workflow.positions.get(action.step_id, here + 1) <= here:
            yield action


def _read(here: Here, outputs: tuple[tuple[str, CompiledValue], ...], what: str, at: Path) -> Iterator[Wanted]:
    """Yield what outputs read: it should be there, though nothing fails without it (P19)."""
    for name, value in outputs:
        if not isinstance(value, Constant):
            document = here.workflow.document
            use = Use(f"the {what} '{name}'", document, (*at, "outputs", name))
            yield Wanted(here, value, Demand(use, ANYTHING, PRESENT, absent_fails=False))
