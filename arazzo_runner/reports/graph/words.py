"""A figure in words, for those who can't see its drawing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from arazzo_runner.graph.actions import shortened
from arazzo_runner.graph.model import Edge, EdgeKind, Figure, Node

MAX_TOLD: Final = 200
"""Ways of a figure that are told in words."""


def told(figure: Figure) -> Iterator[str]:
    """Yield what a figure shows, one sentence a way, in the order of the steps."""
    names = {node.id: node for node in figure.nodes}
    yield f"Workflow {shortened(figure.workflow)}."
    for edge in islice(figure.edges, MAX_TOLD):
        yield _sentence(edge, names)
    if len(figure.edges) > MAX_TOLD:
        yield f"And {len(figure.edges) - MAX_TOLD} more ways."


def _sentence(edge: Edge, names: dict[str, Node]) -> str:
    source, target = names[edge.source].label, names[edge.target].label
    outcome = {"success": " succeeds", "failure": " fails"}.get(edge.outcome, "")
    case = f"When {source}{outcome}" if outcome else f"After {source}"
    condition = f" ({edge.label})" if edge.label else ""
    match edge.kind:
        case EdgeKind.DEPENDS:
            return f"{target} depends on {source}."
        case EdgeKind.CALL:
            return f"{source} calls {target}{condition}."
        case EdgeKind.RETRY:
            return f"{case}, it is tried again{condition}."
        case _:
            return f"{case}, on to {target}{condition}."
