"""How many rows came to what, and which did not succeed: a bounded list, however many they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from arazzo_runner.reports.each.line import DONE, RowLine

MAX_LISTED: Final = 100
"""The most rows that are listed at the end; of the others only the number is told."""

_ORDER: Final = ("succeeded", "failed", "stopped", "refused", "interrupted")


@dataclass(slots=True)
class Tally:
    """What was counted. `place` names the rows.

    `earlier` are the counts of the run that this one goes on from, `unsaved` the rows that are done and not written.
    """

    place: str
    earlier: Mapping[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    listed: list[RowLine] = field(default_factory=list)
    unsaved: list[int] = field(default_factory=list)

    def add(self, line: RowLine, *, saved: bool = True) -> None:
        """Count a row; `saved` tells whether its result was written."""
        self.counts[line.status] = self.counts.get(line.status, 0) + 1
        if line.status != "succeeded" and len(self.listed) < MAX_LISTED:
            self.listed.append(line)
        if not saved and line.status in DONE:
            self.unsaved.append(line.row)

    @property
    def total(self) -> int:
        """How many rows were counted now."""
        return sum(self.counts.values())

    @property
    def unsuccessful(self) -> int:
        """How many of these did not succeed."""
        return self.total - self.counts.get("succeeded", 0)

    @property
    def succeeded(self) -> bool:
        """Whether all rows did, earlier ones included."""
        return not self.unsuccessful and not set(self.earlier) - {"succeeded"}

    def lines(self) -> Iterator[str]:
        """Yield a line for each row that did not succeed, in the order in which they ended."""
        for line in self.listed:
            reason = line.reason.partition("\n")[0]
            yield f"row {line.row} ({self.place}:{line.line}): {line.status}" + (f": {reason}" if reason else "")
        if (more := self.unsuccessful - len(self.listed)) > 0:
            yield f"and {more:,} more; the results name them all"

    def summary(self, seconds: float) -> str:
        """Return the counts in a line."""
        parts = [f"{self.counts[status]:,} {status}" for status in _ORDER if self.counts.get(status)]
        told = f"{_rows(self.total)}{': ' if parts else ''}{', '.join(parts)}"
        ran = sum(self.counts.get(status, 0) for status in DONE)
        if ran and seconds > 0:
            told += f" in {duration(seconds)} ({ran / seconds:,.3g} a second)"
        if self.earlier:
            before = [f"{self.earlier[status]:,} {status}" for status in _ORDER if self.earlier.get(status)]
            told += f"; done earlier: {', '.join(before)}"
        return told


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number:,} rows"


def duration(seconds: float) -> str:
    """Return a time as a person says it: ``4.2 s``, ``3 min 20 s``, ``2 h 5 min``."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours:,} h {minutes} min"
