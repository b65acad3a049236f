"""What lists of actions must keep: each name once, and nothing behind an action that always applies.

Arazzo 1.1, Step Object: onSuccess, onFailure; Workflow Object: successActions, failureActions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from arazzo_runner.document.model import Action, Components, Reusable, Workflow
from arazzo_runner.document.objects.fields import Reading
from arazzo_runner.document.objects.findings import short
from arazzo_runner.document.objects.reusable import component_name
from arazzo_runner.values import Path


def check_actions(reading: Reading, workflow: Workflow, components: Components) -> None:
    """Report faults of the action lists of a workflow and its steps."""
    successes = [workflow.success_actions, *(step.on_success for step in workflow.steps)]
    failures = [workflow.failure_actions, *(step.on_failure for step in workflow.steps)]
    for listed in successes:
        _check(reading, list(_resolved(listed, "successActions", components.success_actions)))
    for listed in failures:
        _check(reading, list(_resolved(listed, "failureActions", components.failure_actions)))


def _resolved(
    listed: Iterable[Action | Reusable], section: str, known: Mapping[str, Action]
) -> Iterable[tuple[Action, Path]]:
    for item in listed:
        if isinstance(item, Action):
            yield item, item.at
        elif (action := known.get(component_name(item.reference, section) or "")) is not None:
            yield action, item.at


def _check(reading: Reading, listed: list[tuple[Action, Path]]) -> None:
    seen: dict[str, Path] = {}
    always: Action | None = None
    for action, at in listed:
        first = seen.setdefault(action.name, at)
        if first is not at and action.name:
            message = f"the action '{short(action.name)}' is given twice in one list"
            help = "give each its own name"
            reading.findings.again("structure-duplicate-action", message, at, first, help, stray=True)
        if always is not None:
            message = f"the action '{short(action.name)}' is never reached: '{short(always.name)}' always applies"
            reading.findings.warning("structure-unreachable-action", message, at, "give the earlier action criteria")
        if not action.criteria and action.type in ("end", "goto"):
            always = always or action
