"""The actions that are looked at after a step, and what stands beside them in a picture.

A step's own actions come first, then those of its workflow that it does not redefine by name (Arazzo 1.1, Workflow
Object: successActions, failureActions; Reusable Object).
"""

from __future__ import annotations

from arazzo_runner.document.model import Action, Criterion, Description, Reusable, Step, Workflow
from arazzo_runner.document.objects.reusable import component_name

MAX_LABEL = 120
"""Characters of a label that a graph keeps."""


def actions_of(description: Description, workflow: Workflow, step: Step, *, passed: bool) -> tuple[Action, ...]:
    """Return the actions that are looked at after an outcome of a step, in their order.

    A reference that leads to no component is passed over.
    """
    own, inherited = step.on_failure, workflow.failure_actions
    if passed:
        own, inherited = step.on_success, workflow.success_actions
    first = _followed(description, own, passed)
    names = {action.name for action in first}
    return (*first, *(action for action in _followed(description, inherited, passed) if action.name not in names))


def is_certain(action: Action) -> bool:
    """Tell whether an action fires whenever its turn comes, so that the default of its outcome never does."""
    return not action.criteria and action.type != "retry"


def label_of(action: Action) -> str:
    """Return what stands beside an action: its criteria, and for a retry how often and how soon."""
    told = " and ".join(map(_criterion, action.criteria))
    if action.type == "retry":
        limit = 1 if action.retry_limit is None else action.retry_limit
        often = f"retry up to {limit} time{'' if limit == 1 else 's'}"
        soon = f" after {action.retry_after:g} s" if action.retry_after else ""
        told = f"{often}{soon}{' if ' if told else ''}{told}"
    return shortened(told)


def shortened(text: str, most: int = MAX_LABEL) -> str:
    """Return a text on one line, of at most so many characters."""
    line = " ".join(text[: 4 * most].split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def _criterion(criterion: Criterion) -> str:
    kind = criterion.type.type
    if kind == "simple":
        return criterion.condition
    return f"{criterion.context or ''} {kind} {criterion.condition}".strip()


def _followed(description: Description, items: tuple[Action | Reusable, ...], passed: bool) -> tuple[Action, ...]:
    components = description.components
    known = components.success_actions if passed else components.failure_actions
    section = "successActions" if passed else "failureActions"
    found = []
    for item in items:
        if isinstance(item, Action):
            found.append(item)
        elif (name := component_name(item.reference, section)) is not None and name in known:
            found.append(known[name])
    return tuple(found)
