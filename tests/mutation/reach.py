"""Which cases run which lines, seen by running them: a fault is put only to the cases that come past it.

What an earlier case left in a cache would hide what a later one runs, so caches are emptied before each.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from tests.mutation.planting import Fault
from tests.mutation.running import judged

Line = tuple[str, int]
"""A file below the root, and a line in it."""

Batch = tuple[int, ...]
BATCH = 20
PATIENCE = 120.0
IMPORT = -1
"""Stands for importing the package, in the place of a case."""


@dataclass(frozen=True, slots=True)
class Reach:
    """For each line the cases that run it, for each case its seconds; `unsound` fail without any fault."""

    cases: Mapping[Line, frozenset[int]]
    seconds: Mapping[int, float]
    unsound: tuple[int, ...] = ()

    def of(self, fault: Fault) -> list[int]:
        """Return the cases that a fault is put to, those first that run much of its file.

        What runs when the package is imported every case may notice.
        """
        if fault.lines is None:
            return self._sorted(fault.file, self.seconds)
        first, last = fault.lines
        found = frozenset().union(*(self.cases.get((fault.file, line), frozenset()) for line in range(first, last + 1)))
        return self._sorted(fault.file, self.seconds if IMPORT in found else found)

    def _sorted(self, file: str, numbers: Iterable[int]) -> list[int]:
        runs = Counter(number for place, cases in self.cases.items() if place[0] == file for number in cases)
        return sorted(numbers, key=lambda number: (-runs[number], self.seconds[number]))


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one case without any fault."""

    lines: frozenset[Line]
    seconds: float
    holds: bool


@dataclass(frozen=True, slots=True)
class Watch:
    """What to watch: the files (below the root) whose lines count, and how a case is played; True if it holds."""

    root: Path
    package: str
    files: frozenset[str]
    play: Callable[[int], bool]

    def see(self, case: int) -> Seen:
        """Play a case and see which lines of the files it runs."""
        lines: set[Line] = set()
        _empty_caches(self.package)
        begun = time.perf_counter()
        with self._tracing(lines):
            holds = self.play(case)
        return Seen(frozenset(lines), time.perf_counter() - begun, holds)

    @contextmanager
    def _tracing(self, lines: set[Line]) -> Iterator[None]:
        watched = {f"{self.root}/{file}": file for file in self.files}

        def called(frame: FrameType, event: str, _: object) -> Any:
            file = watched.get(frame.f_code.co_filename)
            return None if file is None else passed

        def passed(frame: FrameType, event: str, _: object) -> Any:
            lines.add((watched[frame.f_code.co_filename], frame.f_lineno))
            return passed

        sys.settrace(called)
        try:
            yield
        finally:
            sys.settrace(None)


def watched(watch: Watch, cases: Sequence[int], workers: int) -> Iterator[tuple[int, Seen]]:
    """Yield what is seen of each case, some in a process; of a process that crashes or hangs no case holds."""

    def see(batch: Batch) -> list[Seen]:
        return [watch.see(case) for case in batch]

    batches = [tuple(cases[at : at + BATCH]) for at in range(0, len(cases), BATCH)]
    for batch, seen in judged(batches, see, bound=lambda _: PATIENCE, workers=workers):
        told = seen if isinstance(seen, list) else [Seen(frozenset(), 0.0, False)] * len(batch)
        yield from zip(batch, told, strict=True)


def _empty_caches(package: str) -> None:
    for name, module in list(sys.modules.items()):
        if name.startswith(package):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def gathered(told: Iterable[tuple[int, Seen]]) -> Reach:
    """Turn what was seen of each case into what runs each line."""
    cases: dict[Line, set[int]] = {}
    seconds, unsound = {}, []
    for case, seen in told:
        if not seen.holds:
            unsound.append(case)
            continue
        if case != IMPORT:
            seconds[case] = seen.seconds
        for line in seen.lines:
            cases.setdefault(line, set()).add(case)
    return Reach({line: frozenset(found) for line, found in cases.items()}, seconds, tuple(sorted(unsound)))
