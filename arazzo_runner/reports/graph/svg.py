"""A graph as SVG: one file with nothing beside it, no script, light and dark as the reader's system is.

A screen reader is told the same in words: each drawing has a title and a description. All text is escaped, and what
XML has no place for is written out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TextIO
from xml.sax.saxutils import escape, quoteattr

from arazzo_runner.graph.actions import shortened
from arazzo_runner.graph.layout import DETAIL_COLUMN, Box, Layout, Point, Route, Tone, Words, layout
from arazzo_runner.graph.measure import columns, fitted
from arazzo_runner.graph.model import Figure, Graph, NodeKind
from arazzo_runner.reports.escape import visible
from arazzo_runner.reports.graph.style import STYLE
from arazzo_runner.reports.graph.taken import Taken
from arazzo_runner.reports.graph.words import told
from arazzo_runner.reports.page import Look

SPACE: Final = 48
"""What lies between two figures of one picture, and above each for its name."""
NAME_COLUMNS, TITLE_COLUMNS = 60, 90
"""Columns of the name above a figure, and of its summary."""

_SIGNS: Final = {"succeeded": "✓", "failed": "✗", "skipped": "-", "running": "…"}


def svg(figure: Figure, taken: Taken | None = None) -> str:
    """Return one figure as an `svg` element, for a page of HTML or a file; with the path that a run took marked.

    It has no ids, so a page can hold any number; its classes begin with ``ag-``, and its colours are the custom
    properties ``--ag-*``, which a page may set.
    """
    plan = layout(figure, taken.notes if taken else None)
    role = "group" if taken and taken.links else "img"
    head = _opening(
        plan.width, plan.height + _below(plan), role, figure.title or shortened(figure.workflow), " ".join(told(figure))
    )
    return "\n".join((*head, *_drawn(plan, taken), "</svg>", ""))


def write_svg(stream: TextIO, graph: Graph, look: Look) -> None:
    """Write all figures of a graph as one picture, each under its name."""
    plans = [layout(figure) for figure in graph.figures]
    width = max((plan.width for plan in plans), default=200)
    height = sum(plan.height + _below(plan) + SPACE for plan in plans) or 50
    width = max((width, *(_heading_width(figure) for figure in graph.figures)))
    title = ", ".join(shortened(figure.workflow) for figure in graph.figures[:5]) or "nothing to draw"
    text = " ".join(line for figure in graph.figures for line in told(figure))
    parts, y = _opening(width, height, "img", title, text), 0
    for figure, plan in zip(graph.figures, plans, strict=True):
        parts += [f'<g transform="translate(0 {y + SPACE})">', *_heading(figure), *_drawn(plan, None), "</g>"]
        y += plan.height + _below(plan) + SPACE
    stream.write("\n".join((*parts, "</svg>", "")))
    stream.flush()


def _opening(width: int, height: int, role: str, title: str, text: str) -> list[str]:
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ag-picture" role="{role}" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" aria-label={_attribute(title)}>',
        f"<title>{_text(title)}</title>",
        f"<desc>{_text(text)}</desc>",
        f"<style>{STYLE}</style>",
        f'<rect class="ag-paper" width="{width}" height="{height}" rx="6"/>',
    ]


def _heading(figure: Figure) -> Iterator[str]:
    yield f'<text class="ag-name" x="24" y="-8">{_text(fitted(figure.workflow, NAME_COLUMNS))}</text>'
    if figure.title:
        yield f'<text class="ag-note" x="24" y="10">{_text(fitted(figure.title, TITLE_COLUMNS))}</text>'


def _heading_width(figure: Figure) -> int:
    name, title = columns(fitted(figure.workflow, NAME_COLUMNS)), columns(fitted(figure.title, TITLE_COLUMNS))
    return round(max(name * 9.8, title * DETAIL_COLUMN)) + 48


def _below(plan: Layout) -> int:
    return 24 if plan.note else 0


def _drawn(plan: Layout, taken: Taken | None) -> Iterator[str]:
    """Yield the elements of a layout: the routes that were taken lie on the others, and boxes on all."""
    routes = sorted(plan.routes, key=lambda route: taken is not None and route.edge in taken.edges)
    for route in routes:
        yield _route(route, taken)
    for box in plan.boxes:
        yield _box(box, taken)
    if plan.note:
        yield f'<text class="ag-note" x="24" y="{plan.height + 6}">{_text(plan.note)}</text>'


def _route(route: Route, taken: Taken | None) -> str:
    mark = "" if taken is None else " ag-taken" if route.edge in taken.edges else " ag-faint"
    quiet = "" if route.edge.name or route.edge.label or route.tone is not Tone.FAILURE else " ag-default"
    line = f'<path d="{_path(route.points)}"/>{_head(*route.points[-2:])}'
    words = "".join(map(_words, route.words))
    hint = ": ".join(part for part in (route.edge.name, route.edge.label) if part)
    title = f"<title>{_text(hint)}</title>" if hint else ""
    return f'<g class="ag-way ag-{route.tone.value}{quiet}{mark}">{title}{line}{words}</g>'


def _path(points: tuple[Point, ...]) -> str:
    """Return the line through some points, its corners rounded."""
    (x, y), *rest = points
    parts = [f"M{x} {y}"]
    for index, (x, y) in enumerate(rest):
        if index + 1 == len(rest):
            parts.append(f"L{x} {y}")
            break
        before, after = points[index], rest[index + 1]
        radius = min(8, _length(before, (x, y)) // 2, _length((x, y), after) // 2)
        near, far = _towards((x, y), before, radius), _towards((x, y), after, radius)
        parts.append(f"L{near[0]} {near[1]}Q{x} {y} {far[0]} {far[1]}")
    return "".join(parts)


def _length(one: Point, other: Point) -> int:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(start: Point, end: Point, by: int) -> Point:
    x = (end[0] > start[0]) - (end[0] < start[0])
    y = (end[1] > start[1]) - (end[1] < start[1])
    return start[0] + x * by, start[1] + y * by


def _head(before: Point, end: Point) -> str:
    """Return the head of an arrow that ends at a point; lines run level or upright."""
    x, y = end
    back = _towards(end, before, 8)
    across = (0, 4) if back[1] == y else (4, 0)
    corners = f"{x},{y} {back[0] + across[0]},{back[1] + across[1]} {back[0] - across[0]},{back[1] - across[1]}"
    return f'<polygon points="{corners}"/>'


def _words(words: Words) -> str:
    anchor = ' text-anchor="end"' if words.ends else ""
    return f'<text class="ag-words" x="{words.at[0]}" y="{words.at[1]}"{anchor}>{_text(words.text)}</text>'


def _box(box: Box, taken: Taken | None) -> str:
    node = box.node
    status = "" if taken is None else taken.nodes.get(node.id, "unseen")
    classes = f"ag-box ag-{node.kind.value}" + (f" ag-{status}" if status in (*_SIGNS, "unseen") else "")
    if node.kind is NodeKind.STEP and node.workflow:
        classes += " ag-calls"
    parts = [f"<title>{_text(_hint(box))}</title>", _outline(box), *_lines(box)]
    if status in _SIGNS:
        x, y = box.x + box.width - 14, box.y + 22
        parts.append(f'<text class="ag-sign" x="{x}" y="{y}" text-anchor="middle">{_SIGNS[status]}</text>')
    element = f'<g class="{classes}">{"".join(parts)}</g>'
    link = taken.links.get(node.id) if taken else None
    return f"<a href={_attribute(link)}>{element}</a>" if link else element


def _hint(box: Box) -> str:
    return " · ".join(part for part in (box.node.label, box.node.target, box.note) if part)


def _outline(box: Box) -> str:
    radius = 8 if box.node.kind is NodeKind.STEP else 17
    rect = f'<rect x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="{radius}"/>'
    if box.node.kind is NodeKind.STEP:
        rect += f'<path class="ag-edge" d="M{box.x + 4} {box.y + 10}v{box.height - 20}"/>'
    return rect


def _lines(box: Box) -> Iterator[str]:
    if box.node.kind is not NodeKind.STEP:
        x, y = box.x + box.width // 2, box.y + 22
        yield f'<text class="ag-title" x="{x}" y="{y}" text-anchor="middle">{_text(box.title)}</text>'
        if box.detail:
            yield f'<text class="ag-detail" x="{x}" y="{y + 16}" text-anchor="middle">{_text(box.detail)}</text>'
        return
    y = box.y + 25
    yield f'<text class="ag-title" x="{box.x + 18}" y="{y}">{_text(box.title)}</text>'
    for line, kind in ((box.detail, "detail"), (box.note, "note")):
        if line:
            y += 18
            yield f'<text class="ag-{kind}" x="{box.x + 18}" y="{y}">{_text(line)}</text>'


def _text(text: str) -> str:
    return escape(_carried(text))


def _attribute(text: str) -> str:
    return quoteattr(_carried(text))


def _carried(text: str) -> str:
    """Return a text that XML can carry: what acts instead of being seen, and what XML forbids, is written out."""
    return visible(text).replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
