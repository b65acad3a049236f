"""Which steps take part in a run of a workflow, and which operation each calls, as far as that can be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from arazzo_runner.diagnostics import Severity, did_you_mean
from arazzo_runner.document.model import Description, Parameter, Reusable, Step, Workflow
from arazzo_runner.document.objects.reusable import component_name
from arazzo_runner.program.compile import Compilation
from arazzo_runner.reports.doctor.readiness import StepFact
from arazzo_runner.sources.lookup import Found, find_operation
from arazzo_runner.sources.operations import Operation
from arazzo_runner.sources.security import Present


@dataclass(frozen=True, slots=True)
class Call:
    """A step with the workflow and the document that hold it, and the operation that it was found to call."""

    document: Description
    workflow: Workflow
    step: Step
    found: Found

    @property
    def present(self) -> Present:
        """The names that the document sets itself in the request, so that no credential is wanted for them."""
        names: dict[str, set[str]] = {"header": set(), "query": set(), "cookie": set()}
        known = self.document.components.parameters
        for item in (*self.workflow.parameters, *self.step.parameters):
            followed = item
            if isinstance(item, Reusable):
                followed = known.get(component_name(item.reference, "parameters") or "", item)
            if isinstance(followed, Parameter) and followed.location in names:
                names[followed.location].add(followed.name)
        return Present(*(frozenset(names[place]) for place in ("header", "query", "cookie")))


def calls_of(compilation: Compilation, workflow_id: str) -> tuple[Call, ...]:
    """Return the steps of a workflow and of all that it can lead to, in the order of the document."""
    found = []
    for key in compilation.program(workflow_id).reached:
        workflow, document = compilation.model(key), compilation.documents.get(key.document)
        if workflow is None or document is None:
            continue
        for step in workflow.steps:
            operation = find_operation(
                step, document, compilation.registry, strict=compilation.strict, inherited=workflow.parameters
            )
            found.append(Call(document, workflow, step, operation))
    return tuple(found)


def operations_of(calls: Iterable[Call]) -> tuple[Operation, ...]:
    """Return the operations that are called, in the order of their steps."""
    return tuple(call.found.operation for call in calls if call.found.operation is not None)


def step_facts(calls: Iterable[Call]) -> Iterator[StepFact]:
    """Yield what is known of each step."""
    for call in calls:
        step, operation = call.step, call.found.operation
        holder = call.workflow.workflow_id
        if operation is not None:
            yield StepFact(holder, step.step_id, operation.source, operation.method, operation.path)
        elif step.workflow_id is not None and (near := _unknown_workflow(call)) is not None:
            told = f"there is no workflow '{step.workflow_id}' in this document"
            yield StepFact(holder, step.step_id, problem=told, remedy=near)
        elif step.workflow_id is not None:
            yield StepFact(holder, step.step_id, calls=step.workflow_id)
        else:
            yield StepFact(holder, step.step_id, **_problem(call))


def _unknown_workflow(call: Call) -> str | None:
    """Return what is near where a step calls a workflow that its document lacks; None for one of another document."""
    wanted = call.step.workflow_id or ""
    ids = [flow.workflow_id for flow in call.document.workflows if flow.workflow_id]
    elsewhere = any(each.type in ("arazzo", None) for each in call.document.source_descriptions)
    if wanted in ids or "$" in wanted or elsewhere:
        return None
    return did_you_mean(wanted, ids)


def _problem(call: Call) -> dict[str, str]:
    step = call.step
    if step.channel_path is not None:
        return {"problem": "it uses a channel, which is not supported"}
    for found in call.found.diagnostics:
        if found.severity is Severity.ERROR:
            return {"problem": found.message, "remedy": found.help}
    wanted = step.operation_id or step.operation_path
    if wanted:
        return {"problem": f"the source of '{wanted}' can't be read"}
    return {"problem": "it names no operation and no workflow"}
