"""Circles in a graph of workflows: which of them lead back to themselves, and over what path (DEP-07, SUB-14).

Two workflows lead to each other exactly if they are in one strongly connected component. The components are found
once, by Tarjan's algorithm written with a stack of its own, so that neither a long chain nor a big circle costs more
than its edges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

Node = TypeVar("Node")


class Circles(Generic[Node]):
    """The circles of a graph. `edges` gives the nodes that one leads to; it is asked once a node."""

    __slots__ = ("_component", "_edges", "_follow", "_index", "_low")

    def __init__(self, edges: Callable[[Node], Sequence[Node]]) -> None:
        self._follow = edges
        self._edges: dict[Node, Sequence[Node]] = {}
        self._index: dict[Node, int] = {}
        self._low: dict[Node, int] = {}
        self._component: dict[Node, Node] = {}

    def path(self, start: Node, following: Node) -> tuple[Node, ...]:
        """Return the shortest path from `start` over `following` back to `start`; nothing where there is none."""
        if start not in self._component:
            self._explore(start)
        if self._component.get(following) != self._component[start]:
            return ()
        return (start, *self._shortest(following, start))

    def _explore(self, root: Node) -> None:
        open_nodes: list[Node] = []
        walk: list[tuple[Node, Iterator[Node]]] = [self._enter(root, open_nodes)]
        while walk:
            node, following = walk[-1]
            for other in following:
                if other not in self._index:
                    walk.append(self._enter(other, open_nodes))
                    break
                if other not in self._component:
                    self._low[node] = min(self._low[node], self._index[other])
            else:
                walk.pop()
                self._leave(node, open_nodes)
                if walk:
                    above = walk[-1][0]
                    self._low[above] = min(self._low[above], self._low[node])

    def _enter(self, node: Node, open_nodes: list[Node]) -> tuple[Node, Iterator[Node]]:
        self._index[node] = self._low[node] = len(self._index)
        open_nodes.append(node)
        return node, iter(self._led(node))

    def _leave(self, node: Node, open_nodes: list[Node]) -> None:
        """Close the component that the node is the first of."""
        if self._low[node] != self._index[node]:
            return
        while True:
            member = open_nodes.pop()
            self._component[member] = node
            if member == node:
                return

    def _led(self, node: Node) -> Sequence[Node]:
        if node not in self._edges:
            self._edges[node] = self._follow(node)
        return self._edges[node]

    def _shortest(self, start: Node, end: Node) -> tuple[Node, ...]:
        before: dict[Node, Node] = {}
        queue = [start]
        for node in queue:
            if node == end:
                break
            for other in self._led(node):
                if other not in before and other != start and self._component[other] == self._component[end]:
                    before[other] = node
                    queue.append(other)
        path = [end]
        while path[-1] != start:
            path.append(before[path[-1]])
        return tuple(reversed(path))
