"""The parts of a picture: a graph has a figure for each workflow, a figure has nodes and edges.

It is plain data, so that an event can carry it and a journal can keep it: a report of a run draws the picture and the
path through it without the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from arazzo_runner.redact import Redactor


class NodeKind(Enum):
    """What a node stands for. `WORKFLOW` is another workflow that is handed over to, referred to or depended on.

    `MISSING` is a step or workflow that the document names and does not have.
    """

    START = "start"
    STEP = "step"
    END = "end"
    FAILURE = "failure"
    WORKFLOW = "workflow"
    MISSING = "missing"


class EdgeKind(Enum):
    """Why one node leads to another (Arazzo 1.1, Success Action Object, Failure Action Object, dependsOn)."""

    NEXT = "next"
    GOTO = "goto"
    RETRY = "retry"
    END = "end"
    CALL = "call"
    DEPENDS = "depends"


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a figure; `id` is unique in it: the step id for a step.

    `target` says what a step calls: ``POST /path``, an operationId as written, or ``workflow NAME``. `workflow` is the
    id of the workflow that the node calls or stands for, empty otherwise. `place` is ``file:line:column`` or empty.
    """

    id: str
    kind: NodeKind
    label: str
    target: str = ""
    workflow: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from one node of a figure to another.

    `outcome` is ``success`` or ``failure`` where it is taken after one of the two only, else empty. `name` is the
    action's name, empty for a default. `label` is what stands beside it: its criteria, or how often it is tried again.
    """

    source: str
    target: str
    kind: EdgeKind
    outcome: str = ""
    name: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One workflow: its nodes in the order of the document, and its edges."""

    workflow: str
    title: str = ""
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()


@dataclass(frozen=True, slots=True)
class Graph:
    """The figures of a document, or of a workflow and those that it can reach, the chosen one first."""

    figures: tuple[Figure, ...] = ()

    def figure(self, workflow: str) -> Figure | None:
        """Return the figure of a workflow, or None."""
        return next((one for one in self.figures if one.workflow == workflow), None)

    def redacted(self, redactor: Redactor) -> Graph:
        """Return the graph as it may be shown.

        All its text is looked at in one go: next to no document has a secret in it, and every run has a graph.
        """
        text = "\n".join(self._texts())
        if redactor.text(text) == text:
            return self
        return Graph(tuple(_figure(figure, redactor) for figure in self.figures))

    def _texts(self) -> Iterator[str]:
        for figure in self.figures:
            yield figure.workflow
            yield figure.title
            for node in figure.nodes:
                yield from (node.id, node.label, node.target, node.workflow, node.place)
            for edge in figure.edges:
                yield from (edge.name, edge.label)


def _figure(figure: Figure, redactor: Redactor) -> Figure:
    shown = redactor.text
    return Figure(
        shown(figure.workflow),
        shown(figure.title),
        tuple(_node(node, shown) for node in figure.nodes),
        tuple(_edge(edge, shown) for edge in figure.edges),
    )


def _node(node: Node, shown: Callable[[str], str]) -> Node:
    texts = (node.label, node.target, node.workflow, node.place)
    return Node(shown(node.id), node.kind, *map(shown, texts))


def _edge(edge: Edge, shown: Callable[[str], str]) -> Edge:
    ends = shown(edge.source), shown(edge.target)
    return Edge(*ends, edge.kind, edge.outcome, shown(edge.name), shown(edge.label))
