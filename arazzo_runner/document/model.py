"""The Arazzo objects as frozen values (Arazzo 1.1, Schema).

The model says what is written, not what it means: expressions are still text, references are not followed. Each
object knows its place (`at`, the path from the document's root), so any finding can point into the text. A member
that is missing or of the wrong type is None or empty here, and a diagnostic of the loader says so; hence the model of
a broken document is partial, never absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from arazzo_runner.diagnostics import Diagnostic, Span
from arazzo_runner.document.source import Source
from arazzo_runner.values import JSON, Path


@dataclass(frozen=True, slots=True)
class FeatureSet:
    """What the `arazzo` field of a document switches on: its `major.minor` alone (Arazzo 1.1, Versions)."""

    major: int
    minor: int

    @property
    def v1_1(self) -> bool:
        """Whether the constructs that 1.1 added are in force."""
        return (self.major, self.minor) >= (1, 1)


@dataclass(frozen=True, slots=True)
class Info:
    """Info Object."""

    title: str
    version: str
    summary: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class SourceDescription:
    """Source Description Object. `type` is None where the document leaves it out."""

    name: str
    url: str
    type: str | None
    at: Path


@dataclass(frozen=True, slots=True)
class ExpressionType:
    """Expression Type Object, or the plain string form of `type` (then `version` is None)."""

    type: str
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """Criterion Object. `type` is ``ExpressionType("simple")`` where the document leaves it out."""

    condition: str
    at: Path
    context: str | None = None
    type: ExpressionType = ExpressionType("simple")
    type_given: bool = False


@dataclass(frozen=True, slots=True)
class Reusable:
    """Reusable Object: `reference` into components; `value` counts only where `has_value` (null is a value)."""

    reference: str
    at: Path
    value: JSON = None
    has_value: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """Parameter Object. `location` is the field `in` (None: left out); `value` is as written, expressions unread."""

    name: str
    location: str | None
    value: JSON
    at: Path


@dataclass(frozen=True, slots=True)
class Replacement:
    """Payload Replacement Object."""

    target: str
    value: JSON
    at: Path
    target_selector_type: ExpressionType | None = None


@dataclass(frozen=True, slots=True)
class RequestBody:
    """Request Body Object. `payload` counts only where `has_payload` (null is a payload)."""

    at: Path
    content_type: str | None = None
    payload: JSON = None
    has_payload: bool = False
    replacements: tuple[Replacement, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """Success Action Object or Failure Action Object; `type` is end, goto or (failure only) retry."""

    name: str
    type: str
    at: Path
    workflow_id: str | None = None
    step_id: str | None = None
    retry_after: float | None = None
    retry_limit: int | None = None
    criteria: tuple[Criterion, ...] = ()
    parameters: tuple[Parameter | Reusable, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """Step Object. Exactly one of the four targets is given in a sound document.

    `outputs` maps each name to what is written: an expression, or in 1.1 a Selector Object; null where it was
    neither, which has been told. In a 1.0 document the members that 1.1 added are empty, whatever is written.
    """

    step_id: str
    at: Path
    description: str = ""
    operation_id: str | None = None
    operation_path: str | None = None
    workflow_id: str | None = None
    channel_path: str | None = None
    parameters: tuple[Parameter | Reusable, ...] = ()
    request_body: RequestBody | None = None
    success_criteria: tuple[Criterion, ...] = ()
    on_success: tuple[Action | Reusable, ...] = ()
    on_failure: tuple[Action | Reusable, ...] = ()
    outputs: Mapping[str, JSON] = field(default_factory=dict)
    timeout: int | None = None
    depends_on: tuple[str, ...] = ()
    action: str | None = None
    correlation_id: JSON = None


@dataclass(frozen=True, slots=True)
class Workflow:
    """Workflow Object. `inputs` is the JSON Schema as written (None: left out; it may be a boolean)."""

    workflow_id: str
    at: Path
    summary: str = ""
    description: str = ""
    inputs: JSON = None
    depends_on: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    success_actions: tuple[Action | Reusable, ...] = ()
    failure_actions: tuple[Action | Reusable, ...] = ()
    outputs: Mapping[str, JSON] = field(default_factory=dict)
    parameters: tuple[Parameter | Reusable, ...] = ()

    def step(self, step_id: str) -> Step | None:
        """Return the step of that id (case counts), or None."""
        return next((step for step in self.steps if step.step_id == step_id), None)


@dataclass(frozen=True, slots=True)
class Components:
    """Components Object."""

    inputs: Mapping[str, JSON] = field(default_factory=dict)
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    success_actions: Mapping[str, Action] = field(default_factory=dict)
    failure_actions: Mapping[str, Action] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Description:
    """An Arazzo Description: the model of one document, with its text and what the loader found.

    `base_uri` is what relative references resolve against (Arazzo 1.1, Base URI): `$self` where the document has
    one, else where it was retrieved from. `features` is None where the version is missing or not supported.
    """

    source: Source = field(repr=False)
    version: str
    features: FeatureSet | None
    base_uri: str
    info: Info
    self_uri: str | None = None
    source_descriptions: tuple[SourceDescription, ...] = ()
    workflows: tuple[Workflow, ...] = ()
    components: Components = field(default_factory=Components)
    diagnostics: tuple[Diagnostic, ...] = ()

    def workflow(self, workflow_id: str) -> Workflow | None:
        """Return the workflow of that id (case counts), or None."""
        return next((flow for flow in self.workflows if flow.workflow_id == workflow_id), None)

    def span(self, path: Path, *, key: bool = False) -> Span:
        """Return where the node at `path` stands in the text."""
        return self.source.span(path, key=key)
