"""Two runs side by side as one HTML page, made like the report of a run: it asks nobody for anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Final, TextIO

from arazzo_runner._version import VERSION
from arazzo_runner.journal.comparison.record import (
    Activation,
    Comparison,
    Difference,
    Found,
    Kind,
    Side,
    StepPair,
    TryPair,
)
from arazzo_runner.reports.comparison import words
from arazzo_runner.reports.comparison.contrast import Shown, contrast
from arazzo_runner.reports.page import Look
from arazzo_runner.reports.run.exchange import seconds_text
from arazzo_runner.reports.run.html import limits
from arazzo_runner.reports.run.html.envelope import asset, document
from arazzo_runner.reports.run.html.markup import Content, Markup, clipped, element, row
from arazzo_runner.reports.run.html.value_list import more

SOUGHT: Final = 6
"""Steps from which on there is a field to find one by."""

MAX_OPENED: Final = 20
"""Steps with differences that are unfolded at first."""

MAX_DIFFERING: Final = 3_000
"""Differences of steps that the page tells; of the steps after, only that they differ is told."""

MAX_CELL: Final = 600
"""Characters of a value that a cell shows, from a little before what differs on."""

_KINDS: Final = {"same": "quiet", "changed": "doubt", "left": "bad", "right": "good"}


_UNTOLD: Final = element("p", "Left out: the page tells as many differences as it can.", class_="quiet note")


def write_html(stream: TextIO, comparison: Comparison, look: Look) -> None:
    """Write the page."""
    del look
    stream.write(page(comparison))
    stream.flush()


def page(comparison: Comparison) -> str:
    """Return a comparison as an HTML document."""
    ending = "the same" if comparison.same else "different"
    style = asset("comparison.css", __package__)
    parts: tuple[tuple[str, str, Content], ...] = (
        ("begun", "Begun with", _table(comparison.begun)),
        ("steps", "Steps", _steps(comparison.steps)),
        ("ended", "Ended with", _table(comparison.ended)),
    )
    sections = [each for each in parts if each[2]]
    body = (
        element("a", "Skip to the content", href="#content", class_="skip"),
        _bar(sections),
        element("main", _headline(comparison), [_section(*each) for each in sections], id="content", tabindex=-1),
        element("footer", element("p", f"Made by arazzo {VERSION} from the journals of two runs.")),
    )
    return document(f"{clipped(comparison.left.workflow, 100)}: {ending} - Arazzo runs", body, (style,))


def _section(id: str, title: str, content: Content) -> Markup:
    return element("section", element("h2", title, id=f"{id}-title"), content, id=id, aria_labelledby=f"{id}-title")


def _bar(sections: Iterable[tuple[str, str, Content]]) -> Markup:
    links = [element("a", title, href=f"#{id}") for id, title, _ in sections]
    switch = element("button", "Theme: automatic", type="button", id="theme", hidden=True)
    return element("nav", element("div", links, class_="links"), switch, aria_label="Sections")


def _headline(comparison: Comparison) -> Markup:
    mark, word, kind = ("=", "Same", "good") if comparison.same else ("~", "Different", "doubt")
    told = words.summary(comparison)
    return element(
        "header",
        element("p", "Two Arazzo runs", class_="eyebrow"),
        element(
            "div",
            element("h1", clipped(comparison.left.workflow)),
            element("p", element("span", mark, aria_hidden="true"), f" {word}", class_=f"badge {kind}"),
            class_="title",
        ),
        element("p", f"{told[0].upper()}{told[1:]}."),
        element("div", _runs(comparison.left, comparison.right), class_="figures"),
        [element("p", f"{each[0].upper()}{each[1:]}.", class_="quiet note") for each in words.remarks(comparison)],
        _left_out(comparison.left_out),
    )


def _left_out(names: tuple[str, ...]) -> Markup | None:
    if not names:
        return None
    told = element("summary", f"{len(names)} header fields are not compared")
    return element("details", told, element("p", ", ".join(names), class_="note"), class_="fold")


def _runs(left: Side, right: Side) -> Markup:
    rows = [
        ("Journal", left.journal, right.journal),
        ("Workflow", left.workflow, right.workflow),
        ("Document", left.document, right.document),
        ("Begun", words.moment(left), words.moment(right)),
        ("Ended", left.status, right.status),
        ("Took", seconds_text(left.seconds), seconds_text(right.seconds)),
        ("Requests", f"{left.requests:,}", f"{right.requests:,}"),
    ]
    cells = [_row(name, clipped(one), clipped(other)) for name, one, other in rows]
    return element("table", _heads(), element("tbody", cells), class_="sides")


def _heads() -> Markup:
    cells = [element("th", name, scope="col") for name in ("", "Left", "Right")]
    return element("thead", element("tr", cells))


def _row(name: str, left: Content, right: Content, changed: tuple[bool, bool] = (False, False)) -> Markup:
    return element(
        "tr",
        element("th", name, scope="row"),
        element("td", left, data_side="Left", class_="gone" if changed[0] else None),
        element("td", right, data_side="Right", class_="come" if changed[1] else None),
    )


# ---------------------------------------------------------------- steps


def _steps(pairs: tuple[StepPair, ...]) -> Content:
    if not pairs:
        return element("p", "No step began.", class_="quiet")
    field = element("input", type="search", id="find", placeholder="Find a step", aria_label="Find a step")
    finder = element("p", field, " ", element("span", role="status", id="found"), class_="finder", hidden=True)
    opened, told, steps = 0, 0, []
    for number, pair in enumerate(pairs[: limits.MAX_ACTIVATIONS], 1):
        differs = pair.state != "same"
        opened += differs
        told += sum(1 for _ in pair.differences) + len(pair.tries)
        inside = list(_inside(pair)) if told <= MAX_DIFFERING else _UNTOLD
        steps.append(_step(number, pair, inside, differs and opened <= MAX_OPENED))
    legend = element("div", finder, class_="legend") if len(pairs) >= SOUGHT else None
    listed = element("div", steps, class_="steps many" if len(pairs) > MAX_OPENED else "steps")
    return element("div", legend, listed, more(len(pairs) - limits.MAX_ACTIVATIONS, "step"), class_="flat")


def _step(number: int, pair: StepPair, inside: Content, opened: bool) -> Markup:
    state, kind = pair.state, _KINDS[pair.state]
    head = element(
        "summary",
        element("span", words.MARKS[state], class_=f"mark {kind}", aria_hidden="true"),
        element("h3", clipped(words.label(pair))),
        element("span", clipped(words.target(pair)), class_="target"),
        element("span", f"{words.STATES[state]}  {clipped(words.answers(pair), 60)}", class_=f"code {kind}"),
    )
    body = element("div", inside, class_="inside")
    return element("details", head, body, class_=f"step {state}", id=f"s{number}", open=opened)


def _inside(pair: StepPair) -> Iterator[Markup | None]:
    for each in pair.tries[: limits.MAX_TRIES]:
        if len(pair.tries) > 1:
            title = words.try_title(each)
            yield element("h4", f"{title[0].upper()}{title[1:]}", class_="try")
        yield element("table", _heads(), element("tbody", list(_sent(each)), _differences(each.found)), class_="sides")
        yield _more(each.found)
    yield more(len(pair.tries) - limits.MAX_TRIES, "try", "tries")
    left, right = _ending(pair.left), _ending(pair.right)
    rows = row(_row("Ended", left[0], right[0]), _row("Took", left[1], right[1]), _differences(pair.found))
    yield element("table", _heads(), element("tbody", rows), class_="sides")
    yield _more(pair.found)


def _ending(step: Activation | None) -> tuple[str, str]:
    return (step.status or "did not end", seconds_text(step.seconds)) if step else ("", "")


def _code(text: str) -> Markup | None:
    return element("code", clipped(text, limits.MAX_URL)) if text else None


def _sent(pair: TryPair) -> Iterator[Markup]:
    both = zip_longest(words.exchanges(pair.left), words.exchanges(pair.right), fillvalue=("", ""))
    for (left, came), (right, other) in both:
        yield _row("Sent", _code(left), _code(right))
        yield _row("Answered", came, other)


def _more(found: Found) -> Markup | None:
    return element("p", "There are more differences, which are not told.", class_="quiet note") if found.more else None


def _table(found: Found) -> Markup | None:
    if not found.all:
        return None
    return row(element("table", _heads(), element("tbody", _differences(found)), class_="sides"), _more(found))


def _differences(found: Found) -> list[Markup]:
    return [_difference(each) for each in found.all]


def _difference(difference: Difference) -> Markup:
    name = f"{difference.name[:1].upper()}{difference.name[1:]}"
    if difference.kind in (Kind.SECRET, Kind.UNKNOWN):
        told = "a secret" if difference.kind is Kind.SECRET else "a secret, not compared"
        other = "another secret" if difference.kind is Kind.SECRET else told
        return _row(clipped(name), told, other, (difference.counts, difference.counts))
    left, right = contrast(difference, MAX_CELL)
    return _row(clipped(name), _value(left, "-"), _value(right, "+"), (left is not None, right is not None))


def _value(value: Shown | None, sign: str) -> Content:
    if value is None:
        return element("span", "not there", class_="quiet")
    told = element("code", value.before, element("mark", value.middle) if value.middle else None, value.after)
    return row(element("span", sign, class_="sign", aria_hidden="true"), told)
