"""A run as a page: its head, its sections, and the way between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from arazzo_runner._version import VERSION
from arazzo_runner.reports.graph.style import STYLE
from arazzo_runner.reports.run.exchange import seconds_text
from arazzo_runner.reports.run.html.bars import Scale
from arazzo_runner.reports.run.html.envelope import document
from arazzo_runner.reports.run.html.headline import ending, headline
from arazzo_runner.reports.run.html.history import Activation, History
from arazzo_runner.reports.run.html.markup import Content, Markup, clipped, element, row
from arazzo_runner.reports.run.html.picture import pictures
from arazzo_runner.reports.run.html.room import Room
from arazzo_runner.reports.run.html.selection import culprits, kept
from arazzo_runner.reports.run.html.steps import Steps
from arazzo_runner.reports.run.html.value_list import value_list
from arazzo_runner.reports.run.html.warned import title_of, warnings_list

SOUGHT = 6
"""Steps from which on there is a field to find one by."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page, and its place in it."""

    id: str
    title: str
    content: Content


def page(history: History) -> str:
    """Return a run as an HTML document."""
    broken = culprits(history)
    sections = [each for each in _sections(history, broken) if each.content]
    body = (
        element("a", "Skip to the content", href="#content", class_="skip"),
        _bar(sections),
        element("main", headline(history, broken), map(_section, sections), id="content", tabindex=-1),
        element("footer", element("p", f"Made by arazzo {VERSION} from the events of the run.")),
    )
    title = f"{clipped(history.root.workflow, 100) or 'run'}: {ending(history).lower()} - Arazzo run"
    return document(title, body, inner=(STYLE,))


def _sections(history: History, broken: tuple[Activation, ...]) -> Iterator[Section]:
    if history.inputs:
        yield Section("inputs", "Inputs", value_list(history.inputs))
    if history.result and history.result.outputs:
        yield Section("outputs", "Outputs", value_list(history.result.outputs))
    shown = kept(history)
    yield Section("picture", "Workflow", pictures(history, shown))
    yield Section("steps", "Steps", _steps(history, broken, shown))
    if history.warnings:
        yield Section("warnings", title_of(history.warnings), warnings_list(history.warnings))


def _section(section: Section) -> Markup:
    head = element("h2", section.title, id=f"{section.id}-title")
    return element("section", head, section.content, id=section.id, aria_labelledby=f"{section.id}-title")


def _steps(history: History, broken: tuple[Activation, ...], shown: frozenset[int]) -> Content:
    scale, activations = Scale.of(history), history.activations
    opened = frozenset(each.number for each in broken)
    room = Room.of(each for each in activations if each.number in shown)
    told = Steps(scale, history.now, shown, opened, room).rows(history.root.items)
    if told is None:
        return element("p", "No step began.", class_="quiet")
    legend = _legend(scale, len(activations))
    return element("div", legend, told, class_="flat" if scale.is_flat else "timed")


def _bar(sections: Iterable[Section]) -> Markup:
    links = [element("a", each.title, href=f"#{each.id}") for each in sections]
    switch = element("button", "Theme: automatic", type="button", id="theme", hidden=True)
    return element("nav", element("div", links, class_="links"), switch, aria_label="Sections")


def _legend(scale: Scale, steps: int) -> Markup:
    """Return what stands over the steps: what finds one, and what the colours of the timeline mean."""
    field = element("input", type="search", id="find", placeholder="Find a step", aria_label="Find a step")
    finder = element("p", field, " ", element("span", role="status", id="found"), class_="finder", hidden=True)
    kinds = (("step", "step"), ("call", "request"), ("lost", "no answer"), ("wait", "waiting"))
    keys = [element("span", element("i", class_=f"key {kind}"), f" {what}") for kind, what in kinds]
    ends = element("p", element("span", "0"), element("span", seconds_text(scale.seconds)), class_="axis")
    return element(
        "div",
        finder if steps >= SOUGHT else None,
        element("p", "No time passed: the clock was a simulated one.", class_="quiet note")
        if scale.is_flat
        else row(element("p", keys, class_="keys"), ends),
        class_="legend",
    )
