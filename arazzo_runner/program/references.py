"""Following the references of a document: Reusable Objects to components, workflow ids to workflows.

(Arazzo 1.1, Reusable Object; Step Object: workflowId; CMP-05 to CMP-17, SUB-01 to SUB-03.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from arazzo_runner.diagnostics import did_you_mean, renaming
from arazzo_runner.document.model import Action, Description, Parameter, Reusable
from arazzo_runner.document.objects.reusable import component_name
from arazzo_runner.program.documents import arazzo_sources
from arazzo_runner.program.model import WorkflowKey
from arazzo_runner.program.unit import Unit
from arazzo_runner.values import Path

PREFIX = "$sourceDescriptions."

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
    """Return what a Reusable Object names. A reference to another kind has been reported with the document."""
    name = component_name(item.reference, kind)
    if name is None:
        unit.whole = False
        return None
    if name not in known:
        message = f"there is no component '{name}' among {kind}"
        at, help = (*item.at, "reference"), did_you_mean(name, known)
        fix = renaming(name, known, at, len(item.reference) - len(name)) if item.reference.endswith(name) else None
        unit.error("reference-unknown-component", message, at, help, fix=fix)
        return None
    return known[name]


def workflow_key(unit: Unit, workflow_id: str, at: Path) -> WorkflowKey | None:
    """Return the workflow that an id names: bare for one of this document, else ``$sourceDescriptions.name.id``."""
    own = WorkflowKey(unit.description.source.uri, workflow_id)
    if own in unit.workflows:
        return own
    if workflow_id.startswith(PREFIX):
        return _qualified(unit, workflow_id, at)
    if workflow_id.startswith(("$", "{")):
        help = f"write the id of a workflow of this document, or {PREFIX}NAME.WORKFLOW-ID"
        unit.error("reference-malformed", f"'{workflow_id}' names no workflow", at, help)
    else:
        _unknown(unit, unit.description, workflow_id, at)
    return None


def _qualified(unit: Unit, text: str, at: Path) -> WorkflowKey | None:
    """Find a workflow of another document; the longest name of a source counts, for names may hold dots (SRC-03)."""
    rest = text.removeprefix(PREFIX)
    names = [source.name for source in unit.description.source_descriptions if source.name]
    name = max((name for name in names if rest.startswith(f"{name}.")), key=len, default=rest.partition(".")[0])
    document = arazzo_sources(unit.description, unit.registry).get(name)
    if document is None:
        _no_arazzo_source(unit, name, names, at)
        return None
    key = WorkflowKey(document.source.uri, rest[len(name) + 1 :])
    if key in unit.workflows:
        return key
    _unknown(unit, document, key.workflow_id, at)
    return None


def _no_arazzo_source(unit: Unit, name: str, names: list[str], at: Path) -> None:
    if name not in names:
        unit.error(
            "reference-unknown-source", f"there is no source description '{name}'", at, did_you_mean(name, names)
        )
        return
    source = unit.registry.source(unit.description, name)
    message = f"the source description '{name}' is no Arazzo document"
    if source is None or source.document is None:
        message += " that could be read"
    unit.error("reference-wrong-source", message, at, "a workflow comes from a source of type arazzo")


def _unknown(unit: Unit, description: Description, workflow_id: str, at: Path) -> None:
    ids = [workflow.workflow_id for workflow in description.workflows]
    message, help = f"there is no workflow '{workflow_id}'", did_you_mean(workflow_id, ids)
    if description is not unit.description:
        message += f" in {description.source.name}"
    else:
        message += " in this document"
    fix = None
    if description is unit.description:
        elsewhere = _elsewhere(unit, workflow_id)
        help, fix = elsewhere or help, None if elsewhere else renaming(workflow_id, ids, at)
    unit.error("reference-unknown-workflow", message, at, help, fix=fix)


def _elsewhere(unit: Unit, workflow_id: str) -> str:
    """Return the help for an id that a source has: it must be qualified (DEP-03, SUB-02)."""
    for name, document in arazzo_sources(unit.description, unit.registry).items():
        for known in (workflow_id, workflow_id.removeprefix(f"{name}.")):
            if WorkflowKey(document.source.uri, known) in unit.workflows:
                return f"source '{name}' has it: write {PREFIX}{name}.{known}"
    return ""
