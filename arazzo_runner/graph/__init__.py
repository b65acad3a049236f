"""The picture of a workflow as plain data: what its steps are and where each can lead, made from the text alone."""

from arazzo_runner.graph.model import Edge, EdgeKind, Figure, Graph, Node, NodeKind

__all__ = ["Edge", "EdgeKind", "Figure", "Graph", "Node", "NodeKind"]
