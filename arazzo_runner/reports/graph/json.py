"""A graph for a program: exactly one JSON object, described by ``graph.schema.json`` beside this."""

from __future__ import annotations

from typing import TextIO

from arazzo_runner.graph.model import Edge, Figure, Graph, Node
from arazzo_runner.reports.page import Look
from arazzo_runner.reports.plain import plain, write_json
from arazzo_runner.values import JSON, Value

SCHEMA_VERSION = "1"


def write_graph(stream: TextIO, graph: Graph, look: Look) -> None:
    """Write the object of a graph."""
    write_json(stream, graph_json(graph))


def graph_json(graph: Graph) -> JSON:
    """Return a graph as the schema describes it."""
    return plain({"schemaVersion": SCHEMA_VERSION, "workflows": [_figure(figure) for figure in graph.figures]})


def _figure(figure: Figure) -> Value:
    return {
        "workflow": figure.workflow,
        "title": figure.title or None,
        "nodes": [_node(node) for node in figure.nodes],
        "edges": [_edge(edge) for edge in figure.edges],
    }


def _node(node: Node) -> Value:
    return {
        "id": node.id,
        "kind": node.kind.value,
        "label": node.label,
        "target": node.target or None,
        "workflow": node.workflow or None,
        "place": node.place or None,
    }


def _edge(edge: Edge) -> Value:
    return {
        "source": edge.source,
        "target": edge.target,
        "kind": edge.kind.value,
        "outcome": edge.outcome or None,
        "action": edge.name or None,
        "label": edge.label or None,
    }
