"""The parts of a document that some of its workflows are made of: a fault in any other part does not stop them.

A part is a workflow, a component or a Source Description. What stands in none of them (the version, say) belongs to
all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import cast

from arazzo_runner.document.model import Description
from arazzo_runner.expressions.pointer import decode, navigate
from arazzo_runner.sources.reach import sources_in_reach
from arazzo_runner.values import Nothing, Path, Value

_REFERENCE = re.compile(r"\$components\.(inputs|parameters|successActions|failureActions)\.(.+)", re.DOTALL)
_SECTIONS = ("inputs", "parameters", "successActions", "failureActions")
_POINTER = "#/components/"


@dataclass(frozen=True, slots=True)
class Parts:
    """Some parts of a document, by their paths."""

    used: frozenset[Path]

    def hold(self, at: Path | None) -> bool:
        """Tell whether a place is in one of the parts, or belongs to the document at large."""
        part = _part(at or ())
        return not part or part in self.used


def parts_of(description: Description, workflow_ids: Collection[str]) -> Parts:
    """Return the parts that the workflows are made of: themselves, the components that they use, their sources."""
    workflows = [workflow.at for workflow in description.workflows if workflow.workflow_id in workflow_ids]
    names = sources_in_reach(description, workflow_ids)
    sources = [source.at for source in description.source_descriptions if source.name in names or not source.name]
    return Parts(frozenset([*workflows, *sources, *_components(description, workflows)]))


def _part(at: Path) -> Path:
    """Return the path of the part that a place is in; nothing where it is in none."""
    match at:
        case ("workflows" | "sourceDescriptions", int(), *_):
            return at[:2]
        case ("components", str(section), *_) if section in _SECTIONS:
            return at[:3]
    return ()


def _components(description: Description, roots: Collection[Path]) -> Iterator[Path]:
    """Yield the components that are used from some places, directly or by others, and the sections they are in."""
    data = description.source.data
    seen: set[Path] = set()
    queue = list(roots)
    for at in queue:
        for name, value in _texts(navigate(cast(Value, data), at)):
            for found in _named(name, value):
                if found not in seen:
                    seen |= {found, found[:2]}
                    queue.append(found)
    yield from seen


def _named(name: str, text: str) -> Iterator[Path]:
    reference = _REFERENCE.fullmatch(text)
    if reference is not None:
        yield "components", reference[1], reference[2]
    if name == "$ref" and text.startswith(_POINTER):
        yield ("components", *decode(text[len("#/components") :])[:2])


def _texts(data: Value | Nothing) -> Iterator[tuple[str, str]]:
    """Yield every text in the data, with the name of the member that it is."""
    waiting: list[tuple[str, Value | Nothing]] = [("", data)]
    for key, value in waiting:
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, dict):
            waiting += value.items()
        elif isinstance(value, list):
            waiting += [(key, item) for item in value]
