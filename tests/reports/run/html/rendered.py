"""A run as a page: written by the reporter, and read back by a parser that follows the HTML standard."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import html5lib

from arazzo_runner.engine.events import Event
from arazzo_runner.reports.run.html import HtmlReporter
from arazzo_runner.reports.run.html.chronicle import Chronicle
from arazzo_runner.reports.run.html.history import History
from tests.reports.tape import Tape, tape

SVG = "{http://www.w3.org/2000/svg}"


def written(events: Tape) -> str:
    """Return the page of a run."""
    stream = io.StringIO()
    reporter = HtmlReporter(stream)
    for stamped in events:
        reporter.on(stamped)
    reporter.close()
    reporter.close()
    return stream.getvalue()


def history_of(events: Tape) -> History:
    """Return the history of a run."""
    chronicle = Chronicle()
    for stamped in events:
        chronicle.on(stamped)
    return chronicle.history


def history(*events: tuple[float, Event]) -> History:
    """Return the history of events that are stamped with the seconds before them."""
    return history_of(tape(events))


def parsed(page: str) -> Any:
    """Return the document element of a page."""
    return html5lib.parse(page, namespaceHTMLElements=False)


def fragment(markup: str) -> Any:
    """Return what a piece of a page holds."""
    return html5lib.parseFragment(markup, namespaceHTMLElements=False)


def text_of(part: Any) -> str:
    """Return the text of a part of a page, blanks as one."""
    return " ".join("".join(part.itertext()).split())


def told(markup: str | None) -> str:
    """Return the text of a piece of a page."""
    return text_of(fragment(markup or ""))


def skeleton(page: str) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield the elements of a page with the names of their attributes: what no text may change."""
    for each in parsed(page).iter():
        yield str(each.tag), tuple(sorted(map(str, each.attrib)))
