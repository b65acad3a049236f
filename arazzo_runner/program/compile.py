"""From a description and its sources to a program: one workflow, and every workflow that it can reach.

Compiling finds every fault that could be known before the first request; it collects them all and raises none. What
the chosen workflow can't reach is not looked at. A `Compilation` binds each workflow once, whoever asks for it, so
that judging all workflows of a big document costs no more than its size.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from arazzo_runner.diagnostics import Diagnostic, has_errors
from arazzo_runner.document.model import Description, Workflow
from arazzo_runner.expressions.grammar import Dialect, WorkflowNames
from arazzo_runner.program import references
from arazzo_runner.program.characters import Characters
from arazzo_runner.program.circles import Circles
from arazzo_runner.program.documents import arazzo_documents, arazzo_sources, source_fields
from arazzo_runner.program.input_schema import read_input_schema
from arazzo_runner.program.model import BoundWorkflow, InputSchema, Program, WorkflowCall, WorkflowKey
from arazzo_runner.program.names import declared_names, workflow_names
from arazzo_runner.program.order import in_order
from arazzo_runner.program.outputs import bind_outputs
from arazzo_runner.program.secrecy import with_secrets_marked
from arazzo_runner.program.steps import bind_step
from arazzo_runner.program.unit import Unit
from arazzo_runner.redact import is_secret_name
from arazzo_runner.sources.registry import Registry

MAX_SHOWN = 10
"""Workflows of a circle that a message names."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """The program, and everything that was found on the way, in order.

    The program is None where an error was found, or where a step could not be bound for a fault that the document or
    the registry has told already (a field that is missing, a source that can't be read). `reached` are the workflows
    that were looked at, the entry first.
    """

    program: Program | None
    diagnostics: tuple[Diagnostic, ...] = ()
    reached: tuple[WorkflowKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Bound:
    """One workflow as compiled; `workflow` is None where it can't be, `whole` tells that nothing of it is left out."""

    workflow: BoundWorkflow | None
    diagnostics: tuple[Diagnostic, ...] = ()
    whole: bool = True


def compile_program(
    description: Description, registry: Registry, workflow_id: str, *, strict: bool = False
) -> Compiled:
    """Compile one workflow of a description with all that it can reach.

    `registry` holds the sources that were gathered for the description. `strict` turns the practical readings off.
    """
    return Compilation(description, registry, strict=strict).program(workflow_id)


class Compilation:
    """The workflows of a description and of its Arazzo sources, each bound when it is first asked for.

    `documents` are those documents by URI, the description first; each keeps to its own version (SRC-12).
    """

    def __init__(self, description: Description, registry: Registry, *, strict: bool = False) -> None:
        self.registry, self.strict = registry, strict
        self.documents = arazzo_documents(description, registry)
        self._uri = description.source.uri
        self._models = {
            WorkflowKey(uri, workflow.workflow_id): workflow
            for uri, document in self.documents.items()
            for workflow in reversed(document.workflows)  # of two with one id, the first is meant
        }
        self._bound: dict[WorkflowKey, Bound] = {}
        self._schemas: dict[WorkflowKey, tuple[InputSchema, tuple[Diagnostic, ...]]] = {}
        self._names: dict[str, dict[str, WorkflowNames]] = {}
        self._characters: dict[str, Characters] = {}
        self._circles = Circles(self._depended)

    def program(self, workflow_id: str) -> Compiled:
        """Return the program of one workflow of the description."""
        entry = WorkflowKey(self._uri, workflow_id)
        reached = self._reached(entry)
        found = tuple(dict.fromkeys(one for key in reached for one in self.bound(key).diagnostics))
        bound = {key: self.bound(key) for key in reached}
        workflows = {key: one.workflow for key, one in bound.items() if one.workflow is not None}
        if has_errors(found) or len(workflows) < len(reached) or not all(one.whole for one in bound.values()):
            return Compiled(None, found, reached)
        return Compiled(Program(entry, with_secrets_marked(workflows), found), found, reached)

    def bound(self, key: WorkflowKey) -> Bound:
        """Return one workflow as bound, without those that it leads to."""
        if key not in self._bound:
            self._bound[key] = self._bind(key)
        return self._bound[key]

    def model(self, key: WorkflowKey) -> Workflow | None:
        """Return a workflow as its document has it."""
        return self._models.get(key)

    def inputs_of(self, key: WorkflowKey) -> InputSchema:
        """Return the input schema of a workflow."""
        return self._schema(key)[0]

    def names(self, description: Description) -> dict[str, WorkflowNames]:
        """Return what the workflows of a document and its Arazzo sources declare; the document's own win (DEP-11)."""
        uri = description.source.uri
        if uri not in self._names:
            names: dict[str, WorkflowNames] = {}
            for one in (*arazzo_sources(description, self.registry).values(), description):
                names |= workflow_names(one, self.registry.documents)
            self._names[uri] = names
        return self._names[uri]

    def characters(self, description: Description) -> Characters:
        """Return what finds the characters of a document's strings."""
        uri = description.source.uri
        if uri not in self._characters:
            self._characters[uri] = Characters(description)
        return self._characters[uri]

    def _reached(self, entry: WorkflowKey) -> tuple[WorkflowKey, ...]:
        reached = {entry: None}
        queue = [entry]
        for key in queue:
            workflow = self.bound(key).workflow
            found = [one for one in _targets(workflow) if one not in reached] if workflow is not None else []
            queue += dict.fromkeys(found)
            reached |= dict.fromkeys(found)
        return tuple(reached)

    def _schema(self, key: WorkflowKey) -> tuple[InputSchema, tuple[Diagnostic, ...]]:
        if key not in self._schemas:
            workflow = self._models.get(key)
            nothing: tuple[InputSchema, tuple[Diagnostic, ...]] = (InputSchema(True), ())
            self._schemas[key] = nothing if workflow is None else self._read_schema(key, workflow)
        return self._schemas[key]

    def _read_schema(self, key: WorkflowKey, workflow: Workflow) -> tuple[InputSchema, tuple[Diagnostic, ...]]:
        return read_input_schema(self.documents[key.document], workflow, self.registry.documents, self.strict)

    def _bind(self, key: WorkflowKey) -> Bound:
        workflow = self._models.get(key)
        if workflow is None:
            return Bound(None)
        unit = self._unit(self.documents[key.document])
        if unit is None:
            return Bound(None)
        inputs, found = self._schema(key)
        unit.declared = declared_names(workflow, inputs, self.names(unit.description))
        bound = self._bound_workflow(unit, key, workflow, inputs)
        return Bound(bound, (*found, *unit.found), unit.whole)

    def _unit(self, description: Description) -> Unit | None:
        """Return what a document is compiled with; None where its version is not supported."""
        if description.features is None:
            return None
        dialect = Dialect(v1_1=description.features.v1_1, strict=self.strict)
        return Unit(description, self.registry, dialect, self.inputs_of, self.characters(description), self._models)

    def _bound_workflow(self, unit: Unit, key: WorkflowKey, workflow: Workflow, inputs: InputSchema) -> BoundWorkflow:
        bound = [bind_step(unit, workflow, step) for step in workflow.steps]
        steps = in_order(unit, key, [step for step in bound if step is not None])
        unit.whole = unit.whole and len(steps) == len(bound)
        depends_on = tuple(self._dependencies(unit, workflow))
        return BoundWorkflow(
            key=key,
            steps=steps,
            positions={step.step_id: index for index, step in enumerate(steps)},
            inputs=inputs,
            outputs=tuple(bind_outputs(unit, workflow.outputs, workflow.at)),
            secret_outputs=frozenset(name for name in workflow.outputs if is_secret_name(name)),
            depends_on=depends_on,
            source_fields=source_fields(unit.description),
            self_uri=unit.description.base_uri if unit.description.self_uri else None,
            mentions=tuple(unit.mentions),
            at=workflow.at,
            document=unit.description,
        )

    def _dependencies(self, unit: Unit, workflow: Workflow) -> Iterator[WorkflowKey]:
        """Yield the workflows that this one depends on; a circle is an error that shows its path (DEP-07)."""
        own = WorkflowKey(unit.description.source.uri, workflow.workflow_id)
        for index, name in enumerate(workflow.depends_on):
            at = (*workflow.at, "dependsOn", index)
            key = references.workflow_key(unit, name, at)
            if key is None:
                continue
            circle = self._circles.path(own, key)
            if circle:
                unit.error("dependency-circle", f"workflows depend on each other in a circle: {_shown(circle)}", at)
            else:
                yield key

    def _depended(self, key: WorkflowKey) -> tuple[WorkflowKey, ...]:
        workflow = self._models.get(key)
        unit = self._unit(self.documents[key.document])
        if workflow is None or unit is None:
            return ()
        found = (references.workflow_key(unit, name, ()) for name in workflow.depends_on)
        return tuple(one for one in found if one is not None)


def _shown(circle: tuple[WorkflowKey, ...]) -> str:
    names = [key.workflow_id for key in circle]
    if len(names) > MAX_SHOWN + 1:
        names = [*names[:MAX_SHOWN], f"... ({len(names) - MAX_SHOWN - 1} more)", names[-1]]
    return " -> ".join(names)


def _targets(workflow: BoundWorkflow) -> list[WorkflowKey]:
    """Return every workflow that a bound one can lead to: dependencies, called workflows, targets of actions."""
    targets = list(workflow.depends_on)
    for step in workflow.steps:
        if isinstance(step.call, WorkflowCall):
            targets.append(step.call.workflow)
        targets += [a.workflow.workflow for a in (*step.on_success, *step.on_failure) if a.workflow is not None]
    return targets
