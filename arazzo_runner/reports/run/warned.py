"""Warnings of a run, for a person: one entry a code and document, counted, with the first place it was met.

In full where a person reads the report; a line each where the report is brief, as tools that look for
``file:line:column`` know it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.reports.findings.order import file_of
from arazzo_runner.reports.layout import wrap
from arazzo_runner.reports.page import Ink, Line, Look, Verbosity

NOTHING_FOUND = "reading-P19"
"""The code of an output that found nothing: each has a name and a reason of its own, so none stands for another."""

OF_THEIR_OWN = (
    "contract-",
    "run-redirect",
    "run-request",
    "openapi-",
    "credential-",
    "run-changed",
    "input-undeclared",
)
"""Families whose findings say each something else; the same words again (a loop says them at each turn) are counted."""


def warning_lines(warnings: Iterable[Diagnostic], look: Look) -> Iterator[Line]:
    """Yield the warnings in the order in which they were first met: each code of a document once, verbose all."""
    for group in _groups(warnings, each=look.verbosity is Verbosity.VERBOSE):
        yield from _entry(group, look)


def brief_lines(warnings: Iterable[Diagnostic]) -> Iterator[Line]:
    """Yield the same, each on one line, however long."""
    for group in _groups(warnings):
        first, place = group[0], group[0].span
        more = f" (the first of {len(group):,})" if len(group) > 1 else ""
        label = Ink.DOUBT.of(f"warning[{first.code}]")
        yield (Ink.PLACE.of(f"{place.place()}: " if place else ""), label, f": {first.message}{more}")


def _groups(warnings: Iterable[Diagnostic], each: bool = False) -> Iterable[list[Diagnostic]]:
    """Put the warnings of one code and document together where none needs a word of its own; `each`: put none."""
    groups: dict[tuple[object, ...], list[Diagnostic]] = {}
    for number, found in enumerate(warnings):
        own: object = number if each or found.code == NOTHING_FOUND else 0
        if not own and found.code.startswith(OF_THEIR_OWN):
            own = found.message
        groups.setdefault((found.code, file_of(found), own), []).append(found)
    return groups.values()


def _entry(group: list[Diagnostic], look: Look) -> Iterator[Line]:
    first = group[0]
    label = f"warning[{first.code}]: "
    head, *rest = wrap(label + first.message, look.width - 4)
    yield ("  ", Ink.DOUBT.of(head[: len(label)]), head[len(label) :])
    for line in rest:
        yield (f"    {line}",)
    yield from _place(group)
    if first.help:
        start, *more = wrap(f"help: {first.help}", look.width - 6)
        yield ("    ", Ink.NOTE.of(start[:6]), start[6:])
        for line in more:
            yield (f"      {line}",)


def _place(group: list[Diagnostic]) -> Iterator[Line]:
    span = group[0].span
    if span:
        of = f", the first of {len(group):,} places" if len(group) > 1 else ""
        yield ("    at ", Ink.PLACE.of(span.place()), of)
    elif len(group) > 1:
        yield (f"    {len(group):,} times, the first is shown",)
