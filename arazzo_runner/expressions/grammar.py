"""The runtime expressions as values (Arazzo 1.1, Runtime Expressions; 1.0.1 where a document says so).

An expression is one frozen node: a root, what it names, and the steps of navigation behind it. `navigation` is empty
for what the grammar knows; the practical readings (P2) and the operators `.` and `[n]` of simple conditions fill it.
`text` is the source text of the expression, for messages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from arazzo_runner.values import Path

Tokens: TypeAlias = tuple[str, ...]
"""The decoded reference tokens of a JSON Pointer; empty for the whole value."""


@dataclass(frozen=True, slots=True)
class Url:
    """``$url``: the URL of the request as sent."""

    text: str
    navigation: Path = ()


@dataclass(frozen=True, slots=True)
class Method:
    """``$method``: the HTTP method, in upper case."""

    text: str
    navigation: Path = ()


@dataclass(frozen=True, slots=True)
class StatusCode:
    """``$statusCode``: the HTTP status, a number."""

    text: str
    navigation: Path = ()


@dataclass(frozen=True, slots=True)
class Self:
    """``$self`` (1.1): the canonical URI of the current description."""

    text: str
    navigation: Path = ()


@dataclass(frozen=True, slots=True)
class Exchange:
    """``$request.*``, ``$response.*`` or ``$message.*`` (1.1).

    `side` is request, response or message; `part` is header, query, path, body or payload; `name` is the header,
    query or path parameter (empty for body and payload); `pointer` is None where none is written.
    """

    text: str
    side: str
    part: str
    name: str = ""
    pointer: Tokens | None = None
    navigation: Path = ()


@dataclass(frozen=True, slots=True)
class Input:
    """``$inputs.name``: an input of the current workflow."""

    text: str
    name: str
    pointer: Tokens | None = None
    navigation: Path = ()


@dataclass(frozen=True, slots=True)
class Output:
    """``$outputs.name``: an output of the workflow that a step called, else of the current one."""

    text: str
    name: str
    pointer: Tokens | None = None
    navigation: Path = ()


@dataclass(frozen=True, slots=True)
class StepOutput:
    """``$steps.step.outputs.name``: the latest output of a step of the current workflow."""

    text: str
    step: str
    name: str
    pointer: Tokens | None = None
    navigation: Path = ()


@dataclass(frozen=True, slots=True)
class WorkflowField:
    """``$workflows.workflow.inputs.name`` or ``.outputs.name``: of a workflow that has run; `side` tells which."""

    text: str
    workflow: str
    side: str
    name: str
    pointer: Tokens | None = None
    navigation: Path = ()


@dataclass(frozen=True, slots=True)
class Inputs:
    """``$inputs``: all inputs of the current workflow, by their names (practical reading EXP-13)."""

    text: str
    navigation: Path = ()


@dataclass(frozen=True, slots=True)
class Outputs:
    """``$outputs``: all that ``$outputs.name`` can read, by its names (practical reading EXP-13)."""

    text: str
    navigation: Path = ()


@dataclass(frozen=True, slots=True)
class StepOutputs:
    """``$steps.step.outputs``: all outputs of a step, by their names (practical reading EXP-13)."""

    text: str
    step: str
    navigation: Path = ()


@dataclass(frozen=True, slots=True)
class WorkflowFields:
    """``$workflows.workflow.inputs`` or ``.outputs``: all of them, by their names (practical reading EXP-13)."""

    text: str
    workflow: str
    side: str
    navigation: Path = ()


@dataclass(frozen=True, slots=True)
class SourceReference:
    """``$sourceDescriptions.source.reference``: an operation, workflow or field of a Source Description."""

    text: str
    source: str
    reference: str
    navigation: Path = ()


@dataclass(frozen=True, slots=True)
class Component:
    """``$components.kind.name``, where `kind` is parameters, successActions or failureActions."""

    text: str
    kind: str
    name: str
    navigation: Path = ()


Expression: TypeAlias = (
    Url
    | Method
    | StatusCode
    | Self
    | Exchange
    | Input
    | Output
    | StepOutput
    | WorkflowField
    | Inputs
    | Outputs
    | StepOutputs
    | WorkflowFields
    | SourceReference
    | Component
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text is to be read: by the grammar of 1.1 or 1.0, strictly or with the practical readings."""

    v1_1: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True)
class WorkflowNames:
    """The names that a workflow declares; None where its input schema is open (any input may be given)."""

    inputs: frozenset[str] | None
    outputs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Declared:
    """The names in reach of an expression: they decide where a name with dots ends (P1, P2, P5, SIM-18).

    `inputs` holds the declared inputs, `open_inputs` tells that others may be given too; `secret_inputs` are those
    that must not reach a payload by practical reading P1; `steps` maps each step of the workflow to its outputs;
    `workflows` maps each workflow of the document to its names; `outputs` are the names that ``$outputs`` can read
    here. None stands for "not known".
    """

    inputs: frozenset[str] = frozenset()
    open_inputs: bool = False
    secret_inputs: frozenset[str] = frozenset()
    steps: dict[str, frozenset[str]] | None = None
    workflows: dict[str, WorkflowNames] | None = None
    outputs: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text is no expression or condition: what was found, where (`offset` in code points), what to do."""

    message: str
    offset: int
    help: str = ""
    code: str = "expression-malformed"


@dataclass(frozen=True, slots=True)
class Patch:
    """What to write in the place of the characters from `start` to `end`, so that nothing has to be read in practice.

    `safe` tells that it means just what was read. `becomes_simple` and `drops_context` tell that the criterion whose
    condition it is gets that type, and loses its context.
    """

    start: int
    end: int
    text: str
    safe: bool = True
    becomes_simple: bool = False
    drops_context: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """A practical reading that was applied: its code (``reading-P1``), what was read how, and the standard spelling.

    `patch` writes the standard spelling, where that can be done in the text that was read alone.
    """

    code: str
    message: str
    offset: int
    standard: str = ""
    patch: Patch | None = None
