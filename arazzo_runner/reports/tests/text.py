"""Tests as lines for a person: one a workflow, below it why it failed; last what all of them gave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TextIO

from arazzo_runner.coverage.trials import Failure, Seen, Trial, Trials, TriedDocument, Unwalked
from arazzo_runner.reports.findings.order import counted
from arazzo_runner.reports.layout import wrap_lines
from arazzo_runner.reports.page import Ink, Line, Look, Page, Verbosity
from arazzo_runner.reports.run.exchange import seconds_text

MAX_FAILURES: Final = 5
"""Failures of one workflow that are told in full."""

MAX_CONDITION: Final = 400
"""Characters of a condition that are shown."""

MAX_UNWALKED: Final = 10
"""Edges of one workflow that were not taken, and are told."""


def write_trials(stream: TextIO, trials: Trials, look: Look) -> None:
    """Write all of it."""
    for document in trials.documents:
        write_document(stream, document, look)
    write_total(stream, trials, look)


def write_document(stream: TextIO, document: TriedDocument, look: Look) -> None:
    """Write the lines of one document."""
    Page(stream, look).write(_document(document, look.fitting(stream)))


def write_total(stream: TextIO, trials: Trials, look: Look) -> None:
    """Write what all of them gave."""
    Page(stream, look).write(_total(trials, look.fitting(stream)))


def _document(document: TriedDocument, look: Look) -> Iterator[Line]:
    if document.problem:
        yield (Ink.BAD.of(f"{look.marks.failed} {document.file}: {document.problem}"),)
    for failure in document.failures:
        yield (Ink.BAD.of(f"{look.marks.failed} {document.file}: {failure.reason.value}"),)
        yield from _failure(failure, look)
    for trial in document.trials:
        yield from _trial(document.file, trial, look)


def _trial(file: str, trial: Trial, look: Look) -> Iterator[Line]:
    if trial.succeeded and look.verbosity is Verbosity.QUIET:
        return
    edges = f"{trial.taken} of {counted(trial.edges, 'edge')}" if trial.edges else ""
    runs = counted(trial.runs, "run") if trial.runs > 1 else ""
    breaches = _breaches(len(trial.breaches))
    counts = ", ".join(each for each in (edges, runs, counted(trial.requests, "request"), breaches) if each)
    if trial.succeeded:
        yield (Ink.GOOD.of(f"{look.marks.succeeded} {trial.workflow}"), f"  {counts}  ", Ink.PLACE.of(file))
    else:
        reason = trial.failures[0].reason.value
        counts = f", {counts}" if trial.runs else ""
        yield (Ink.BAD.of(f"{look.marks.failed} {trial.workflow}"), f"  {reason}{counts}  ", Ink.PLACE.of(file))
    for failure in trial.failures[:MAX_FAILURES]:
        yield from _failure(failure, look)
    if len(trial.failures) > MAX_FAILURES:
        yield (f"    and {counted(len(trial.failures) - MAX_FAILURES, 'failure')} more",)
    for edge in trial.unwalked[:MAX_UNWALKED] if look.verbosity is not Verbosity.QUIET and trial.runs > 1 else ():
        yield from _unwalked(edge, look)
    if trial.runs > 1 and len(trial.unwalked) > MAX_UNWALKED:
        yield (f"    and {len(trial.unwalked) - MAX_UNWALKED} more edges that were not taken",)


def _failure(failure: Failure, look: Look) -> Iterator[Line]:
    where = f"{failure.place}: " if failure.place else ""
    code = f"[{failure.finding}] " if failure.finding and failure.finding != failure.reason.value else ""
    step = f"step '{'/'.join(failure.step)}': " if failure.step else ""
    led = f" (run {failure.run}, led by {', '.join(failure.wishes)})" if failure.wishes else ""
    yield from _paragraph(where, f"{code}{step}{failure.message}{led}", look, Ink.PLACE)
    for seen in failure.criteria:
        yield from _criterion(seen, look)
    if failure.help:
        yield from _paragraph("help: ", failure.help, look, Ink.NOTE)


def _criterion(seen: Seen, look: Look) -> Iterator[Line]:
    yield from _paragraph("criterion does not hold: ", seen.condition[:MAX_CONDITION], look)
    for text, value in seen.operands:
        yield from _paragraph(f"  {text[:MAX_CONDITION]} was ", value, look)
    if seen.why:
        yield from _paragraph("  it can't be decided: ", seen.why, look)


def _unwalked(edge: Unwalked, look: Look) -> Iterator[Line]:
    label = f"{look.marks.pending} {edge.wish} not taken: "
    yield from _paragraph(label, f"{edge.why}{f' ({edge.place})' if edge.place else ''}", look, Ink.DOUBT)


def _paragraph(label: str, text: str, look: Look, ink: Ink = Ink.PLAIN) -> Iterator[Line]:
    first, *rest = wrap_lines(label + text, look.width - 6)
    yield ("    ", ink.of(first[: len(label)]), first[len(label) :])
    for line in rest:
        yield (f"      {line}",)


def _breaches(number: int) -> str:
    return f"{number:,} {'breach' if number == 1 else 'breaches'}" if number else ""


def _total(trials: Trials, look: Look) -> Iterator[Line]:
    made = trials.all
    failed = sum(not trial.succeeded for trial in made)
    edges, taken = sum(trial.edges for trial in made), sum(trial.taken for trial in made)
    ink, mark = (Ink.GOOD, look.marks.succeeded) if trials.succeeded else (Ink.BAD, look.marks.failed)
    counts = f"{counted(len(trials.documents), 'document')}, {counted(len(made), 'workflow')}"
    told = f"{len(made) - failed:,} succeeded, {failed:,} failed"
    unread = f", {counted(trials.unreadable, 'document')} unreadable" if trials.unreadable else ""
    unread += f", {counted(trials.documents_failed, 'document')} failed as a whole" if trials.documents_failed else ""
    yield ()
    yield (ink.of(f"{mark} {counts}"), f": {told}{unread}, in {seconds_text(trials.seconds)}")
    for reason, number in trials.by_reason.items():
        yield (f"  {number:>5,}  {reason.value}",)
    yield (f"  {taken:,} of {counted(edges, 'edge')} taken",)
    if told := _breaches(sum(len(trial.breaches) for trial in made)):
        yield (f"  {told} of API descriptions failed nothing; --check-level fail makes failures of them",)
    if trials.interrupted:
        yield (Ink.DOUBT.of("  interrupted: the rest was not tested"),)
