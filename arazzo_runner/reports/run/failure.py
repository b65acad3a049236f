"""The account of one failed step: what was sent, what came, which criterion did not hold and on which values."""

from __future__ import annotations

from collections.abc import Iterator

from arazzo_runner.criteria.verdict import Operand
from arazzo_runner.engine.result import Attempt, Judged, StepResult
from arazzo_runner.reports.layout import chop, cut, shorten, wrap_lines
from arazzo_runner.reports.page import Ink, Line, Look
from arazzo_runner.reports.plain import shown
from arazzo_runner.reports.run.advice import advice_after
from arazzo_runner.reports.run.exchange import response_body, seconds_text, status_text
from arazzo_runner.values import Nothing

MAX_TRIES_SHOWN = 10
"""Tries of a step whose ends are listed; of more, the last ones are."""

MAX_REASON = 600
"""Characters of a reason that are shown."""


def account(step: StepResult, label: str, times: int, look: Look, told: set[str] | None = None) -> Iterator[Line]:
    """Yield the account of a failed step. `times` says how often it failed like this; the last time is told.

    `told` are the helps of several lines that stand above already: they are not repeated, and added to.
    """
    often = f" {times} times; the last time" if times > 1 else ""
    yield (Ink.BAD.of(f"{look.marks.failed} {label} failed{often}"),)
    last = step.attempts[-1] if step.attempts else Attempt(1)
    yield from _exchange(last, look)
    if len(step.attempts) > 1:
        yield from _paragraph("tries: ", _tries(step.attempts), look)
    for judged in last.criteria:
        if not judged.passed:
            yield from criterion_lines(judged, look)
    if last.problem:
        yield from _paragraph("", _bounded(last.problem), look)
    reason, wanted = _untold(step.reason, last)
    if reason:
        yield from _paragraph("", _bounded(reason), look)
    if last.response:
        yield from response_body(last.response, look)
    if advice := _once(wanted, set() if told is None else told) or advice_after(step.attempts):
        yield from _paragraph("help: ", advice, look, Ink.NOTE)


def _once(wanted: str, told: set[str]) -> str:
    """Return what to do in full, or only its first line where the others stand above: what differs is whose it is."""
    first, _, rest = wanted.partition("\n")
    if rest and rest in told:
        return f"{first.removesuffix(':')} (see above)" if first.endswith(":") else "see above"
    told.add(rest)
    return wanted


def _exchange(attempt: Attempt, look: Look) -> Iterator[Line]:
    if attempt.request:
        yield ("    ", Ink.STRONG.of(f"{attempt.request.method} {attempt.request.url}"))
    if attempt.response:
        after = f" after {seconds_text(attempt.elapsed)}" if attempt.elapsed else ""
        yield ("    answered ", Ink.STRONG.of(status_text(attempt.response.status)), after)
    if attempt.failure:
        yield from _paragraph(f"no answer ({attempt.failure.kind.value}): ", attempt.failure.message, look)


def _tries(attempts: tuple[Attempt, ...]) -> str:
    last = ", ".join(map(_end_of, attempts[-MAX_TRIES_SHOWN:]))
    before = len(attempts) - MAX_TRIES_SHOWN
    return f"{len(attempts)} ({f'{before} more, ' if before > 0 else ''}{last})"


def _end_of(attempt: Attempt) -> str:
    if attempt.response:
        return str(attempt.response.status)
    return attempt.failure.kind.value if attempt.failure else "not sent"


def criterion_lines(judged: Judged, look: Look) -> Iterator[Line]:
    """Yield a criterion that did not hold, each operand with the value that it had, and why it was undecidable."""
    yield from _paragraph("criterion does not hold: ", judged.condition, look)
    for operand in judged.operands:
        value = operand_value(operand, look)
        if value != operand.text:
            yield from _operand(f"{operand.text} was ", value, look)
    if judged.reason:
        yield from _paragraph("  it can't be decided: ", judged.reason, look)


def _operand(label: str, value: str, look: Look) -> Iterator[Line]:
    first, *rest = chop(label + value, look.width - 8)
    yield ("      ", first[: len(label)], Ink.STRONG.of(first[len(label) :]))
    for piece in rest:
        yield ("        ", Ink.STRONG.of(piece))


def operand_value(operand: Operand, look: Look) -> str:
    """Return the value that an operand had, in at most two lines' width."""
    if isinstance(operand.value, Nothing):
        return f"no value ({operand.value.reason})" if operand.value.reason else "no value"
    if isinstance(operand.value, bytes):
        return f"{len(operand.value):,} bytes"
    return cut(shown(operand.value), 2 * look.width, look.marks.cut)


def _untold(reason: str, last: Attempt) -> tuple[str, str]:
    """Return what of a step's reason the lines above do not say, and what it says to do: its lines after the first.

    A condition may have several lines of its own, so these are looked for behind what has been told.
    """
    told = [judged.condition for judged in last.criteria if not judged.passed]
    told += [last.problem, last.failure.message if last.failure else ""]
    ends = [reason.rfind(each) + len(each) for each in told if each and each in reason]
    if not ends:
        return reason, ""
    return "", reason[max(ends) :].partition("\n")[2]


def _bounded(reason: str) -> str:
    """Return a reason that repeats those of many workflows, one inside the other, without its middle."""
    return shorten(reason, MAX_REASON, "...")


def _paragraph(label: str, text: str, look: Look, ink: Ink = Ink.PLAIN) -> Iterator[Line]:
    first, *rest = wrap_lines(label + text, look.width - 6)
    yield ("    ", ink.of(first[: len(label)]), first[len(label) :])
    for line in rest:
        yield (f"      {line}",)
