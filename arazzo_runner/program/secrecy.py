"""Which values of a program are secrets: whatever is made of one, wherever it goes.

A value is a secret where its name says so, or a schema. From there it travels: into the outputs of steps and
workflows, into the inputs of called workflows, into parameters and bodies. Backwards too: what is handed over whole as
a password is one, though its first name did not say so. By this every field that a secret was put in is known before
the first request, and is hidden however short its value is (`redact`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from arazzo_runner.expressions.grammar import (
    Exchange,
    Expression,
    Input,
    Inputs,
    Output,
    Outputs,
    StepOutput,
    StepOutputs,
    WorkflowField,
    WorkflowFields,
)
from arazzo_runner.expressions.template import (
    CompiledValue,
    ListValue,
    ObjectValue,
    Template,
    Whole,
    expressions_of,
)
from arazzo_runner.program.marked_inputs import marked_inputs
from arazzo_runner.program.model import (
    BoundBody,
    BoundParameter,
    BoundStep,
    BoundWorkflow,
    OperationCall,
    WorkflowCall,
    WorkflowKey,
)
from arazzo_runner.redact import is_secret_name
from arazzo_runner.sources.openapi.marks import WHOLE, is_marked_schema, marked_in_answers, marked_in_requests
from arazzo_runner.sources.operations import Operation

_FIELD = re.compile(r'"([^"\\]+)"\s*:\s*"?\Z|([^=&?\s"<>]+)=\Z|<(?:[\w.-]+:)?([\w.-]+)[^<>]*>\Z')
_ROUNDS = 20
"""So often the program is walked through: secrets that travel against its order through more steps stay unmarked."""

Workflows = Mapping[WorkflowKey, BoundWorkflow]


def with_secrets_marked(workflows: Workflows) -> dict[WorkflowKey, BoundWorkflow]:
    """Return the workflows of a program with every input, output, parameter and member of a body marked."""
    paths = _Paths.of(workflows)
    for _ in range(_ROUNDS):
        before = paths.size()
        for workflow in workflows.values():
            paths.follow(workflow)
        if paths.size() == before:
            break
    return {key: _marked(paths, workflow) for key, workflow in workflows.items()}


@dataclass(slots=True)
class _Paths:
    """What is known to be secret: inputs and outputs of workflows, outputs of steps, members of bodies by schema."""

    workflows: Workflows
    inputs: dict[WorkflowKey, set[str]]
    outputs: dict[WorkflowKey, set[str]]
    steps: dict[tuple[WorkflowKey, str], set[str]]
    nested: dict[WorkflowKey, dict[str, frozenset[str]]]
    by_schema: dict[tuple[str, str, tuple[str | int, ...]], frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, workflows: Workflows) -> _Paths:
        """Return what names and schemas alone say."""
        return cls(
            workflows,
            {key: set(workflow.inputs.secret) for key, workflow in workflows.items()},
            {key: set(workflow.secret_outputs) for key, workflow in workflows.items()},
            {(key, step.step_id): set(step.secret_outputs) for key, one in workflows.items() for step in one.steps},
            {key: marked_inputs(workflow.inputs) for key, workflow in workflows.items()},
        )

    def size(self) -> int:
        """Return how much is known."""
        return sum(len(names) for known in (self.inputs, self.outputs, self.steps) for names in known.values())

    def members(self, operation: Operation, side: str) -> frozenset[str]:
        """Return the members that an operation marks in its requests (`request`) or its answers (`response`)."""
        place = (side, operation.document.uri, operation.at)
        if place not in self.by_schema:
            self.by_schema[place] = (marked_in_requests if side == "request" else marked_in_answers)(operation)
        return self.by_schema[place]

    def follow(self, workflow: BoundWorkflow) -> None:
        """Follow secrets through a workflow, forwards and backwards."""
        key = workflow.key
        for dependency in workflow.depends_on:
            shared = self.inputs[key] & set(self.workflows[dependency].inputs.properties)
            self.inputs[dependency] |= shared
        for step in workflow.steps:
            self._sent(key, step)
            self._named(key, step, step.outputs, self.steps[key, step.step_id])
            for action in (*step.on_success, *step.on_failure):
                if action.workflow is not None:
                    self._handed_over(key, step, action.workflow)
        self._named(key, None, workflow.outputs, self.outputs[key])

    def _sent(self, key: WorkflowKey, step: BoundStep) -> None:
        if isinstance(step.call, WorkflowCall):
            self._handed_over(key, step, step.call)
            return
        for parameter in step.call.parameters:
            if is_secret_name(parameter.name) or is_marked_schema(parameter.declared.schema):
                self._comes_from(key, parameter.value)
        if step.call.body is not None and step.call.body.payload is not None:
            known = self.members(step.call.operation, "request")
            for name, value in _members(step.call.body.payload):
                if is_secret_name(name) or name in known:
                    self._comes_from(key, value)

    def _handed_over(self, key: WorkflowKey, step: BoundStep, call: WorkflowCall) -> None:
        known = self.inputs[call.workflow]
        for argument in call.arguments:
            if argument.name in known:
                self._comes_from(key, argument.value)
            elif self.is_secret(key, step, argument.value):
                known.add(argument.name)

    def _named(
        self, key: WorkflowKey, step: BoundStep | None, outputs: Iterable[tuple[str, CompiledValue]], known: set[str]
    ) -> None:
        for name, value in outputs:
            if name in known:
                self._comes_from(key, value)
            elif self.is_secret(key, step, value):
                known.add(name)

    def _comes_from(self, key: WorkflowKey, value: CompiledValue) -> None:
        """Mark the one input or output that a secret is, or that a text holds (`Bearer {$steps.login.outputs.x}`)."""
        if not isinstance(value, Whole | Template):
            return
        match expressions_of(value):
            case (Input(name=name, pointer=None, navigation=()),) if name in self.workflows[key].inputs.properties:
                self.inputs[key].add(name)
            case (StepOutput(step=step, name=name, pointer=None, navigation=()),) if (key, step) in self.steps:
                self.steps[key, step].add(name)

    def is_secret(self, key: WorkflowKey, step: BoundStep | None, value: CompiledValue) -> bool:
        """Tell whether a value is made of a secret."""
        return any(self._gives(key, step, expression) for expression in expressions_of(value))

    def _gives(self, key: WorkflowKey, step: BoundStep | None, expression: Expression) -> bool:
        """Tell whether what an expression gives is, or holds, a secret."""
        match expression:
            case Input(name=name):
                inside = _inner_names(expression)
                return name in self.inputs[key] or _any_secret((name, *inside), self.nested[key].get(name, ()))
            case Inputs():
                return bool(self.inputs[key])
            case StepOutput(step=other, name=name):
                return name in self.steps.get((key, other), ()) or _any_secret((name, *_inner_names(expression)))
            case StepOutputs(step=other):
                return bool(self.steps.get((key, other)))
            case Output(name=name):
                return name in self._callee(key, step) or _any_secret((name, *_inner_names(expression)))
            case Outputs():
                return bool(self._callee(key, step))
            case WorkflowField(workflow=other, side=side, name=name):
                return name in self._side(other, side) or _any_secret((name, *_inner_names(expression)))
            case WorkflowFields(workflow=other, side=side):
                return bool(self._side(other, side))
            case Exchange():
                return self._of_exchange(key, step, expression)
        return False

    def _callee(self, key: WorkflowKey, step: BoundStep | None) -> set[str]:
        called = isinstance(step.call, WorkflowCall) if step is not None else False
        return self.outputs.get(step.call.workflow, set()) if step and called else self.outputs[key]  # type: ignore[union-attr]  # it is a WorkflowCall

    def _side(self, workflow: str, side: str) -> set[str]:
        known = self.inputs if side == "inputs" else self.outputs
        return {name for key, names in known.items() if key.workflow_id == workflow for name in names}

    def _of_exchange(self, key: WorkflowKey, step: BoundStep | None, expression: Exchange) -> bool:
        """Tell whether what is read of a request or an answer is a secret, by its name or by its schema."""
        names = (expression.name, *_inner_names(expression))
        if _any_secret(names) or step is None or not isinstance(step.call, OperationCall):
            return _any_secret(names)
        if expression.part == "body":
            return _any_secret(names, self.members(step.call.operation, expression.side) - {WHOLE})
        sent = step.call.parameters if expression.side == "request" else ()
        return any(one.name == expression.name and self.is_secret(key, step, one.value) for one in sent)


def _inner_names(expression: Expression) -> tuple[str, ...]:
    """Return the names that an expression goes through inside the value that it names."""
    pointer = getattr(expression, "pointer", None) or ()
    return tuple(str(token) for token in (*pointer, *getattr(expression, "navigation", ())))


def _any_secret(names: Iterable[str], marked: Iterable[str] = ()) -> bool:
    marked = frozenset(marked)
    return any(name in marked or is_secret_name(name) for name in names)


def _members(payload: CompiledValue, name: str = WHOLE) -> Iterator[tuple[str, CompiledValue]]:
    """Yield the values of a payload, each with the name of the member that it stands under."""
    match payload:
        case ObjectValue(members):
            for inner, value in members:
                yield from _members(value, inner)
        case ListValue(items):
            for value in items:
                yield from _members(value, name)
        case Template(parts):
            for before, part in zip(("", *parts), parts, strict=False):
                if not isinstance(part, str):
                    yield _named_in(before if isinstance(before, str) else "", name), Whole(part)
        case _:
            yield name, payload


def _named_in(before: str, name: str) -> str:
    """Return the name of the field whose value begins where a text ends: of JSON, a form or XML; else the outer one."""
    found = _FIELD.search(before, max(0, len(before) - 200))
    return next(filter(None, found.groups())) if found else name


def _marked(paths: _Paths, workflow: BoundWorkflow) -> BoundWorkflow:
    key = workflow.key
    marked = replace(
        workflow,
        inputs=replace(workflow.inputs, secret=frozenset(paths.inputs[key])),
        secret_outputs=frozenset(paths.outputs[key]),
        steps=tuple(_marked_step(paths, key, step) for step in workflow.steps),
    )
    return workflow if marked == workflow else marked


def _marked_step(paths: _Paths, key: WorkflowKey, step: BoundStep) -> BoundStep:
    secret_outputs = frozenset(paths.steps[key, step.step_id])
    if isinstance(step.call, WorkflowCall):
        return replace(step, secret_outputs=secret_outputs)
    operation, body = step.call.operation, step.call.body
    call = replace(
        step.call,
        parameters=tuple(_marked_parameter(paths, key, step, one) for one in step.call.parameters),
        body=None if body is None else replace(body, secret=frozenset(_secret_members(paths, key, step, body))),
        secret=paths.members(operation, "response"),
    )
    return replace(step, call=call, secret_outputs=secret_outputs)


def _marked_parameter(paths: _Paths, key: WorkflowKey, step: BoundStep, parameter: BoundParameter) -> BoundParameter:
    secret = is_marked_schema(parameter.declared.schema) or paths.is_secret(key, step, parameter.value)
    return replace(parameter, secret=True) if secret and not parameter.secret else parameter


def _secret_members(paths: _Paths, key: WorkflowKey, step: BoundStep, body: BoundBody) -> Iterator[str]:
    """Yield the names of the members of a body that hold a secret; the empty name where the whole body is one."""
    yield from paths.members(step.call.operation, "request") if isinstance(step.call, OperationCall) else ()
    values = [] if body.payload is None else list(_members(body.payload))
    values += [(name, value) for one in body.replacements for name, value in _members(one.value, _last(one.target))]
    for name, value in values:
        if paths.is_secret(key, step, value):
            yield name
        for expression in expressions_of(value):
            if isinstance(expression, Input):
                yield from paths.nested[key].get(expression.name, ())
            elif isinstance(expression, Inputs):
                yield from (each for names in paths.nested[key].values() for each in names)


def _last(target: str) -> str:
    """Return the last name in the target of a replacement, of whatever language; the empty name where there is none."""
    names = "".join(character if character.isalnum() or character in "_-" else " " for character in target).split()
    names = [name for name in names if not name.isdecimal()]
    return names[-1] if names else WHOLE
