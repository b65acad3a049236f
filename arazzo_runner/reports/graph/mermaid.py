"""A graph as a flowchart of Mermaid, which GitHub, GitLab and many editors draw.

Each text stands in quotes, and every character that could mean something there is written as its number (``#35;``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TextIO

from arazzo_runner.graph.actions import shortened
from arazzo_runner.graph.model import Edge, EdgeKind, Figure, Graph, Node, NodeKind
from arazzo_runner.reports.escape import visible
from arazzo_runner.reports.graph.marks import caption, short_names
from arazzo_runner.reports.page import Look
from arazzo_runner.reports.plain import whole

_PLAIN: Final = frozenset(" abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.,:/=()'?!")
_FRAMES: Final = {
    NodeKind.START: ('(["', '"])'),
    NodeKind.END: ('(["', '"])'),
    NodeKind.FAILURE: ('(["', '"])'),
    NodeKind.WORKFLOW: ('[["', '"]]'),
}
_ARROWS: Final = {EdgeKind.CALL: "-.->", EdgeKind.DEPENDS: "-.->", EdgeKind.RETRY: "-.->"}
_CLASSES: Final = {NodeKind.FAILURE: "failure", NodeKind.MISSING: "missing", NodeKind.END: "done"}
_STYLES: Final = (
    "classDef done stroke:#1a7f37,stroke-width:2px",
    "classDef failure stroke:#cf222e,stroke-width:2px",
    "classDef missing stroke:#cf222e,stroke-dasharray:4 4",
)


def write_mermaid(stream: TextIO, graph: Graph, look: Look) -> None:
    """Write a graph; each figure is a subgraph, unless it is the only one."""
    stream.write("\n".join(_chart(graph)) + "\n")
    stream.flush()


def _chart(graph: Graph) -> Iterator[str]:
    yield "flowchart TD"
    edges: list[Edge] = []
    for number, figure in enumerate(graph.figures):
        alone = len(graph.figures) == 1
        if not alone:
            yield f'  subgraph f{number}["{escaped(shortened(figure.workflow))}"]'
        yield from (f"    {line}" for line in _figure(figure, number))
        if not alone:
            yield "  end"
        edges += figure.edges
    yield from (f"  {style}" for style in _STYLES)
    failing = [str(index) for index, edge in enumerate(edges) if edge.outcome == "failure"]
    if failing:
        yield f"  linkStyle {','.join(failing)} stroke:#cf222e"


def _figure(figure: Figure, number: int) -> Iterator[str]:
    names = short_names(figure, number)
    for node in figure.nodes:
        yield names[node.id] + _node(node)
    for edge in figure.edges:
        words = "<br/>".join(map(escaped, caption(edge)))
        arrow = _ARROWS.get(edge.kind, "-->") + (f'|"{words}"|' if words else "")
        yield f"{names[edge.source]} {arrow} {names[edge.target]}"


def _node(node: Node) -> str:
    before, after = _FRAMES.get(node.kind, ('["', '"]'))
    if node.kind is NodeKind.STEP and node.workflow:
        before, after = '[["', '"]]'
    text = "<br/>".join(map(escaped, (part for part in (node.label, node.target) if part)))
    kind = _CLASSES.get(node.kind)
    return f"{before}{text}{after}" + (f":::{kind}" if kind else "")


def escaped(text: str) -> str:
    """Return a text as it may stand in quotes: anything of ASCII with a meaning as its number."""
    return "".join(map(_escaped, visible(whole(text)))) or " "


def _escaped(character: str) -> str:
    return character if character in _PLAIN or ord(character) > 0x7F else f"#{ord(character)};"
