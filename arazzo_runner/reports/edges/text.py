"""Edges as lines for a person: one an edge, with its runs and its place; then why others were not taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TextIO

from arazzo_runner.coverage.record import Coverage, Tour, Walked
from arazzo_runner.reports.findings.order import counted
from arazzo_runner.reports.layout import columns, pad
from arazzo_runner.reports.page import Ink, Line, Look, Page

MAX_LABEL: Final = 40
"""Columns that a column of the table is filled up to."""

MAX_RUNS: Final = 5
"""Numbers of runs that a line shows."""


def write_coverage(stream: TextIO, coverage: Coverage, look: Look) -> None:
    """Write the edges of a workflow, then the runs that were made."""
    Page(stream, look).write(_lines(coverage, look.fitting(stream)))


def _lines(coverage: Coverage, look: Look) -> Iterator[Line]:
    counts = (
        f"{coverage.taken} of {counted(len(coverage.edges), 'edge')} taken in {counted(len(coverage.tours), 'run')}"
    )
    yield (Ink.STRONG.of(coverage.workflow), f": {counts}")
    rows = [(_from(walked, coverage), _way(walked), walked) for walked in coverage.edges]
    starts, ways = _width(start for start, *_ in rows), _width(way for _, way, _ in rows)
    for start, way, walked in rows:
        yield _row(pad(start, starts), pad(way, ways), walked, look)
        if not walked.taken:
            yield (f"      {walked.why}",)
    yield from (line for tour in coverage.tours for line in _tour(tour, look))


def _width(texts: Iterable[str]) -> int:
    return min(max(map(columns, texts), default=0), MAX_LABEL)


def _from(walked: Walked, coverage: Coverage) -> str:
    step = walked.edge.step
    named = "" if step.workflow.workflow_id == coverage.workflow else f"{step.workflow.workflow_id}."
    return f"{named}{step.step_id} {walked.edge.outcome}"


def _way(walked: Walked) -> str:
    edge = walked.edge
    return f"{edge.name}: {edge.target}" if edge.action else edge.target


def _row(start: str, way: str, walked: Walked, look: Look) -> Line:
    place = Ink.PLACE.of(walked.edge.place)
    if not walked.taken:
        return ("  ", Ink.DOUBT.of(look.marks.pending), f" {start}  {way}  not taken  ", place)
    shown = ", ".join(str(number) for number in walked.runs[:MAX_RUNS])
    more = f" and {len(walked.runs) - MAX_RUNS} more" if len(walked.runs) > MAX_RUNS else ""
    word = "run" if len(walked.runs) == 1 else "runs"
    return ("  ", Ink.GOOD.of(look.marks.succeeded), f" {start}  {way}  {word} {shown}{more}  ", place)


def _tour(tour: Tour, look: Look) -> Iterator[Line]:
    wishes = ", ".join(tour.wishes) or "as it goes of itself"
    ended = tour.status.value
    yield (f"run {tour.number}: {wishes}: {ended}",)
    for reason in tour.unexpected:
        yield ("  ", Ink.BAD.of(look.marks.failed), f" {reason}")
