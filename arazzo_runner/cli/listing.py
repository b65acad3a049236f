"""What a document offers and wants: its workflows with inputs, steps and outputs, the servers, the credentials.

Read without judging: a step whose operation can't be found is listed with the reason, so that a document can be looked
at before it is sound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from arazzo_runner.cli.calls import taking_part
from arazzo_runner.cli.connection import shown_proxy
from arazzo_runner.cli.inputs import variable
from arazzo_runner.diagnostics import Severity
from arazzo_runner.document.model import Components, Description, Parameter, Reusable, SourceDescription, Step, Workflow
from arazzo_runner.profiles.profile import Profile
from arazzo_runner.program.accepted_types import accepted_types, described, ordered_types
from arazzo_runner.program.compile import Compilation
from arazzo_runner.program.input_schema import describe_inputs
from arazzo_runner.program.model import InputSchema, WorkflowKey
from arazzo_runner.redact import REDACTED, is_secret_name
from arazzo_runner.sources.location import name_of
from arazzo_runner.sources.lookup import find_operation
from arazzo_runner.sources.operations import Operation, Server
from arazzo_runner.sources.reach import sources_in_reach
from arazzo_runner.sources.registry import ApiSource, Registry
from arazzo_runner.sources.security import Present, Want, apply, placed, requirements
from arazzo_runner.sources.servers import Unreachable, resolve_server
from arazzo_runner.values import JSON


@dataclass(frozen=True, slots=True)
class InputEntry:
    """An input. `types` are JSON types, all of them where the schema says nothing; `default` counts only with one."""

    name: str
    types: tuple[str, ...]
    required: bool
    secret: bool
    has_default: bool
    default: JSON
    choices: tuple[JSON, ...]
    description: str
    variable: str


@dataclass(frozen=True, slots=True)
class StepEntry:
    """A step: an operation (`method`, `path`), or the workflow that it calls, or the problem with finding either."""

    step_id: str
    description: str
    source: str = ""
    operation_id: str = ""
    method: str = ""
    path: str = ""
    workflow: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class CredentialEntry:
    """Credentials that steps want: one of the `alternatives`, each whole.

    A step of another workflow that takes part is named ``workflow:step``. Where the document sets the credential
    itself, nothing is wanted, and `placed` has location and name of what it sets.
    """

    steps: tuple[str, ...]
    alternatives: tuple[tuple[Want, ...], ...]
    placed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OutputEntry:
    """An output; the value of a secret one is shown nowhere unless asked for."""

    name: str
    secret: bool


@dataclass(frozen=True, slots=True)
class WorkflowEntry:
    """A workflow. `opens` tells that it takes inputs which it does not name.

    `named` are sources, with the file or URL of each, that a command to run it has to name.
    """

    workflow_id: str
    summary: str
    description: str
    depends_on: tuple[str, ...]
    inputs: tuple[InputEntry, ...]
    opens: bool
    steps: tuple[StepEntry, ...]
    outputs: tuple[OutputEntry, ...]
    credentials: tuple[CredentialEntry, ...]
    named: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ServerEntry:
    """A server that steps call: its URL as written, and as it is called (empty: `problem` says why there is none).

    `proxy` is the environment's for it, without credentials; empty where it is reached straight.
    """

    source: str
    server: Server
    calls: str
    problem: str = ""
    proxy: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A document as `arazzo show` shows it. `profile` is what a run of it would use.

    `found` are the sources that were read from another file than their url says, by name (P13).
    """

    description: Description
    sources: tuple[SourceDescription, ...]
    servers: tuple[ServerEntry, ...]
    workflows: tuple[WorkflowEntry, ...]
    profile: Profile | None = None
    found: Mapping[str, ApiSource] = field(default_factory=dict)


def listing(
    description: Description, registry: Registry, only: str | None = None, given: Mapping[str, str] | None = None
) -> Listing:
    """List what a document holds; `only` names the one workflow to list, `given` are sources that the caller named."""
    found = {name: source for name, source in registry.sources(description).items() if source.moved}
    # A run is refused a credential for a source that was searched for, and not for one that is named (P13).
    named = {**{name: name_of(source.uri) for name, source in found.items()}, **(given or {})}
    reader = _Reader(description, registry, named)
    flows = [flow for flow in description.workflows if only in (None, flow.workflow_id)]
    workflows = tuple(reader.workflow(flow) for flow in flows)
    return Listing(description, description.source_descriptions, tuple(reader.servers.values()), workflows, found=found)


@dataclass(slots=True)
class _Reader:
    description: Description
    registry: Registry
    named: Mapping[str, str]
    servers: dict[tuple[str, str], ServerEntry] = field(default_factory=dict)

    def workflow(self, flow: Workflow) -> WorkflowEntry:
        schema = describe_inputs(self.description, flow, self.registry.documents)
        reached = sources_in_reach(self.description, [flow.workflow_id])
        return WorkflowEntry(
            workflow_id=flow.workflow_id,
            summary=flow.summary,
            description=flow.description,
            depends_on=flow.depends_on,
            inputs=tuple(_inputs(schema)),
            opens=schema.opens,
            steps=tuple(self._step(self.description, flow, step)[0] for step in self._in_order(flow)),
            outputs=tuple(OutputEntry(name, is_secret_name(name)) for name in flow.outputs),
            credentials=tuple(self._called(flow)),
            named=tuple((name, file) for name, file in self.named.items() if name in reached),
        )

    def _in_order(self, flow: Workflow) -> tuple[Step, ...]:
        """Return the steps in the order in which they run; as written where that is not known, for a fault."""
        if not any(step.depends_on for step in flow.steps):
            return flow.steps
        key = WorkflowKey(self.description.source.uri, flow.workflow_id)
        bound = Compilation(self.description, self.registry).bound(key).workflow
        if bound is None or any(step.step_id not in bound.positions for step in flow.steps):
            return flow.steps
        return tuple(sorted(flow.steps, key=lambda step: bound.positions[step.step_id]))

    def _called(self, flow: Workflow) -> Iterator[CredentialEntry]:
        """Note the servers that are called when a workflow runs, and yield the credentials that are wanted then."""
        wanted: dict[CredentialEntry, list[str]] = {}
        for call in taking_part(self.description, flow, self.registry):
            own = call.workflow is flow
            for step in call.workflow.steps:
                operation = self._step(call.document, call.workflow, step)[1]
                if operation is not None:
                    self._server(operation)
                    present = _present((*call.workflow.parameters, *step.parameters), call.document.components)
                    label = step.step_id if own else f"{call.workflow.workflow_id}:{step.step_id}"
                    for entry in _credentials(operation, present):
                        wanted.setdefault(entry, []).append(label)
        for entry, labels in wanted.items():
            yield replace(entry, steps=tuple(labels))

    def _step(self, document: Description, flow: Workflow, step: Step) -> tuple[StepEntry, Operation | None]:
        if step.workflow_id is not None:
            return StepEntry(step.step_id, step.description, workflow=step.workflow_id), None
        if step.channel_path is not None:
            return StepEntry(step.step_id, step.description, problem="it uses a channel, which is not supported"), None
        found = find_operation(step, document, self.registry, inherited=flow.parameters)
        operation = found.operation
        if operation is None:
            reasons = (each.message for each in found.diagnostics if each.severity is Severity.ERROR)
            wanted = step.operation_id or step.operation_path
            unread = f"the source of '{wanted}' can't be read" if wanted else "it names no operation and no workflow"
            return StepEntry(step.step_id, step.description, problem=next(reasons, unread)), None
        entry = StepEntry(
            step.step_id,
            step.description,
            operation.source,
            operation.operation_id or "",
            operation.method,
            operation.path,
        )
        return entry, operation

    def _server(self, operation: Operation) -> None:
        server = operation.servers[0] if operation.servers else Server("")
        found = resolve_server(operation)
        calls, problem = ("", found.reason) if isinstance(found, Unreachable) else (found.url, "")
        entry = ServerEntry(operation.source, server, calls, problem, shown_proxy(calls) if calls else "")
        self.servers.setdefault((operation.source, server.url), entry)


def _credentials(operation: Operation, present: Present) -> Iterator[CredentialEntry]:
    """Yield what an operation wants, with no steps yet; nothing for one that asks for no credential."""
    if apply(operation, {}, present).missing:
        yield CredentialEntry((), requirements(operation))
    elif apply(operation, {}).missing:
        yield CredentialEntry((), (), placed(operation, present))


def _inputs(schema: InputSchema) -> Iterator[InputEntry]:
    """Yield the declared inputs in the order of the document, then those that are required alone."""
    for name in dict.fromkeys((*schema.properties, *schema.required)):
        declared = schema.properties.get(name, True)
        said = described(declared, schema.schema)
        secret, text, choices = name in schema.secret or is_secret_name(name), said.get("description"), said.get("enum")
        yield InputEntry(
            name=name,
            types=ordered_types(accepted_types(declared, schema.schema)),
            required=name in schema.required,
            secret=secret,
            has_default="default" in said,
            default=REDACTED if secret and "default" in said else said.get("default"),
            choices=tuple(choices) if isinstance(choices, list) else (),
            description=text if isinstance(text, str) else "",
            variable=variable(name),
        )


def _present(parameters: Iterable[Parameter | Reusable], components: Components) -> Present:
    """Return the names that a step sets itself, so that no credential is wanted for them."""
    names: dict[str, set[str]] = {"header": set(), "query": set(), "cookie": set()}
    for item in parameters:
        followed = item
        if isinstance(item, Reusable):
            followed = components.parameters.get(item.reference.removeprefix("$components.parameters."), item)
        if isinstance(followed, Parameter) and followed.location in names:
            names[followed.location].add(followed.name)
    return Present(frozenset(names["header"]), frozenset(names["query"]), frozenset(names["cookie"]))
