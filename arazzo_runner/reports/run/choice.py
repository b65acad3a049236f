"""Why an action was chosen after a step, or why none was: the actions that were looked at, and what each saw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from arazzo_runner.engine.events import ActionChosen, Considered
from arazzo_runner.engine.result import Judged
from arazzo_runner.reports.layout import shorten
from arazzo_runner.reports.page import Ink, Line, Look
from arazzo_runner.reports.run.failure import operand_value

MAX_CONDITION = 300
"""Characters of a condition that a line shows."""

MAX_PASSED_OVER = 20
"""Actions that were passed over and are told of, the first ones."""


def choice_lines(event: ActionChosen, look: Look) -> Iterator[str]:
    """Yield the action that was chosen, then those that were looked at before it."""
    leads = f" {event.target}" if event.target else ""
    fired = event.considered[-1] if event.considered else Considered(event.name, event.type)
    why = f", because {_all_of(fired.criteria, look)}" if fired.criteria else ""
    yield f"action '{event.name}' was taken: {event.type}{leads}{why}"
    yield from passed_over(event.considered[:-1], look)


def passed_over(considered: Iterable[Considered], look: Look) -> Iterator[str]:
    """Yield the actions that were looked at and did not fire."""
    looked_at = list(considered)
    for one in looked_at[:MAX_PASSED_OVER]:
        yield f"action '{one.name}' ({one.type}) was passed over: {_why_not(one, look)}"
    if len(looked_at) > MAX_PASSED_OVER:
        yield f"{len(looked_at) - MAX_PASSED_OVER:,} actions more were passed over"


def choice(event: ActionChosen, look: Look) -> Iterator[Line]:
    """Yield the same for a report that follows the run."""
    yield from (_aside(line, look) for line in choice_lines(event, look))


def not_chosen(considered: Iterable[Considered], look: Look) -> Iterator[Line]:
    """Yield the same where none fired."""
    yield from (_aside(line, look) for line in passed_over(considered, look))


def _aside(text: str, look: Look) -> Line:
    return (Ink.FAINT.of(f"    {look.marks.action} "), text)


def _why_not(one: Considered, look: Look) -> str:
    if one.used_up:
        return "it has no try left"
    unmet = next((judged for judged in reversed(one.criteria) if not judged.passed), None)
    if unmet is None:
        return "its criteria do not hold"
    undecided = f"; it can't be decided: {unmet.reason}" if unmet.reason else ""
    return f"not {_criterion(unmet, look)}{undecided}"


def _all_of(criteria: tuple[Judged, ...], look: Look) -> str:
    return " and ".join(_criterion(judged, look) for judged in criteria)


def _criterion(judged: Judged, look: Look) -> str:
    shown = ((operand.text, operand_value(operand, look)) for operand in judged.operands)
    seen = ", ".join(f"{text} was {value}" for text, value in shown if text != value)
    condition = shorten(judged.condition, MAX_CONDITION, "...")
    return f"{condition} ({seen})" if seen else condition
