"""The workflow as a picture with the path that the run took, and those that it called, folded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from arazzo_runner.graph.actions import shortened
from arazzo_runner.graph.model import Figure, NodeKind
from arazzo_runner.reports.findings.order import counted
from arazzo_runner.reports.graph.svg import svg
from arazzo_runner.reports.run.html.history import Call, History
from arazzo_runner.reports.run.html.limits import MAX_PICTURED, MAX_PICTURES
from arazzo_runner.reports.run.html.markup import Markup, clipped, element, row
from arazzo_runner.reports.run.html.path import taken
from arazzo_runner.reports.run.html.value_list import more


def pictures(history: History, shown: frozenset[int]) -> Markup | None:
    """Return the pictures of the workflows of a run, its own first; None where its events carry none.

    `shown` are the numbers of the activations that the page tells of, which a step of a picture links to.
    """
    figures = history.graph.figures if history.graph else ()
    if not figures:
        return None
    calls: dict[str, list[Call]] = {}
    for call in history.calls:
        calls.setdefault(call.workflow, []).append(call)
    return row(*_pictures(figures[:MAX_PICTURES], calls, shown), more(len(figures) - MAX_PICTURES, "workflow"))


def _pictures(figures: tuple[Figure, ...], calls: dict[str, list[Call]], shown: frozenset[int]) -> Iterator[Markup]:
    first, *others = figures
    yield _picture(first, calls.get(first.workflow, []), shown)
    for figure in others:
        ran = calls.get(figure.workflow, [])
        often = f"ran {counted(len(ran), 'time')}" if ran else "did not run"
        title = element("summary", element("b", clipped(figure.workflow)), f", {often}")
        yield element("details", title, _picture(figure, ran, shown), class_="other")


def _picture(figure: Figure, calls: list[Call], shown: frozenset[int]) -> Markup:
    count = sum(node.kind is NodeKind.STEP for node in figure.nodes)
    if count > MAX_PICTURED:
        return element("p", f"Not drawn here: it has {count:,} steps.", class_="quiet note")
    figure = _bounded(figure)
    # The drawing escapes what it is given, as its own tests show.
    drawn = Markup(svg(figure, taken(figure, calls, shown)))
    name = f"Picture of workflow {clipped(figure.workflow)}"
    return element("div", drawn, class_="picture", tabindex=0, role="group", aria_label=name)


def _bounded(figure: Figure) -> Figure:
    """Return a figure with its texts as short as those of one that was made here: a journal can have any."""
    nodes = (replace(node, label=shortened(node.label), target=shortened(node.target)) for node in figure.nodes)
    edges = (replace(edge, name=shortened(edge.name), label=shortened(edge.label)) for edge in figure.edges)
    return Figure(shortened(figure.workflow), shortened(figure.title), tuple(nodes), tuple(edges))
