"""Warnings of a run, for a person: one entry a code and document, counted, with the first place it was met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.reports.findings.order import file_of
from arazzo_runner.reports.layout import wrap
from arazzo_runner.reports.page import Ink, Line, Look, Verbosity


def warning_lines(warnings: Iterable[Diagnostic], look: Look) -> Iterator[Line]:
    """Yield the warnings in the order in which they were first met: each code of a document once, verbose all."""
    groups: dict[tuple[object, ...], list[Diagnostic]] = {}
    for number, each in enumerate(warnings):
        own = number if look.verbosity is Verbosity.VERBOSE else 0
        groups.setdefault((each.code, file_of(each), own), []).append(each)
    for group in groups.values():
        yield from _entry(group, look)


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
