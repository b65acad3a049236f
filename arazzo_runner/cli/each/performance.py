"""Runs the rows: takes them as runs end, writes what comes of each at once, and stops in good order.

No more rows are begun after Ctrl-C, where results can't be written, or where nobody reads them any more; the runs that
go on are finished and told. A second Ctrl-C ends these where they stand.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing, closing, suppress
from dataclasses import dataclass, field
from typing import Final

from arazzo_runner.api.beginning import InputsFor
from arazzo_runner.api.pace import Pace
from arazzo_runner.api.rows import RowDone
from arazzo_runner.api.runner import Runner
from arazzo_runner.cli.each.cells import Misfit, Placing
from arazzo_runner.cli.each.earlier import Earlier
from arazzo_runner.cli.each.presses import presses
from arazzo_runner.cli.each.read_ahead import ReadAhead
from arazzo_runner.cli.each.records import Record
from arazzo_runner.cli.each.results import Results
from arazzo_runner.cli.each.source import Opened
from arazzo_runner.cli.faults import say
from arazzo_runner.engine.result import RunResult
from arazzo_runner.errors import ArazzoError, UsageError
from arazzo_runner.reports.each.line import INTERRUPTED, REFUSED, RowLine
from arazzo_runner.reports.each.progress import Progress
from arazzo_runner.reports.each.tally import Tally
from arazzo_runner.reports.page import Ink
from arazzo_runner.values import Value

CUT_OFF: Final = "it was interrupted before its end, and what it has sent has been sent"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done. `waits` tells that rows may have to be waited for: they come through a pipe."""

    rows: Opened
    placing: Placing
    inputs_for: InputsFor
    concurrency: int
    pace: Pace
    earlier: Earlier | None
    waits: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that is being run."""

    number: int
    line: int
    fingerprint: str

    def told(self, status: str, reason: str = "") -> RowLine:
        return RowLine(self.number, self.line, self.fingerprint, status, reason=reason)


@dataclass(slots=True)
class Performance:
    """Runs the rows of a plan. What came of them stands in `tally`.

    `fault` is why no more rows were begun, if it was not their end; `pressed` tells of Ctrl-C.
    """

    plan: Plan
    results: Results
    progress: Progress
    tally: Tally
    fault: str = ""
    hint: str = ""
    pressed: bool = False
    is_unreadable: bool = False
    _running: dict[int, _Row] = field(default_factory=dict)
    _broken: bool = False
    _stop: asyncio.Event = field(default_factory=asyncio.Event)

    def run(self, runner: Runner) -> None:
        """Run all rows.

        What was prepared stays for good: the collector of garbage need not look through it again and again.
        """
        gc.collect()
        gc.freeze()
        try:
            asyncio.run(self._run(runner))
        finally:
            gc.unfreeze()

    async def _run(self, runner: Runner) -> None:
        loop = asyncio.get_running_loop()
        plan = self.plan

        def first() -> None:
            loop.call_soon_threadsafe(self._press)

        def second() -> None:
            loop.call_soon_threadsafe(runner.cancel)

        async with runner:
            with presses(first, second):
                rows = self._inputs()
                found = runner.amap(rows, concurrency=plan.concurrency, inputs_for=plan.inputs_for)
                async with aclosing(found) as done:
                    try:
                        async for each in done:
                            self._end(each)
                    except UsageError as fault:  # the rest of the rows can't be read
                        self.is_unreadable, self.fault, self.hint = True, fault.message, fault.hint
                for row in tuple(self._running.values()):
                    self._tell(row.told(INTERRUPTED, CUT_OFF))

    def _press(self) -> None:
        self.pressed = True
        if not self._stop.is_set():
            self._stop.set()
            self.progress.wipe()
            going = len(self._running)
            if going:
                rows = "the row that is being run is" if going == 1 else f"the {going} rows that are being run are"
                say(f"interrupted: {rows} finished first (Ctrl-C again ends them where they stand)", "", Ink.DOUBT)

    # ---------------------------------------------------------------- rows in

    async def _inputs(self) -> AsyncIterator[Mapping[str, Value]]:
        """Yield the inputs of the rows to run, as fast as they may start; tell of those that give none."""
        number = taken = 0
        with closing(self.plan.rows):
            async for record in self._records():
                number += 1
                row = _Row(number, record.line, self.plan.placing.fingerprint(record.content))
                if self._is_done(row):
                    continue
                try:
                    inputs = self._given(record)
                except Misfit as problem:
                    self._tell(row.told(REFUSED, str(problem)))
                    continue
                if not await self._may_start():
                    return
                taken += 1
                self._running[taken] = row
                yield inputs

    def _given(self, record: Record) -> Mapping[str, Value]:
        if record.problem:
            raise Misfit(record.problem)
        return self.plan.placing.inputs(record.content)

    def _is_done(self, row: _Row) -> bool:
        earlier = self.plan.earlier
        return earlier is not None and earlier.check(row.number, row.fingerprint, f"{self.plan.rows.name}:{row.line}")

    async def _records(self) -> AsyncIterator[Record]:
        """Yield the rows as they stand in their file, until it is time to stop."""
        records = self.plan.rows.records
        ahead = ReadAhead(records) if self.plan.waits else None
        while not self._stop.is_set():
            record = next(records, None) if ahead is None else await ahead.next(self._stop)
            if record is None:
                return
            yield record

    async def _may_start(self) -> bool:
        """Wait until the next run may start, and tell whether it may."""
        while (seconds := self.plan.pace.left()) > 0 and not self._stop.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), seconds)
        self.plan.pace.start()
        return not self._stop.is_set()

    # ---------------------------------------------------------------- results out

    def _end(self, done: RowDone) -> None:
        row = self._running.pop(done.number)
        self._tell(_line(row, done))

    def _tell(self, line: RowLine) -> None:
        saved = not self._broken and self._write(line)
        self.tally.add(line, saved=saved)
        if not self.results.is_read:
            self._give_up("nobody reads the results any more, so no more rows were begun")
        self.progress.show(self.tally, len(self._running))

    def _write(self, line: RowLine) -> bool:
        try:
            self.results.write(line.text)
        except OSError as fault:
            self._broken = True
            self._give_up(f"the results can't be written: {fault.strerror or type(fault).__name__}")
            return False
        return True

    def _give_up(self, why: str) -> None:
        self.fault = self.fault or why
        self._stop.set()


def _line(row: _Row, done: RowDone) -> RowLine:
    match done.result:
        case None:
            return row.told(REFUSED, _refusal(done.problem))
        case RunResult() as result:
            return RowLine(
                row.number,
                row.line,
                row.fingerprint,
                result.status.value,
                done.shown_outputs,
                done.shown(result.reason),
                result.limit,
                result.requests,
                result.elapsed,
            )


def _refusal(problem: ArazzoError | None) -> str:
    """Return why a row was refused, in a line."""
    message = problem.message if isinstance(problem, UsageError) else str(problem)
    head, _, rest = message.partition(":\n")
    return "; ".join(line.strip() for line in rest.splitlines()) if rest else head
