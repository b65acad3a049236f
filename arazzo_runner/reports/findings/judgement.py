"""What was judged, what was found, and how much of it is told: what every format writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from arazzo_runner.diagnostics import Diagnostic, Severity
from arazzo_runner.reports.findings.order import ordered

WEIGHTS = {Severity.ERROR: 2, Severity.WARNING: 1, Severity.NOTE: 0}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The findings about some documents, in the order in which they are told.

    `files` are the documents that were judged, as their user knows them (None: not known). `most` is how many findings
    are told (None: all); the counts and the verdict are those of all. A finding at least as heavy as `fails_from` is a
    failure. `fixed` is how many findings were mended, in `mended` documents, and are no longer among those found; None
    where nothing was to be mended.
    """

    found: tuple[Diagnostic, ...] = ()
    files: tuple[str, ...] | None = None
    most: int | None = None
    fails_from: Severity = Severity.ERROR
    fixed: int | None = None
    mended: int = 0

    @property
    def fixable(self) -> int:
        """How many findings have a safe fix."""
        return sum(one.fix is not None and one.fix.safe for one in self.found)

    @property
    def fixable_unsafe(self) -> int:
        """How many findings have a fix that is a guess."""
        return sum(one.fix is not None and not one.fix.safe for one in self.found)

    @property
    def told(self) -> tuple[Diagnostic, ...]:
        """The findings that are told, the heaviest ones."""
        return self.found if self.most is None else self.found[: self.most]

    @property
    def omitted(self) -> int:
        """How many findings are not told."""
        return len(self.found) - len(self.told)

    def is_failure(self, found: Diagnostic) -> bool:
        """Tell whether a finding is a failure."""
        return WEIGHTS[found.severity] >= WEIGHTS[self.fails_from]

    @property
    def failed(self) -> bool:
        """Whether any finding is a failure."""
        return any(map(self.is_failure, self.found))


def judgement_of(
    found: Iterable[Diagnostic],
    files: tuple[str, ...] | None = None,
    most: int | None = None,
    fails_from: Severity = Severity.ERROR,
) -> Judgement:
    """Return the judgement of findings in any order; one that was found twice is told once."""
    return Judgement(tuple(ordered(dict.fromkeys(found))), files, most, fails_from)
