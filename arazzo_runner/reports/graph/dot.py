"""A graph in DOT, the language of Graphviz."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TextIO

from arazzo_runner.graph.actions import shortened
from arazzo_runner.graph.model import Edge, EdgeKind, Figure, Graph, Node, NodeKind
from arazzo_runner.reports.escape import visible
from arazzo_runner.reports.graph.marks import caption, short_names
from arazzo_runner.reports.page import Look
from arazzo_runner.reports.plain import whole

_LOOKS: Final = {
    NodeKind.START: "shape=oval",
    NodeKind.STEP: 'shape=box style="rounded"',
    NodeKind.END: 'shape=oval color="#1a7f37"',
    NodeKind.FAILURE: 'shape=oval color="#cf222e"',
    NodeKind.WORKFLOW: "shape=component",
    NodeKind.MISSING: 'shape=box style="dashed" color="#cf222e"',
}
_LINES: Final = {
    EdgeKind.CALL: 'style="dashed"',
    EdgeKind.DEPENDS: 'style="dotted"',
    EdgeKind.RETRY: 'style="dashed"',
}


def write_dot(stream: TextIO, graph: Graph, look: Look) -> None:
    """Write a graph; each figure is a cluster."""
    stream.write("\n".join(_digraph(graph)) + "\n")
    stream.flush()


def _digraph(graph: Graph) -> Iterator[str]:
    yield "digraph arazzo {"
    yield '  node [fontname="monospace" fontsize=11]'
    yield '  edge [fontname="monospace" fontsize=9]'
    for number, figure in enumerate(graph.figures):
        yield f"  subgraph cluster_{number} {{"
        yield f"    label={quoted(shortened(figure.workflow))}"
        yield from (f"    {line}" for line in _figure(figure, number))
        yield "  }"
    yield "}"


def _figure(figure: Figure, number: int) -> Iterator[str]:
    names = short_names(figure, number)
    for node in figure.nodes:
        yield f"{names[node.id]} [{_node(node)}]"
    for edge in figure.edges:
        yield f"{names[edge.source]} -> {names[edge.target]} [{_edge(edge)}]"


def _node(node: Node) -> str:
    look = "shape=component" if node.kind is NodeKind.STEP and node.workflow else _LOOKS[node.kind]
    return f"label={quoted(node.label, node.target)} {look}"


def _edge(edge: Edge) -> str:
    parts = [f"label={quoted(*caption(edge))}", _LINES.get(edge.kind, "")]
    if edge.outcome == "failure":
        parts.append('color="#cf222e"')
    if edge.kind is EdgeKind.NEXT:
        parts.append("weight=8")
    return " ".join(part for part in parts if part)


def quoted(*lines: str) -> str:
    """Return lines of text as one string of DOT; empty ones are left out."""
    shown = (visible(whole(line)).replace("\\", "\\\\").replace('"', '\\"') for line in lines if line)
    return '"' + "\\n".join(shown) + '"'
