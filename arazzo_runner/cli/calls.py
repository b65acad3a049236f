"""Which workflows take part in a run of one: those that it depends on, that its steps call, that its actions lead to.

Read without judging, as everything that `arazzo show` shows: a reference that leads nowhere is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from arazzo_runner.document.model import Action, Components, Description, Reusable, Workflow
from arazzo_runner.document.objects.reusable import component_name
from arazzo_runner.program.documents import arazzo_sources
from arazzo_runner.program.references import PREFIX
from arazzo_runner.sources.registry import Registry


@dataclass(frozen=True, slots=True)
class Call:
    """A workflow and the document that holds it."""

    document: Description
    workflow: Workflow


def taking_part(document: Description, workflow: Workflow, registry: Registry) -> tuple[Call, ...]:
    """Return the workflow itself, then the others that may run with it, each once."""
    found = {(document.source.uri, workflow.workflow_id): Call(document, workflow)}
    waiting = [Call(document, workflow)]
    for call in waiting:
        for reference in _references(call):
            other = _named(reference, call.document, registry)
            if other and found.setdefault((other.document.source.uri, other.workflow.workflow_id), other) is other:
                waiting.append(other)
    return tuple(found.values())


def _references(call: Call) -> Iterator[str]:
    flow, components = call.workflow, call.document.components
    yield from flow.depends_on
    actions: list[Action | None] = [*_followed((*flow.success_actions, *flow.failure_actions), components)]
    for step in flow.steps:
        if step.workflow_id is not None:
            yield step.workflow_id
        actions += _followed((*step.on_success, *step.on_failure), components)
    yield from (action.workflow_id for action in actions if action and action.workflow_id is not None)


def _followed(items: Iterable[Action | Reusable], components: Components) -> Iterator[Action | None]:
    for item in items:
        match item:
            case Action():
                yield item
            case Reusable(reference=reference):
                yield components.success_actions.get(component_name(reference, "successActions") or "")
                yield components.failure_actions.get(component_name(reference, "failureActions") or "")


def _named(reference: str, document: Description, registry: Registry) -> Call | None:
    """Return the workflow that a reference names, in this document or as ``$sourceDescriptions.name.id``."""
    holder, workflow_id = document, reference
    if reference.startswith(PREFIX):
        rest = reference.removeprefix(PREFIX)
        sources = arazzo_sources(document, registry)
        name = max((name for name in sources if rest.startswith(f"{name}.")), key=len, default="")
        if not name:
            return None
        holder, workflow_id = sources[name], rest[len(name) + 1 :]
    workflow = holder.workflow(workflow_id)
    return Call(holder, workflow) if workflow else None
