"""Where the nodes of a figure stand and how its edges run: plain data that any drawing can use.

The steps stand in one column, in the order in which they run; what follows by itself is a straight line down the
middle. Every other way out of a step leaves it on the right, has its words beside it, and runs in a lane to the gap
above its target; ways to one target share a lane. On the left stand the workflows that are called or depended on, and
run the dependencies between steps. So no edge ever crosses a node, and the height grows with the steps alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, TypeAlias

from arazzo_runner.graph.lanes import MAX_LANES, lanes_of
from arazzo_runner.graph.measure import broken, columns, fitted
from arazzo_runner.graph.model import Edge, EdgeKind, Figure, Node, NodeKind

MAX_ROWS: Final = 1500
"""Steps and ends of a figure that are drawn; the note of the layout says how many are left out."""

MAX_WAYS: Final = 12
"""Ways out of one step that are drawn."""

TITLE_COLUMN, DETAIL_COLUMN, LABEL_COLUMN = 8.5, 7.3, 6.7
"""The width of a character of a title, of what stands below it, and of an edge's words."""

_MARGIN, _GAP, _LANE, _PILL = 24, 46, 14, 34
_CARD_MIN, _CARD_MAX, _SIDE_MAX, _LABEL_MAX = 190, 400, 250, 340
_PADDING, _SIGN = 18, 12
_LABEL_COLUMNS, _LABEL_LINES = 42, 2

Point: TypeAlias = tuple[int, int]


class Tone(Enum):
    """What a route means, for its colour; two tones never share a lane."""

    PLAIN = "plain"
    SUCCESS = "success"
    FAILURE = "failure"
    RETRY = "retry"
    CALL = "call"
    DEPENDS = "depends"


@dataclass(frozen=True, slots=True)
class Box:
    """A node in its place. `title`, `detail` and `note` are its lines, cut to fit; empty ones are not drawn."""

    node: Node
    x: int
    y: int
    width: int
    height: int
    title: str
    detail: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text beside a route; it begins at its point, or ends there."""

    at: Point
    text: str
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """An edge in its place: the corners of its line, whose last one has the arrow's head, and the words beside it."""

    edge: Edge
    tone: Tone
    points: tuple[Point, ...]
    words: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """A figure in its places. `note` tells what is not drawn, empty for nothing."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    routes: tuple[Route, ...]
    note: str = ""


def layout(figure: Figure, notes: Mapping[str, str] | None = None) -> Layout:
    """Return the layout of a figure. `notes` are lines of text to be written into the boxes of nodes, by their ids."""
    plan = _Plan(figure, notes or {})
    plan.choose()
    plan.measure()
    plan.place()
    plan.make_room()
    plan.route()
    return plan.layout()


@dataclass(slots=True)
class _Plan:
    """A layout while it is made: who stands in which row, what leaves each row and where, then all places."""

    figure: Figure
    notes: Mapping[str, str]
    rows: list[Node] = field(default_factory=list)
    row_of: dict[str, int] = field(default_factory=dict)
    sides: dict[int, list[Node]] = field(default_factory=lambda: defaultdict(list))
    spine: dict[str, Edge] = field(default_factory=dict)
    ways: dict[str, list[Edge]] = field(default_factory=lambda: defaultdict(list))
    left: list[Edge] = field(default_factory=list)
    ports: dict[Edge, int] = field(default_factory=dict)
    boxes: dict[str, Box] = field(default_factory=dict)
    routes: list[Route] = field(default_factory=list)
    left_out: int = 0
    ways_left_out: int = 0
    left_left_out: int = 0
    card: int = _CARD_MIN
    side: int = 0
    label: int = 0
    column: int = 0
    left_lanes: dict[str, int] = field(default_factory=dict)
    width: int = 0
    height: int = 0

    def choose(self) -> None:
        """Say which node stands in a row and which at the side, and how each edge runs."""
        nodes = {node.id: node for node in self.figure.nodes}
        own = (EdgeKind.CALL, EdgeKind.DEPENDS)
        entered = {edge.target for edge in self.figure.edges if edge.kind not in own}
        aside = (NodeKind.WORKFLOW, NodeKind.MISSING)
        rows = [node for node in self.figure.nodes if node.kind not in aside or node.id in entered]
        self.rows, self.left_out = rows[:MAX_ROWS], max(0, len(rows) - MAX_ROWS)
        self.row_of = {node.id: row for row, node in enumerate(self.rows)}
        seen: set[str] = set()
        for edge in self.figure.edges:
            if edge.kind in own:
                self._aside(edge, nodes, seen)
            elif edge.source in self.row_of and edge.target in self.row_of:
                self._onward(edge)

    def _aside(self, edge: Edge, nodes: Mapping[str, Node], seen: set[str]) -> None:
        ends = (edge.source, edge.target)
        row = next((self.row_of[one] for one in ends if one in self.row_of), None)
        for one in ends:
            if one not in self.row_of and one not in seen and row is not None and nodes[one].kind in _ASIDE:
                seen.add(one)
                self.sides[row].append(nodes[one])
        if all(one in self.row_of or one in seen for one in ends):
            self.left.append(edge)

    def _onward(self, edge: Edge) -> None:
        follows = self.row_of[edge.target] == self.row_of[edge.source] + 1
        plain = edge.outcome != "failure" and not edge.label and edge.kind is not EdgeKind.RETRY
        if follows and plain and edge.source not in self.spine:
            self.spine[edge.source] = edge
        elif len(self.ways[edge.source]) < MAX_WAYS:
            self.ways[edge.source].append(edge)
        else:
            self.ways_left_out += 1

    def measure(self) -> None:
        """Find the widths of the columns."""
        cards = [_wanted(node, self.notes.get(node.id, "")) for node in self.rows if node.kind is NodeKind.STEP]
        self.card = _within(_CARD_MIN, max(cards, default=0), _CARD_MAX)
        sides = [_wanted(node, "") for nodes in self.sides.values() for node in nodes]
        self.side = min(max(sides), _SIDE_MAX) if sides else 0
        words = [text for edges in self.ways.values() for edge in edges for text in self._words(edge)]
        lanes = {(edge.target, _tone(edge)) for edges in self.ways.values() for edge in edges}
        least = 40 if len(lanes) <= MAX_LANES else _LABEL_MAX  # without a lane, a way needs room for words
        self.label = _within(least, round(max(map(columns, words), default=0) * LABEL_COLUMN) + 52, _LABEL_MAX)

    def _words(self, edge: Edge) -> tuple[str, ...]:
        """Return what stands above and below a way out: its name and its label."""
        if not edge.name and not edge.label:
            others = [one for one in self.ways[edge.source] if one.outcome == edge.outcome and one.name + one.label]
            return ("otherwise",) if others else ()
        lines = [fitted(edge.name, _LABEL_COLUMNS)] if edge.name else []
        return (*lines, *broken(edge.label, _LABEL_COLUMNS, _LABEL_LINES))

    def place(self) -> None:
        """Give every node its box, and every way out its height."""
        lanes = max(self.left_lanes.values(), default=-1) + 1
        self.column = _MARGIN + (self.side + 30 if self.side else 0) + lanes * _LANE
        middle, y = self.column + self.card // 2, _MARGIN
        for row, node in enumerate(self.rows):
            height = self._height(row, node)
            width = self.card if node.kind is NodeKind.STEP else min(max(_wanted(node, ""), 90), self.card)
            self.boxes[node.id] = _box(node, (middle - width // 2, y), (width, height), self.notes.get(node.id, ""))
            self._place_ports(node, y)
            self._place_sides(row, y)
            sides = sum(_pill(one) + 8 for one in self.sides[row]) - 8
            y += max(height, sides) + _GAP
        self.height = y - _GAP + _MARGIN

    def make_room(self) -> None:
        """Find the lanes on the left, now that the heights are known, and move everything to the right of them."""
        stretches: dict[str, tuple[int, int]] = {}
        for edge in self.left:
            if not self._is_beside(edge):
                ends, hub = (self._left_port(edge, edge.source), self._left_port(edge, edge.target)), self._hub(edge)
                low, high = stretches.get(hub, (min(ends), max(ends)))
                stretches[hub] = (min(low, *ends), max(high, *ends))
        self.left_lanes = lanes_of(stretches)
        if self.left_lanes:
            self.place()

    def _height(self, row: int, node: Node) -> int:
        if node.kind is not NodeKind.STEP:
            return _pill(node)
        text = 40 + 18 * sum(map(bool, (node.target, self.notes.get(node.id))))
        return max(text, 12 + sum(self._room(edge) for edge in self.ways[node.id]))

    def _room(self, edge: Edge) -> int:
        return 22 + 13 * max(len(self._words(edge)), int(edge.kind is EdgeKind.RETRY))

    def _place_ports(self, node: Node, y: int) -> None:
        y += 6
        for edge in self.ways[node.id]:
            self.ports[edge] = y + 11 + (12 if self._words(edge) else 0)
            y += self._room(edge)

    def _place_sides(self, row: int, y: int) -> None:
        for node in self.sides[row]:
            self.boxes[node.id] = _box(node, (_MARGIN, y), (self.side, _pill(node)), "")
            y += _pill(node) + 8

    def route(self) -> None:
        """Lead every edge from its source to its target."""
        for edge in self.spine.values():
            source, target = self.boxes[edge.source], self.boxes[edge.target]
            x, y = source.x + source.width // 2, source.y + source.height
            others = any(way.outcome == "success" for way in self.ways[edge.source])
            text = edge.name or ("otherwise" if others else "")
            at = (x - 10, y + _GAP // 2 + 4)
            words = (Words(at, fitted(text, self.card // 2 // 7), ends=True),) if text else ()
            self.routes.append(Route(edge, Tone.PLAIN, ((x, y), (x, target.y)), words))
        self._route_right()
        self._route_left()

    def _route_right(self) -> None:
        stretches: dict[tuple[str, Tone], tuple[int, int]] = {}
        for edge, port in self.ports.items():
            if edge.source != edge.target:
                key = (edge.target, _tone(edge))
                entry = self._entry(edge)
                low, high = stretches.get(key, (entry, entry))
                stretches[key] = (min(low, port), max(high, port))
        lanes = lanes_of(stretches)
        first = self.column + self.card + self.label
        self.width = first + (max(lanes.values(), default=-1) + 1) * _LANE + _MARGIN
        for edge, port in self.ports.items():
            lane = lanes.get((edge.target, _tone(edge)))
            x = None if lane is None else first + lane * _LANE
            self.routes.append(self._way(edge, port, x))

    def _entry(self, edge: Edge) -> int:
        """Return the height in the gap above its target at which a way comes in; each tone has its own."""
        return self.boxes[edge.target].y - 14 - 7 * (_tone(edge) is Tone.FAILURE)

    def _way(self, edge: Edge, port: int, lane: int | None) -> Route:
        """Lead a way out to its target: a loop for one that leads back at once, a stub where no lane is free."""
        source, target = self.boxes[edge.source], self.boxes[edge.target]
        right, tone, texts = source.x + source.width, _tone(edge), self._words(edge)
        points: tuple[Point, ...]
        if edge.source == edge.target:
            points = ((right, port - 7), (right + 24, port - 7), (right + 24, port + 7), (right, port + 7))
            return Route(edge, tone, points, self._placed(texts, right + 32, port, apart=False))
        if lane is None:
            leads = fitted(f"to {target.node.label}", _LABEL_COLUMNS)
            points = ((right, port), (right + 24, port))
            return Route(edge, tone, points, self._placed((*texts[:1], leads), right + 32, port, apart=False))
        entry, middle = self._entry(edge), target.x + target.width // 2
        points = ((right, port), (lane, port), (lane, entry), (middle, entry), (middle, target.y))
        return Route(edge, tone, points, self._placed(texts, right + 12, port, apart=True))

    def _placed(self, texts: Iterable[str], x: int, y: int, *, apart: bool) -> tuple[Words, ...]:
        """Put the first line of words above a line and the rest below, or, not `apart`, all where the line ends."""
        heights = (y - 5, *range(y + 13, y + 100, 13)) if apart else range(y - 3, y + 100, 13)
        return tuple(Words((x, height), text) for text, height in zip(texts, heights, strict=False))

    def _route_left(self) -> None:
        for edge in self.left:
            lane = self.left_lanes.get(self._hub(edge))
            if lane is None and not self._is_beside(edge):
                self.left_left_out += 1
            else:
                self.routes.append(self._left_way(edge, self.column - 12 - _LANE * (lane or 0)))

    def _hub(self, edge: Edge) -> str:
        """Return the end that edges of one lane on the left have in common: what stands aside, else the target."""
        return edge.source if edge.source not in self.row_of else edge.target

    def _is_beside(self, edge: Edge) -> bool:
        """Tell whether one end stands at the side of the row of the other."""
        rows = [self.row_of.get(one) for one in (edge.source, edge.target)]
        row = next((one for one in rows if one is not None), None)
        return row is not None and any(node.id in (edge.source, edge.target) for node in self.sides[row])

    def _left_port(self, edge: Edge, node: str) -> int:
        box = self.boxes[node]
        if node not in self.row_of:
            return box.y + box.height // 2 + (8 if edge.kind is EdgeKind.CALL else 0)
        return box.y + (box.height - 12 if node == edge.source else 12)

    def _left_way(self, edge: Edge, lane: int) -> Route:
        source, target = self.boxes[edge.source], self.boxes[edge.target]
        start, end = self._left_port(edge, edge.source), self._left_port(edge, edge.target)
        begin = source.x + (0 if edge.source in self.row_of else source.width)
        finish = target.x + (0 if edge.target in self.row_of else target.width)
        if self._is_beside(edge):
            start, end = self._level(edge, start, end)
        points: tuple[Point, ...] = ((begin, start), (lane, start), (lane, end), (finish, end))
        if start == end:
            points = ((begin, start), (finish, end))
        return Route(edge, _tone(edge), points)

    def _level(self, edge: Edge, start: int, end: int) -> tuple[int, int]:
        """Return the heights of an edge between a card and what stands beside it: level where the card is there."""
        aside, other = (edge.target, edge.source) if edge.source in self.row_of else (edge.source, edge.target)
        box, height = self.boxes[other], self.boxes[aside].y + self.boxes[aside].height // 2
        if box.node.kind is NodeKind.STEP and height < box.y + box.height:
            return height, height
        middle = box.y + box.height // 2
        return (middle, height) if other == edge.source else (height, middle)

    def layout(self) -> Layout:
        """Return what was made."""
        return Layout(self.width, self.height, tuple(self.boxes.values()), tuple(self.routes), self._note())

    def _note(self) -> str:
        told = []
        if self.left_out:
            told.append(f"{self.left_out} more nodes are not drawn")
        if self.ways_left_out:
            told.append(f"{self.ways_left_out} more ways out of steps are not drawn")
        if self.left_left_out:
            told.append(f"{self.left_left_out} more calls and dependencies are not drawn")
        return "; ".join(told)


_ASIDE: Final = (NodeKind.WORKFLOW, NodeKind.MISSING)


def _tone(edge: Edge) -> Tone:
    match edge.kind:
        case EdgeKind.RETRY:
            return Tone.RETRY
        case EdgeKind.CALL:
            return Tone.CALL
        case EdgeKind.DEPENDS:
            return Tone.DEPENDS
        case _:
            return {"success": Tone.SUCCESS, "failure": Tone.FAILURE}.get(edge.outcome, Tone.PLAIN)


def _within(least: int, wanted: int, most: int) -> int:
    return max(least, min(wanted, most))


def _pill(node: Node) -> int:
    """Return the height of a node that is no step."""
    return _PILL + (14 if node.target else 0)


def _wanted(node: Node, note: str) -> int:
    """Return the width that a node would like to have."""
    lines = max(columns(node.label) * TITLE_COLUMN, columns(node.target) * DETAIL_COLUMN, columns(note) * DETAIL_COLUMN)
    return round(lines) + 2 * _PADDING + (_SIGN if node.kind is NodeKind.STEP else 0)


def _box(node: Node, at: Point, size: Point, note: str) -> Box:
    room = size[0] - 2 * _PADDING + 4 - (_SIGN if node.kind is NodeKind.STEP else 0)
    title, below = fitted(node.label, int(room / TITLE_COLUMN)), int(room / DETAIL_COLUMN)
    return Box(node, *at, *size, title, fitted(node.target, below), fitted(note, below))
