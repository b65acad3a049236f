"""A graph drawn with characters: steps in boxes below each other, ways out of them on the right.

As in the picture (`graph.layout`), what follows by itself is a line down the middle, and other ways run in lanes. What
is called and depended on is told in the box. On a narrow page some ways find no lane: their words tell where they lead.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final, TextIO

from arazzo_runner.graph.lanes import lanes_of
from arazzo_runner.graph.layout import MAX_ROWS, MAX_WAYS
from arazzo_runner.graph.measure import broken
from arazzo_runner.graph.model import Edge, EdgeKind, Figure, Graph, Node, NodeKind
from arazzo_runner.reports.escape import encodable, visible
from arazzo_runner.reports.graph.canvas import SIGNS, Canvas
from arazzo_runner.reports.layout import columns, cut
from arazzo_runner.reports.page import Ink, Look, Page, encoding_of

MARGIN: Final = 2
LEAST, MOST = 22, 36
"""Columns of a line in the box of a step."""

_OWN: Final = (EdgeKind.CALL, EdgeKind.DEPENDS)


def write_terminal(stream: TextIO, graph: Graph, look: Look) -> None:
    """Write each figure under its name."""
    page, signs = Page(stream, look), "".join(SIGNS)
    carried = encodable(signs, encoding_of(stream)) == signs
    for number, figure in enumerate(graph.figures):
        title = (f"  {cut(figure.title, look.width, look.marks.cut)}",)
        page.write((*([("",)] if number else []), (Ink.STRONG.of(cut(figure.workflow, look.width, look.marks.cut)),)))
        page.write((*([title] if figure.title else []), ("",)))
        page.write(_Drawing(figure, look.width).drawn().rows(carried))


@dataclass(slots=True)
class _Drawing:
    """A figure while it is drawn on a canvas."""

    figure: Figure
    page_width: int
    canvas: Canvas = field(default_factory=Canvas)
    rows: list[Node] = field(default_factory=list)
    row_of: dict[str, int] = field(default_factory=dict)
    tops: dict[str, int] = field(default_factory=dict)
    spine: dict[str, Edge] = field(default_factory=dict)
    ways: dict[str, list[Edge]] = field(default_factory=lambda: defaultdict(list))
    beside: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    ports: dict[Edge, tuple[int, int]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    width: int = 0
    words_end: int = 0

    def drawn(self) -> Canvas:
        self._choose()
        room = max((columns(line) for node in self.rows for line in self._lines(node)), default=0)
        self.width = max(LEAST, min(room, MOST)) + 4
        row = 0
        for node in self.rows:
            row = self._draw(node, row)
        self._draw_lanes()
        nodes = len(self.figure.nodes)
        if nodes > MAX_ROWS:
            self.canvas.text(row, MARGIN, f"{nodes - MAX_ROWS} more nodes are not drawn", Ink.FAINT)
        return self.canvas

    def _choose(self) -> None:
        self.labels = {node.id: node.label for node in self.figure.nodes}
        entered = {edge.target for edge in self.figure.edges if edge.kind not in _OWN}
        aside = (NodeKind.WORKFLOW, NodeKind.MISSING)
        rows = [node for node in self.figure.nodes if node.kind not in aside or node.id in entered]
        self.rows = rows[:MAX_ROWS]
        self.row_of = {node.id: row for row, node in enumerate(self.rows)}
        for edge in self.figure.edges:
            if edge.kind is EdgeKind.DEPENDS:
                self.beside[edge.target].append(f"after {self.labels[edge.source]}")
            elif edge.kind is EdgeKind.CALL:
                self._add_call(edge)
            elif edge.source in self.row_of and edge.target in self.row_of:
                self._onward(edge)

    def _add_call(self, edge: Edge) -> None:
        if edge.name or edge.label:
            self.beside[edge.source].append(f"{edge.name} calls {self.labels[edge.target]}")

    def _onward(self, edge: Edge) -> None:
        follows = self.row_of[edge.target] == self.row_of[edge.source] + 1
        plain = edge.outcome != "failure" and not edge.label and edge.kind is not EdgeKind.RETRY
        if follows and plain and edge.source not in self.spine:
            self.spine[edge.source] = edge
        elif len(self.ways[edge.source]) < MAX_WAYS:
            self.ways[edge.source].append(edge)

    def _lines(self, node: Node) -> list[str]:
        own = [cut(line, MOST, "…") for line in (node.label, node.target) if line]
        beside = self.beside[node.id][:MAX_WAYS]
        return [*own, *(part for line in beside for part in broken(visible(line), MOST, 2))]

    def _draw(self, node: Node, row: int) -> int:
        """Draw a node at a row, and return the row of the next one."""
        self.tops[node.id] = row
        lines, ways = self._lines(node), [(way, self._told(way)) for way in self.ways[node.id]]
        height = max(len(lines), sum(len(told) for _, told in ways)) + 2
        width = self.width if node.kind is NodeKind.STEP else max(map(columns, lines)) + 4
        left = self._middle - width // 2
        self.canvas.box(row, left, height, width, _INKS.get(node.kind, Ink.PLAIN))
        for index, line in enumerate(lines):
            self.canvas.text(row + 1 + index, left + 2, line, Ink.FAINT if index else Ink.STRONG)
        at = row + 1
        for way, told in ways:
            self._draw_way(way, at, left + width - 1, told)
            at += len(told)
        follows = self.spine.get(node.id)
        if follows is not None:
            self._draw_spine(follows, row + height - 1)
        return row + height + 2

    @property
    def _middle(self) -> int:
        return MARGIN + self.width // 2

    def _draw_spine(self, edge: Edge, row: int) -> None:
        self.canvas.upright(self._middle, row, row + 2)
        self.canvas.text(row + 2, self._middle, "▼")
        others = any(way.outcome == "success" for way in self.ways[edge.source])
        told = edge.name or ("otherwise" if others else "")
        if told:
            shown = cut(told, self._middle - MARGIN - 2, "…")
            self.canvas.text(row + 1, self._middle - 1 - columns(shown), shown, Ink.FAINT)

    def _draw_way(self, edge: Edge, row: int, right: int, told: tuple[str, ...]) -> None:
        ink = _ink(edge)
        self.canvas.level(row, right, right + 2, ink)
        end = self.canvas.text(row, right + 3, f" {told[0]} ", ink)
        for index, line in enumerate(told[1:], 1):
            self.canvas.text(row + index, right + 6, line, Ink.FAINT)
        self.ports[edge] = (row, end)
        self.words_end = max(self.words_end, end, *(right + 6 + columns(line) for line in told[1:]), 0)

    def _told(self, edge: Edge) -> tuple[str, ...]:
        """Return the lines beside a way out: where it leads, and when."""
        sign = "↻" if edge.kind is EdgeKind.RETRY else "✗" if edge.outcome == "failure" else "✓"
        to = "" if edge.source == edge.target else f"→ {self.labels[edge.target]}"
        most = max(20, self.page_width - MARGIN - self.width - 18)
        first = " ".join(visible(part) for part in (sign, edge.name, to) if part)
        both = f"{first} {visible(edge.label)}".rstrip()
        if columns(both) <= most:
            return (both,)
        return (*broken(first, most, 2), *broken(visible(edge.label), most, 3))

    def _draw_lanes(self) -> None:
        """Lead ways to the gap above their targets; those to one target, of one colour, share a lane."""
        stretches: dict[tuple[str, Ink], tuple[int, int]] = {}
        for edge, (row, _) in self.ports.items():
            if edge.source != edge.target:
                entry = self.tops[edge.target] - 2
                low, high = stretches.get((edge.target, _ink(edge)), (entry, entry))
                stretches[edge.target, _ink(edge)] = (min(low, row), max(high, row))
        first = self.words_end + 1
        lanes = lanes_of(stretches, max(0, (self.page_width - first + 1) // 2), apart=0)
        for edge, (row, end) in self.ports.items():
            lane = lanes.get((edge.target, _ink(edge)))
            if lane is not None:
                self.canvas.level(row, end, first + 2 * lane, _ink(edge))
        for (target, ink), lane in lanes.items():
            self._draw_lane(target, ink, first + 2 * lane, stretches[target, ink])

    def _draw_lane(self, target: str, ink: Ink, lane: int, stretch: tuple[int, int]) -> None:
        entry = self.tops[target] - 2
        self.canvas.upright(lane, *stretch, ink)
        self.canvas.level(entry, lane, self._middle, ink)
        self.canvas.upright(self._middle, entry, entry + 1, ink)
        self.canvas.text(entry + 1, self._middle, "▼", ink)


_INKS: Final = {NodeKind.END: Ink.GOOD, NodeKind.FAILURE: Ink.BAD, NodeKind.MISSING: Ink.DOUBT}


def _ink(edge: Edge) -> Ink:
    if edge.kind is EdgeKind.RETRY:
        return Ink.DOUBT
    return Ink.BAD if edge.outcome == "failure" else Ink.GOOD
