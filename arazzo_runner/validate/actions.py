"""The actions that a workflow is made of, its own and those of its steps, references to components followed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from arazzo_runner.document.model import Action, Description, Reusable, Workflow


def actions_of(description: Description, workflow: Workflow) -> tuple[Action, ...]:
    """Return the actions of a workflow and of its steps, each once; a reference that leads nowhere gives none."""
    components = description.components
    lists = [(workflow.success_actions, workflow.failure_actions)]
    lists += [(step.on_success, step.on_failure) for step in workflow.steps]
    found: list[Action] = []
    for success, failure in lists:
        found += followed(success, components.success_actions, "successActions")
        found += followed(failure, components.failure_actions, "failureActions")
    return tuple({action.at: action for action in found}.values())


def followed(listed: Iterable[Action | Reusable], components: Mapping[str, Action], kind: str) -> Iterator[Action]:
    """Yield the actions of a list, components of that kind in the place of their references."""
    for one in listed:
        if isinstance(one, Action):
            yield one
        else:
            found = components.get(one.reference.removeprefix(f"$components.{kind}."))
            if found is not None:
                yield found
