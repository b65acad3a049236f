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
from arazzo_runner.expressions.template import CompiledValue
from arazzo_runner.sources.operations import MediaType, Operation, OperationParameter
from arazzo_runner.values import JSON, Path


class WorkflowKey(NamedTuple):
    """Names one workflow of the program: its document's URI and its id (an id is unique in its document alone)."""

    document: str
    workflow_id: str


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


@dataclass(frozen=True, slots=True)
class BoundBody:
    """A request body: `content_type` is as the document gives it (None: by the operation, else by the payload)."""

    content_type: str | None
    payload: CompiledValue | None
    media: Mapping[str, MediaType]
    at: Path = ()


@dataclass(frozen=True, slots=True)
class OperationCall:
    """A step's target that is an API operation."""

    operation: Operation
    parameters: tuple[BoundParameter, ...] = ()
    body: BoundBody | None = None


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
    """A success or failure action. `workflow` is its target or reference, `step_id` a step of the same workflow."""

    name: str
    type: str
    criteria: tuple[Check, ...] = ()
    step_id: str | None = None
    workflow: WorkflowCall | None = None
    retry_after: float = 0.0
    retry_limit: int = 1


@dataclass(frozen=True, slots=True)
class BoundStep:
    """A step, ready to run. `outputs` keep the order of the document; `at` is where it stands in its `document`.

    `timeout` is in seconds. `secret_outputs` are the outputs whose values no output of the program may show.
    """

    step_id: str
    call: OperationCall | WorkflowCall
    criteria: tuple[Check, ...] = ()
    on_success: tuple[BoundAction, ...] = ()
    on_failure: tuple[BoundAction, ...] = ()
    outputs: tuple[tuple[str, CompiledValue], ...] = ()
    secret_outputs: frozenset[str] = frozenset()
    timeout: float | None = None
    at: Path = ()
    document: Description | None = field(default=None, repr=False, compare=False)

    @property
    def span(self) -> Span | None:
        """Where the step's id stands; looked up when it is asked for, which is seldom."""
        return None if self.document is None else self.document.span((*self.at, "stepId"))


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
