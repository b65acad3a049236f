"""Two runs side by side as lines for a person: one a step, what differs below it with both values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TextIO

from arazzo_runner.journal.comparison.record import Comparison, Difference, Found, Kind, Side, StepPair, TryPair
from arazzo_runner.reports.comparison import words
from arazzo_runner.reports.comparison.contrast import Shown, contrast
from arazzo_runner.reports.layout import columns
from arazzo_runner.reports.page import Ink, Line, Look, Page, Verbosity

_INKS: Final = {"same": Ink.FAINT, "changed": Ink.DOUBT, "left": Ink.BAD, "right": Ink.GOOD}
MAX_MARKED: Final = 120
"""Columns of a line below which what differs is marked."""


def write_text(stream: TextIO, comparison: Comparison, look: Look) -> None:
    """Write a comparison; quietly, only the last line."""
    Page(stream, look).write(_lines(comparison, look.fitting(stream)))


def _lines(comparison: Comparison, look: Look) -> Iterator[Line]:
    if look.verbosity is not Verbosity.QUIET:
        yield _side("-", "left ", comparison.left, Ink.BAD)
        yield _side("+", "right", comparison.right, Ink.GOOD)
        yield ()
        yield from _found(comparison.begun, look, "  ")
        for pair in comparison.steps:
            yield from _step(pair, look)
        yield from _found(comparison.ended, look, "  ")
        yield ()
        for remark in words.remarks(comparison):
            yield (Ink.NOTE.of("note: "), remark)
    ink = Ink.GOOD if comparison.same else Ink.BAD
    yield (ink.of(words.summary(comparison)),)


def _side(mark: str, name: str, side: Side, ink: Ink) -> Line:
    return (ink.of(f"{mark} {name}"), "  ", Ink.STRONG.of(side.journal), f"  {side.workflow}, {words.about(side)}")


def _step(pair: StepPair, look: Look) -> Iterator[Line]:
    ink = _INKS[pair.state]
    told = "  ".join(filter(None, (words.target(pair), words.answers(pair))))
    took = f"  ({words.durations(pair.left, pair.right)})" if look.verbosity is Verbosity.VERBOSE else ""
    head = Ink.STRONG.of(words.label(pair))
    yield (ink.of(words.MARKS[pair.state]), " ", head, "  ", ink.of(words.STATES[pair.state]), f"  {told}{took}")
    for tried in pair.tries:
        yield from _try(tried, pair, look)
    yield from _found(pair.found, look, "    ")


def _try(tried: TryPair, pair: StepPair, look: Look) -> Iterator[Line]:
    if look.verbosity is Verbosity.VERBOSE:
        yield from _sent(tried)
    shows = tried.differs and (len(pair.tries) > 1 and pair.state == "changed")
    if shows:
        yield ("    ", Ink.STRONG.of(words.try_title(tried)))
    yield from _found(tried.found, look, "      " if shows else "    ")


def _sent(tried: TryPair) -> Iterator[Line]:
    left, right = list(words.exchanges(tried.left)), list(words.exchanges(tried.right))
    if [sent for sent, _ in left] == [sent for sent, _ in right]:
        for (sent, came), (_, other) in zip(left, right, strict=True):
            yield (f"    = {sent}: {came}, {other}",)
        return
    for mark, each in (("-", left), ("+", right)):
        for sent, came in each:
            yield (f"    {mark} {sent}: {came}",)


def _found(found: Found, look: Look, indent: str) -> Iterator[Line]:
    for difference in found.all:
        if difference.counts or look.verbosity is Verbosity.VERBOSE:
            yield from _difference(difference, look, indent)
    if found.more:
        yield (f"{indent}and more that are not told",)


def _difference(difference: Difference, look: Look, indent: str) -> Iterator[Line]:
    if difference.kind is Kind.UNKNOWN:
        yield (f"{indent}{difference.name}: a secret, not compared",)
        return
    if difference.kind is Kind.SECRET:
        yield (f"{indent}{difference.name}: a secret, and it is not the same",)
        return
    yield (f"{indent}{difference.name}",)
    inner = indent + "  "
    left, right = contrast(difference, max(look.width - len(inner) - 2, 20))
    yield from _value(left, inner, "-", Ink.BAD)
    yield from _value(right, inner, "+", Ink.GOOD)
    if left is not None and right is not None:
        yield from _marked((left, right), inner)


def _value(value: Shown | None, indent: str, mark: str, ink: Ink) -> Iterator[Line]:
    if value is not None:
        yield (f"{indent}", ink.of(f"{mark} "), value.before, ink.of(value.middle), value.after)


def _marked(values: Iterable[Shown], indent: str) -> Iterator[Line]:
    """Yield the line that marks what differs, where something is the same beside it."""
    one, other = values
    if len(one.before) < 2 and len(one.after) < 2:
        return
    start, length = columns(other.before), max(columns(one.middle), columns(other.middle), 1)
    if start + length <= MAX_MARKED:
        yield (f"{indent}  {' ' * start}", Ink.DOUBT.of("^" * length))
