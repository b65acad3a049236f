"""Following the references of a document: Reusable Objects to components, workflow ids to workflows.

(Arazzo 1.1, Reusable Object; Step Object: workflowId; CMP-05 to CMP-17, SUB-01 to SUB-03.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.document.model import Action, Description, Parameter, Reusable
from arazzo_runner.expressions.grammar import Component, SourceReference
from arazzo_runner.expressions.parse import parse
from arazzo_runner.program.model import WorkflowKey
from arazzo_runner.program.unit import Unit
from arazzo_runner.values import Path

_T = TypeVar("_T")


def parameters(unit: Unit, items: tuple[Parameter | Reusable, ...]) -> tuple[Parameter, ...]:
    """Return the parameters of a list, Reusable Objects followed; a given `value` replaces the component's (CMP-08)."""
    known = unit.description.components.parameters
    found = []
    for item in items:
        if isinstance(item, Parameter):
            found.append(item)
        elif (component := _component(unit, item, "parameters", known)) is not None:
            found.append(_overridden(component, item))
    return tuple(found)


def _overridden(component: Parameter, item: Reusable) -> Parameter:
    """Return the component with the value of its use; it stands where that value stands, so faults point there."""
    if not item.has_value:
        return component
    return replace(component, value=item.value, at=item.at)


def actions(unit: Unit, items: tuple[Action | Reusable, ...], kind: str) -> tuple[Action, ...]:
    """Return the actions of a list, Reusable Objects followed; `kind` is successActions or failureActions."""
    components = unit.description.components
    known = components.success_actions if kind == "successActions" else components.failure_actions
    followed = (item if isinstance(item, Action) else _component(unit, item, kind, known) for item in items)
    return tuple(action for action in followed if action is not None)


def _component(unit: Unit, item: Reusable, kind: str, known: Mapping[str, _T]) -> _T | None:
    at = (*item.at, "reference")
    parsed = parse(item.reference, unit.dialect, unit.declared)
    if not isinstance(parsed.expression, Component):
        unit.error(
            "reference-malformed", f"'{item.reference}' names no component", at, f"write $components.{kind}.NAME"
        )
        return None
    if parsed.expression.kind != kind:
        message = f"'{item.reference}' names one of {parsed.expression.kind}, but {kind} are listed here"
        unit.error("reference-wrong-kind", message, at, f"write $components.{kind}.NAME")
        return None
    if parsed.expression.name not in known:
        message = f"there is no component '{parsed.expression.name}' among {kind}"
        unit.error("reference-unknown-component", message, at, did_you_mean(parsed.expression.name, known))
        return None
    return known[parsed.expression.name]


def workflow_key(unit: Unit, workflow_id: str, at: Path) -> WorkflowKey | None:
    """Return the workflow that an id names: bare for one of this document, else ``$sourceDescriptions.name.id``."""
    if not workflow_id.startswith("$"):
        return _known(unit.description, unit, workflow_id, at)
    parsed = parse(workflow_id, unit.dialect, unit.declared)
    if not isinstance(parsed.expression, SourceReference):
        help = "write the id of a workflow of this document, or $sourceDescriptions.NAME.WORKFLOW-ID"
        unit.error("reference-malformed", f"'{workflow_id}' names no workflow", at, help)
        return None
    source = unit.registry.source(unit.description, parsed.expression.source)
    if source is None or not isinstance(source.document, Description):
        unit.error(*_no_arazzo_source(unit, parsed.expression.source, at))
        return None
    return _known(source.document, unit, parsed.expression.reference, at)


def _no_arazzo_source(unit: Unit, name: str, at: Path) -> tuple[str, str, Path, str]:
    names = [source.name for source in unit.description.source_descriptions]
    if name not in names:
        return "reference-unknown-source", f"there is no source description '{name}'", at, did_you_mean(name, names)
    message = f"the source description '{name}' is no Arazzo document that could be read"
    return "reference-wrong-source", message, at, "a workflow comes from a source of type arazzo"


def _known(description: Description, unit: Unit, workflow_id: str, at: Path) -> WorkflowKey | None:
    if description.workflow(workflow_id) is None:
        ids = [workflow.workflow_id for workflow in description.workflows]
        message = f"there is no workflow '{workflow_id}'"
        if description is not unit.description:
            message += f" in {description.source.name}"
        unit.error("reference-unknown-workflow", message, at, did_you_mean(workflow_id, ids))
        return None
    return WorkflowKey(description.source.uri, workflow_id)
