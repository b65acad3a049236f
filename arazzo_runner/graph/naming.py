"""Which workflow a text names, over all documents that are at hand, and the name of its figure.

A figure has the id of its workflow, as the events of a run do. Where two documents have the same id, the first one met
has it, and the other is called as the document that leads to it calls it: ``NAME.ID``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import chain, count
from typing import TypeAlias

from arazzo_runner.document.model import Description, Workflow

PREFIX = "$sourceDescriptions."

Sources: TypeAlias = Callable[[Description], Mapping[str, Description]]
"""Gives the Arazzo documents among the sources of a document, by their names."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names. `workflow` is None for one of a document that is not at hand, or where it is `missing`."""

    name: str
    workflow: Workflow | None = None
    description: Description | None = None
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Naming:
    """Finds workflows by the texts that name them, and gives their figures names."""

    sources: Sources
    _names: dict[tuple[str, str], str] = field(default_factory=dict)
    _given: set[str] = field(default_factory=set)
    _known: dict[str, Mapping[str, Workflow]] = field(default_factory=dict)
    _others: dict[str, Mapping[str, Description]] = field(default_factory=dict)

    def find(self, description: Description, text: str) -> Named:
        """Return what a text of a document names (Arazzo 1.1, Step Object: workflowId)."""
        if (own := self._workflows(description).get(text)) is not None:
            return Named(self.name(description, text), own, description)
        if not text.startswith(PREFIX):
            return Named(text, missing=True)
        rest = text.removeprefix(PREFIX)
        declared = [one.name for one in description.source_descriptions if one.name]
        source = max((name for name in declared if rest.startswith(f"{name}.")), key=len, default="")
        if not source:
            return Named(rest, missing=True)
        other = self._documents(description).get(source)
        if other is None:
            return Named(rest)
        workflow_id = rest[len(source) + 1 :]
        workflow = self._workflows(other).get(workflow_id)
        if workflow is None:
            return Named(rest, missing=True)
        return Named(self.name(other, workflow_id, rest), workflow, other)

    def name(self, description: Description, workflow_id: str, otherwise: str = "") -> str:
        """Return the name of a workflow's figure; `otherwise` is for one whose id is another's name."""
        key = (description.source.uri, workflow_id)
        if key not in self._names:
            numbered = (f"{workflow_id} ({number})" for number in count(2))
            free = (one for one in chain((workflow_id, otherwise or workflow_id), numbered) if one not in self._given)
            self._names[key] = name = next(free)
            self._given.add(name)
        return self._names[key]

    def _documents(self, description: Description) -> Mapping[str, Description]:
        uri = description.source.uri
        if uri not in self._others:
            self._others[uri] = self.sources(description)
        return self._others[uri]

    def _workflows(self, description: Description) -> Mapping[str, Workflow]:
        uri = description.source.uri
        if uri not in self._known:  # of two with one id, the first is meant
            self._known[uri] = {flow.workflow_id: flow for flow in reversed(description.workflows)}
        return self._known[uri]
