"""From a description and its sources to a program: one workflow, and every workflow that it can reach.

Compiling finds every fault that could be known before the first request; it collects them all and raises none. What
the chosen workflow can't reach is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from arazzo_runner.diagnostics import Diagnostic, has_errors
from arazzo_runner.document.model import Description, Workflow
from arazzo_runner.expressions.grammar import Dialect, WorkflowNames
from arazzo_runner.program import references
from arazzo_runner.program.input_schema import read_input_schema
from arazzo_runner.program.model import BoundStep, BoundWorkflow, InputSchema, Program, WorkflowCall, WorkflowKey
from arazzo_runner.program.names import declared_names, workflow_names
from arazzo_runner.program.steps import bind_outputs, bind_step
from arazzo_runner.program.unit import Unit
from arazzo_runner.redact import is_secret_name
from arazzo_runner.sources.registry import Registry
from arazzo_runner.values import JSON


@dataclass(frozen=True, slots=True)
class Compiled:
    """The program, and everything that was found on the way, in order.

    The program is None where an error was found, or where a step could not be bound for a fault that the document or
    the registry has told already (a field that is missing, a source that can't be read).
    """

    program: Program | None
    diagnostics: tuple[Diagnostic, ...] = ()


def compile_program(
    description: Description, registry: Registry, workflow_id: str, *, strict: bool = False
) -> Compiled:
    """Compile one workflow of a description with all that it can reach.

    `registry` holds the sources that were gathered for the description. `strict` turns the practical readings off.
    """
    compiler = _Compiler(strict, registry, arazzo_documents(description, registry))
    entry = WorkflowKey(description.source.uri, workflow_id)
    compiler.reach(entry)
    found = tuple(dict.fromkeys(compiler.found))
    if has_errors(found) or compiler.unbound or entry not in compiler.bound:
        return Compiled(None, found)
    return Compiled(Program(entry, compiler.bound, found), found)


@dataclass(slots=True)
class _Compiler:
    strict: bool
    registry: Registry
    documents: dict[str, Description]
    schemas: dict[WorkflowKey, InputSchema] = field(default_factory=dict)
    bound: dict[WorkflowKey, BoundWorkflow] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)
    unbound: bool = False

    def reach(self, entry: WorkflowKey) -> None:
        """Bind the entry and whatever it leads to."""
        queue = [entry]
        while queue:
            key = queue.pop(0)
            if key in self.bound:
                continue
            bound = self._bind(key)
            if bound is not None:
                self.bound[key] = bound
                queue += _targets(bound)

    def inputs_of(self, key: WorkflowKey) -> InputSchema:
        """Return the input schema of a workflow, read once; what is wrong with it is reported then."""
        if key not in self.schemas:
            description = self.documents[key.document]
            workflow = description.workflow(key.workflow_id)
            if workflow is None:
                return InputSchema(True)
            self.schemas[key], found = read_input_schema(description, workflow)
            self.found += found
        return self.schemas[key]

    def _bind(self, key: WorkflowKey) -> BoundWorkflow | None:
        description = self.documents[key.document]
        workflow = description.workflow(key.workflow_id)
        if workflow is None or description.features is None:
            return None
        dialect = Dialect(v1_1=description.features.v1_1, strict=self.strict)
        unit = Unit(description, self.registry, dialect, self.inputs_of)
        inputs = self.inputs_of(key)
        unit.declared = declared_names(workflow, inputs, self._names(description))
        bound = self._bound(unit, key, workflow, inputs)
        self.found += unit.found
        return bound

    def _bound(self, unit: Unit, key: WorkflowKey, workflow: Workflow, inputs: InputSchema) -> BoundWorkflow:
        bound = [bind_step(unit, workflow, step) for step in workflow.steps]
        steps = tuple(step for step in bound if step is not None)
        self.unbound = self.unbound or len(steps) < len(bound)
        depends_on = tuple(self._dependencies(unit, workflow))
        self._check_order(unit, workflow)
        return BoundWorkflow(
            key=key,
            steps=steps,
            positions=_positions(steps),
            inputs=inputs,
            outputs=tuple(bind_outputs(unit, workflow.outputs, workflow.at)),
            secret_outputs=frozenset(name for name in workflow.outputs if is_secret_name(name)),
            depends_on=depends_on,
            source_fields=_source_fields(unit.description),
            self_uri=unit.description.base_uri if unit.description.self_uri else None,
        )

    def _dependencies(self, unit: Unit, workflow: Workflow) -> Iterator[WorkflowKey]:
        """Yield the workflows that this one depends on; a circle is an error that shows its path (DEP-07)."""
        for index, name in enumerate(workflow.depends_on):
            at = (*workflow.at, "dependsOn", index)
            key = references.workflow_key(unit, name, at)
            if key is None:
                continue
            circle = self._circle(WorkflowKey(unit.description.source.uri, workflow.workflow_id), key)
            if circle:
                path = " -> ".join(step.workflow_id for step in circle)
                unit.error("dependency-circle", f"workflows depend on each other in a circle: {path}", at)
            else:
                yield key

    def _circle(self, start: WorkflowKey, key: WorkflowKey) -> tuple[WorkflowKey, ...]:
        """Return the path from `start` back to itself over `key`, or nothing."""
        paths: list[tuple[WorkflowKey, ...]] = [(start, key)]
        seen: set[WorkflowKey] = set()
        while paths:
            path = paths.pop()
            if path[-1] == start:
                return path
            if path[-1] not in seen:
                seen.add(path[-1])
                paths += [(*path, following) for following in self._depended(path[-1])]
        return ()

    def _depended(self, key: WorkflowKey) -> list[WorkflowKey]:
        description = self.documents[key.document]
        workflow = description.workflow(key.workflow_id)
        quiet = Unit(description, self.registry, Dialect(strict=self.strict), self.inputs_of)
        found = (references.workflow_key(quiet, name, ()) for name in (workflow.depends_on if workflow else ()))
        return [one for one in found if one is not None]

    def _check_order(self, unit: Unit, workflow: Workflow) -> None:
        for step in workflow.steps:
            if step.depends_on:
                message = f"step '{step.step_id}' has dependsOn: ordering steps by it is not supported yet"
                unit.error("unsupported-depends-on", message, (*step.at, "dependsOn"))

    def _names(self, description: Description) -> dict[str, WorkflowNames]:
        """Return what the workflows of a document and its Arazzo sources declare; the document's own win (DEP-11)."""
        names: dict[str, WorkflowNames] = {}
        for one in (*_arazzo_sources(description, self.registry), description):
            names |= workflow_names(one)
        return names


def arazzo_documents(description: Description, registry: Registry) -> dict[str, Description]:
    """Return a document and every Arazzo document that its sources lead to, by URI, each once (SRC-13)."""
    documents: dict[str, Description] = {}
    queue = [description]
    while queue:
        one = queue.pop(0)
        if one.source.uri not in documents:
            documents[one.source.uri] = one
            queue += _arazzo_sources(one, registry)
    return documents


def _arazzo_sources(description: Description, registry: Registry) -> list[Description]:
    documents = (source.document for source in registry.sources(description).values())
    return [document for document in documents if isinstance(document, Description)]


def _positions(steps: tuple[BoundStep, ...]) -> dict[str, int]:
    return {step.step_id: index for index, step in enumerate(steps)}


def _source_fields(description: Description) -> dict[str, dict[str, JSON]]:
    written = description.source.data
    listed = written.get("sourceDescriptions") if isinstance(written, dict) else None
    objects = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    return {str(item.get("name")): dict(item) for item in objects}


def _targets(workflow: BoundWorkflow) -> list[WorkflowKey]:
    """Return every workflow that a bound one can lead to: dependencies, called workflows, targets of actions."""
    targets = list(workflow.depends_on)
    for step in workflow.steps:
        if isinstance(step.call, WorkflowCall):
            targets.append(step.call.workflow)
        targets += [a.workflow.workflow for a in (*step.on_success, *step.on_failure) if a.workflow is not None]
    return targets
