"""The head of the page: which workflow, how it ended and why, and the figures of the run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from arazzo_runner.engine.result import Status
from arazzo_runner.engine.settings import NO_RUN_ID
from arazzo_runner.reports.findings.order import counted
from arazzo_runner.reports.run.exchange import seconds_text
from arazzo_runner.reports.run.html.history import Activation, History
from arazzo_runner.reports.run.html.limits import MAX_CONTENT
from arazzo_runner.reports.run.html.markup import Markup, clipped, element, lines
from arazzo_runner.reports.run.html.warned import title_of
from arazzo_runner.reports.run.progress import INTERRUPTED
from arazzo_runner.reports.run.summary import LIMITS

_BADGES = {
    Status.SUCCEEDED: ("\u2713", "Succeeded", "good"),
    Status.FAILED: ("\u2717", "Failed", "bad"),
    Status.STOPPED: ("!", "Stopped", "doubt"),
    Status.SKIPPED: ("\u2013", "Skipped", "doubt"),
    None: ("\u2026", "Did not end", "doubt"),
}


def ending(history: History) -> str:
    """Say in a word or two how the run ended."""
    return _BADGES[_status(history)][1]


def headline(history: History, broken: tuple[Activation, ...]) -> Markup:
    """Return the head of the page; `broken` is the step that broke the run, behind those around it."""
    mark, word, kind = _BADGES[_status(history)]
    return element(
        "header",
        element("p", "Arazzo run", class_="eyebrow"),
        element(
            "div",
            element("h1", clipped(history.root.workflow) or "No workflow"),
            element("p", element("span", mark, aria_hidden="true"), f" {word}", class_=f"badge {kind}"),
            class_="title",
        ),
        _why(history, broken, kind),
        element("dl", list(_figures(history)), class_="figures"),
    )


def _status(history: History) -> Status | None:
    return history.result.status if history.result else None


def _why(history: History, broken: tuple[Activation, ...], kind: str) -> Markup | None:
    told = list(_reasons(history))
    if broken:
        last = broken[-1]
        name = " \u203a ".join(clipped(name, 80) for name in last.path[-4:])
        told.append(element("p", element("a", f"Go to step {name}", href=f"#s{last.number}")))
    return element("div", told, class_=f"why {kind}") if told else None


def _reasons(history: History) -> Iterator[Markup]:
    result = history.result
    if result is None:
        yield element("p", f"{INTERRUPTED[0].upper()}{INTERRUPTED[1:]}.")
        return
    if result.reason:
        yield element("p", lines(clipped(result.reason, MAX_CONTENT)))
    if result.limit:
        what = f": {LIMITS[result.limit]}" if result.limit in LIMITS else ""
        yield element("p", "The limit ", element("code", clipped(result.limit)), f" was reached{what}.")
    if result.transferred:
        name = element("b", clipped(result.transferred))
        yield element("p", "Handed over to workflow ", name, "; the outputs are its outputs.")


def _figures(history: History) -> Iterator[Markup]:
    yield _figure("Started", _moment(history.clock.wall))
    yield _figure("Took", seconds_text(_seconds(history)))
    yield _figure("Steps", f"{len(history.activations):,}")
    yield _figure("Requests", f"{history.requests:,}")
    if history.tokens:
        yield _figure("Token requests", f"{history.tokens:,}")
    title, count = title_of(history.warnings), len(history.warnings)
    told = element("a", counted(count, title.lower()[:-1]), href="#warnings") if count else "none"
    yield _figure(title, told)
    if history.run_id not in ("", NO_RUN_ID):
        yield _figure("Run", element("code", clipped(history.run_id, 60)))


def _seconds(history: History) -> float:
    return history.result.elapsed if history.result else history.seconds


def _figure(name: str, value: str | Markup) -> Markup:
    return element("div", element("dt", name), element("dd", value))


def _moment(wall: float) -> str | Markup:
    """Return a moment of the wall clock; a simulated clock has none."""
    if wall < 86_400:
        return "on a simulated clock"
    try:
        moment = datetime.fromtimestamp(wall, UTC)
    except (OverflowError, ValueError, OSError):
        return "unknown"
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return element("time", moment.strftime("%Y-%m-%d %H:%M:%S UTC"), datetime=stamp)
