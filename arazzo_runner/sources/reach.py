"""Which sources a workflow may need, told by the text alone, before anything is loaded.

A run loads only these (Arazzo 1.1, Source Description Object says nothing about the others), so a source that is
missing does not stop a workflow that never calls it. The answer may name a source too many, never one too few.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from arazzo_runner.document.model import Description, Workflow
from arazzo_runner.values import JSON, Path

_MENTION = re.compile(r"\{?\$sourceDescriptions\.(?P<rest>.*)", re.DOTALL)


def sources_in_reach(description: Description, workflow_ids: Iterable[str] | None = None) -> frozenset[str]:
    """Return the names of the sources that the workflows, and whatever they lead to, may need.

    None means all workflows of the description. Ids that it does not have are passed over.
    """
    names = [declared.name for declared in description.source_descriptions]
    callable_names = [each.name for each in description.source_descriptions if each.type != "arazzo"]
    needed: set[str] = set()
    for workflow in _reachable(description, workflow_ids):
        for text in texts_of(workflow, description):
            mention = _MENTION.match(text)
            if mention is not None:
                needed |= _named(mention["rest"], names)
        for step in workflow.steps:
            target = step.operation_id if step.operation_id is not None else step.operation_path
            if target is not None and not _MENTION.match(target):
                # A bare id or path is in one of them, and in no other: all have to be looked at.
                needed |= _named(target, names, "#") or set(callable_names)
    return frozenset(needed)


def _reachable(description: Description, workflow_ids: Iterable[str] | None) -> Iterator[Workflow]:
    known = {workflow.workflow_id: workflow for workflow in description.workflows}
    waiting = list(known if workflow_ids is None else workflow_ids)
    seen: set[str] = set()
    while waiting:
        workflow = known.get(waiting.pop())
        if workflow is not None and workflow.workflow_id not in seen:
            seen.add(workflow.workflow_id)
            waiting.extend(text for text in texts_of(workflow, description) if text in known)
            yield workflow


def texts_of(workflow: Workflow, description: Description) -> Iterator[str]:
    """Yield every string of a workflow, and of the components where it uses one."""
    data = description.source.data
    texts = list(_texts(_at(data, workflow.at)))
    yield from texts
    if any(text.startswith("$components.") for text in texts):
        yield from _texts(_at(data, ("components",)))


def _at(data: JSON, path: Path) -> JSON:
    for step in path:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def _texts(data: JSON) -> Iterator[str]:
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def _named(text: str, names: Collection[str], separators: str = ".#}") -> set[str]:
    heads = [name for name in names if text == name or (text.startswith(name) and text[len(name)] in separators)]
    return {max(heads, key=len)} if heads else set()
