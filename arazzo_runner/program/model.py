"""A program: an Arazzo Description with everything looked up, parsed and bound, ready to run.

Nothing here is text that still has to be read: expressions and conditions are compiled, operations are found,
Reusable Objects are followed, workflow-level parameters and actions are merged into each step. The engine walks these
values and looks up nothing but steps by their position.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol, TypeAlias

from arazzo_runner.criteria.verdict import Check
from arazzo_runner.diagnostics import Diagnostic, Span
from arazzo_runner.document.model import Description
from arazzo_runner.expressions.grammar import Expression
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.expressions.template import CompiledValue
from arazzo_runner.query.target import BodyForm, BodyTarget
from arazzo_runner.sources.operations import MediaType, Operation, OperationParameter
from arazzo_runner.values import JSON, Nothing, Path


class WorkflowKey(NamedTuple):
    """Names one workflow of the program: its document's URI and its id (an id is unique in its document alone)."""

    document: str
    workflow_id: str


class StepKey(NamedTuple):
    """Names one step of the program: its workflow and its id."""

    workflow: WorkflowKey
    step_id: str


@dataclass(frozen=True, slots=True)
class Dependency:
    """A step that must have completed before another one starts; `at` is where that one names it (DEP-26)."""

    step: StepKey
    at: Path = ()


@dataclass(frozen=True, slots=True)
class BoundParameter:
    """A parameter of an operation call: its value, and how the API description wants it serialised.

    `declared` is the operation's own declaration, or the default one of its place where there is none. `at` is where
    the parameter stands in the document. `secret` tells that its value is, or holds, a secret: by an input or output.
    """

    name: str
    location: str
    value: CompiledValue
    declared: OperationParameter
    at: Path = ()
    is_declared: bool = True
    secret: bool = False


class FindTarget(Protocol):
    """Gives the target of a replacement for a body of some form, or says why there is none; never raises."""

    def __call__(self, form: BodyForm, scope: Scope) -> BodyTarget | Nothing:
        """Return the target; the reason of a Nothing is a clause about it."""


@dataclass(frozen=True, slots=True)
class BoundReplacement:
    """A replacement in a payload. `target` is as the document gives it, `find` what it means, `at` where it stands."""

    target: str
    find: FindTarget
    value: CompiledValue
    at: Path = ()


@dataclass(frozen=True, slots=True)
class BoundBody:
    """A request body: `content_type` is as the document gives it (None: by the operation, else by the payload).

    `replacements` are made in the evaluated payload, in their order; without a payload they build one. `literal` tells
    that no practical reading is applied to what has no form in its content type. `secret` are the names of its members
    that hold a secret; the empty name stands for the whole body.
    """

    content_type: str | None
    payload: CompiledValue | None
    media: Mapping[str, MediaType]
    at: Path = ()
    replacements: tuple[BoundReplacement, ...] = ()
    literal: bool = False
    secret: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OperationCall:
    """A step's target that is an API operation. `secret` are the names of members of its answers that are secrets."""

    operation: Operation
    parameters: tuple[BoundParameter, ...] = ()
    body: BoundBody | None = None
    secret: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Argument:
    """An input handed to a called workflow."""

    name: str
    value: CompiledValue


@dataclass(frozen=True, slots=True)
class WorkflowCall:
    """A step's or an action's target that is a workflow."""

    workflow: WorkflowKey
    arguments: tuple[Argument, ...] = ()


@dataclass(frozen=True, slots=True)
class BoundAction:
    """A success or failure action. `workflow` is its target or reference, `step_id` a step of the same workflow.

    `at` is where it stands in the document of its step.
    """

    name: str
    type: str
    criteria: tuple[Check, ...] = ()
    step_id: str | None = None
    workflow: WorkflowCall | None = None
    retry_after: float = 0.0
    retry_limit: int = 1
    at: Path = ()


@dataclass(frozen=True, slots=True)
class BoundStep:
    """A step, ready to run. `outputs` keep the order of the document; `at` is where it stands in its `document`.

    `timeout` is in seconds. `secret_outputs` are the outputs whose values no output of the program may show.
    `depends_on` are the steps that it names in `dependsOn`, of this workflow and of others.
    """

    step_id: str
    call: OperationCall | WorkflowCall
    criteria: tuple[Check, ...] = ()
    on_success: tuple[BoundAction, ...] = ()
    on_failure: tuple[BoundAction, ...] = ()
    outputs: tuple[tuple[str, CompiledValue], ...] = ()
    secret_outputs: frozenset[str] = frozenset()
    timeout: float | None = None
    depends_on: tuple[Dependency, ...] = ()
    at: Path = ()
    document: Description | None = field(default=None, repr=False, compare=False)

    @property
    def span(self) -> Span | None:
        """Where the step's id stands; looked up when it is asked for, which is seldom."""
        return None if self.document is None else self.document.span((*self.at, "stepId"))

    def output_span(self, name: str) -> Span | None:
        """Where an output of the step stands."""
        return None if self.document is None else self.document.span((*self.at, "outputs", name))


class Validator(Protocol):
    """A compiled JSON Schema, as the library gives it."""

    def iter_errors(self, instance: Any) -> Iterator[Any]:
        """Return what is wrong with the instance."""


@dataclass(frozen=True, slots=True)
class InputSchema:
    """The `inputs` of a workflow: the schema made self-contained, and what is read from it.

    `properties` maps each declared input to its schema; `closed` tells that no other may be given, `opens` that the
    schema says others may; `secret` are the inputs whose values nothing may show. `validator` is the compiled schema
    (None: anything is valid).
    """

    schema: JSON
    properties: Mapping[str, JSON] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    closed: bool = False
    opens: bool = False
    secret: frozenset[str] = frozenset()
    validator: Validator | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Mention:
    """An expression with the place of the string that holds it; `step_id` is the step that reads it.

    None stands for the workflow itself, whose outputs read it.
    """

    expression: Expression
    at: Path
    step_id: str | None = None


@dataclass(frozen=True, slots=True)
class BoundWorkflow:
    """A workflow, ready to run. `depends_on` run first; `positions` maps each stepId to its index in `steps`.

    `steps` are in the order in which they run, which is the document's unless dependencies ask for another (DEP-30).
    `mentions` are all expressions of the workflow, for those who judge it.
    """

    key: WorkflowKey
    steps: tuple[BoundStep, ...]
    positions: Mapping[str, int]
    inputs: InputSchema
    outputs: tuple[tuple[str, CompiledValue], ...] = ()
    secret_outputs: frozenset[str] = frozenset()
    depends_on: tuple[WorkflowKey, ...] = ()
    source_fields: Mapping[str, Mapping[str, JSON]] = field(default_factory=dict)
    self_uri: str | None = None
    mentions: tuple[Mention, ...] = field(default=(), repr=False)
    at: Path = ()
    document: Description | None = field(default=None, repr=False, compare=False)

    def output_span(self, name: str) -> Span | None:
        """Where an output of the workflow stands."""
        return None if self.document is None else self.document.span((*self.at, "outputs", name))


@dataclass(frozen=True, slots=True)
class Program:
    """What `compile` makes: the workflow to run and every workflow that it can reach."""

    entry: WorkflowKey
    workflows: Mapping[WorkflowKey, BoundWorkflow]
    warnings: tuple[Diagnostic, ...] = ()

    @property
    def workflow(self) -> BoundWorkflow:
        """The workflow to run."""
        return self.workflows[self.entry]


Target: TypeAlias = OperationCall | WorkflowCall
