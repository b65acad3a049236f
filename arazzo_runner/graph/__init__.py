"""The picture of a workflow as plain data: what its steps are and where each can lead, made from the text alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arazzo_runner.doors import door

if TYPE_CHECKING:
    from arazzo_runner.graph.build import graph_of
    from arazzo_runner.graph.model import Edge, EdgeKind, Figure, Graph, Node, NodeKind
else:
    __getattr__ = door(
        __name__,
        {
            "Edge": "arazzo_runner.graph.model",
            "EdgeKind": "arazzo_runner.graph.model",
            "Figure": "arazzo_runner.graph.model",
            "Graph": "arazzo_runner.graph.model",
            "Node": "arazzo_runner.graph.model",
            "NodeKind": "arazzo_runner.graph.model",
            "graph_of": "arazzo_runner.graph.build",
        },
    )

__all__ = ["Edge", "EdgeKind", "Figure", "Graph", "Node", "NodeKind", "graph_of"]
