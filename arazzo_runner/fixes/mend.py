"""Mending a document until nothing is left that its findings can mend: each round is judged again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from arazzo_runner.diagnostics import Diagnostic, Fix
from arazzo_runner.document.source import Source
from arazzo_runner.fixes.amend import amend
from arazzo_runner.fixes.limits import MAX_ROUNDS


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as judged: its source, and the findings, with the edits of their fixes."""

    source: Source
    found: tuple[Diagnostic, ...]


Judge: TypeAlias = Callable[[str], Reading]
"""Judges the document again with another text."""


@dataclass(frozen=True, slots=True)
class Mended:
    """What became of a document: how it reads now, the findings that were mended, and the fixes that did not do."""

    reading: Reading
    fixed: tuple[Diagnostic, ...] = ()
    dropped: tuple[Fix, ...] = ()

    @property
    def text(self) -> str:
        """The text as it is now."""
        return self.reading.source.text


Choose: TypeAlias = Callable[[Iterable[Diagnostic]], Iterable[Diagnostic]]
"""Chooses the findings that are mended."""


def mend(first: Reading, judge: Judge, *, unsafe: bool = False, choose: Choose = iter) -> Mended:
    """Apply the fixes of a document's findings, the unsafe ones too if they are wanted, until none is left to apply.

    After `MAX_ROUNDS` rounds the rest is left as it is.
    """
    reading, fixed, dropped = first, list[Diagnostic](), dict[Fix, None]()
    for _ in range(MAX_ROUNDS):
        chosen = choose(reading.found)
        open_ones = [one for one in chosen if _is_wanted(one.fix, unsafe) and one.fix not in dropped]
        done = amend(reading.source, [one.fix for one in open_ones if one.fix is not None])
        dropped |= dict.fromkeys(done.dropped)
        if not done.applied:
            break
        fixed += _mended(open_ones, done.applied)
        reading = judge(done.text)
    return Mended(reading, tuple(fixed), tuple(dropped))


def _is_wanted(fix: Fix | None, unsafe: bool) -> bool:
    return fix is not None and bool(fix.edits) and (fix.safe or unsafe)


def _mended(found: Sequence[Diagnostic], applied: Sequence[Fix]) -> list[Diagnostic]:
    return [one for one in found if one.fix in applied]
