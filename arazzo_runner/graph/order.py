"""The order in which the steps of a workflow run, told by its text alone (Arazzo 1.1, Step Object: dependsOn).

Steps run as written, but where one has `dependsOn` and none uses goto: then each comes after what it names and after
the steps whose outputs it reads, and otherwise as written.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush

from arazzo_runner.document.model import Description, Step, Workflow
from arazzo_runner.graph.actions import actions_of
from arazzo_runner.values import JSON, Path

_READ = re.compile(r"\$steps\.([^.\s{}]+)\.outputs")
_AFTER = ("onSuccess", "onFailure")


def steps_in_order(description: Description, workflow: Workflow) -> tuple[Step, ...]:
    """Return the steps of a workflow in the order in which they run; as written where their needs circle."""
    steps = workflow.steps
    if not any(step.depends_on for step in steps):
        return steps
    by_id = {step.step_id: step for step in steps}
    if len(by_id) < len(steps) or _uses_goto(description, workflow):
        return steps
    needs = {step.step_id: {*step.depends_on, *_read(description, step)} - {step.step_id} for step in steps}
    order = ordered(list(by_id), needs)
    return steps if order is None else tuple(by_id[step_id] for step_id in order)


def ordered(steps: Sequence[str], needs: Mapping[str, Collection[str]]) -> tuple[str, ...] | None:
    """Return the step ids so that each comes after what it needs, otherwise as written; None where needs circle.

    Of the steps that could come next, the one that was written first does. What is not among the steps orders nothing.
    """
    places = {step: place for place, step in enumerate(steps)}
    followers: dict[str, list[str]] = {step: [] for step in steps}
    missing = {step: {need for need in needs.get(step, ()) if need in places} for step in steps}
    for step, wanted in missing.items():
        for need in wanted:
            followers[need].append(step)
    ready = [place for step, place in places.items() if not missing[step]]
    heapify(ready)
    order: list[str] = []
    while ready:
        step = steps[heappop(ready)]
        order.append(step)
        for follower in followers[step]:
            missing[follower].discard(step)
            if not missing[follower]:
                heappush(ready, places[follower])
    return tuple(order) if len(order) == len(steps) else None


def _uses_goto(description: Description, workflow: Workflow) -> bool:
    actions = (
        action
        for step in workflow.steps
        for passed in (True, False)
        for action in actions_of(description, workflow, step, passed=passed)
    )
    return any(action.type == "goto" and action.step_id is not None for action in actions)


def _read(description: Description, step: Step) -> Iterator[str]:
    """Yield the steps whose outputs a step reads, other than in its actions."""
    data = _at(description.source.data, step.at)
    members = data.items() if isinstance(data, dict) else ()
    waiting: list[JSON] = [value for name, value in members if name not in _AFTER]
    while waiting:
        match waiting.pop():
            case str(text):
                yield from _READ.findall(text)
            case dict(inner):
                waiting.extend(inner.values())
            case list(items):
                waiting.extend(items)


def _at(data: JSON, path: Path) -> JSON:
    for name in path:
        if isinstance(data, dict) and isinstance(name, str):
            data = data.get(name)
        elif isinstance(data, list) and isinstance(name, int) and name < len(data):
            data = data[name]
        else:
            return None
    return data
