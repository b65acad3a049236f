"""What formats for other programs have in common: names that they take for nodes, and what stands beside an edge."""

from __future__ import annotations

from arazzo_runner.graph.model import Edge, EdgeKind, Figure


def short_names(figure: Figure, number: int) -> dict[str, str]:
    """Return a name of letters and digits for each node of a figure, by its id; `number` is that of the figure."""
    return {node.id: f"f{number}n{index}" for index, node in enumerate(figure.nodes)}


def caption(edge: Edge) -> tuple[str, ...]:
    """Return the lines beside an edge: what it is, its name, its label."""
    match edge.kind:
        case EdgeKind.CALL:
            kind = "calls"
        case EdgeKind.DEPENDS:
            kind = "runs before"
        case _:
            kind = "on failure" if edge.outcome == "failure" and not edge.name and not edge.label else ""
    return tuple(line for line in (kind, edge.name, edge.label) if line)
