"""`arazzo run --each`: from what was prepared to the exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection
from contextlib import closing
from dataclasses import dataclass, field

from arazzo_runner.api.pace import Pace
from arazzo_runner.api.preparing import Prepared
from arazzo_runner.api.runner import Runner
from arazzo_runner.cli.each import earlier as results_of
from arazzo_runner.cli.each.cells import Placing
from arazzo_runner.cli.each.earlier import Earlier
from arazzo_runner.cli.each.performance import Performance, Plan
from arazzo_runner.cli.each.results import Results, opened
from arazzo_runner.cli.each.source import Opened, Source
from arazzo_runner.cli.exit_codes import ExitCode
from arazzo_runner.cli.faults import complain, note, say
from arazzo_runner.cli.inputs import Given, Wanted
from arazzo_runner.cli.output import is_live, look
from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.errors import InputsError, UsageError
from arazzo_runner.reports.each.progress import Progress
from arazzo_runner.reports.each.tally import Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Each:
    """Many runs as the flags want them. `given` holds the inputs that all rows share."""

    source: Source
    given: Given = field(repr=False)
    concurrency: int
    rate: float | None = None
    results: str | None = None
    resume: str | None = None
    quiet: bool = False

    def perform(self, prepared: Prepared) -> ExitCode:
        """Run the rows, and return 0 where all succeeded.

        Raises:
            UsageError: the rows or the results can't be read or written; nothing was sent.
            KeyboardInterrupt: Ctrl-C; what was done is written, and told.
        """
        wanted = Wanted.by(prepared.program)
        earlier = results_of.read_earlier(self.resume) if self.resume is not None else None
        if earlier is not None and earlier.cut_lines and not self.quiet:
            note(f"--resume {self.resume}: {_counted(earlier.cut_lines)} cut off; the rows are begun anew")
        total = self._survey(prepared, wanted, earlier)
        rows = self.source.open()
        with closing(rows):
            self._check_columns(rows, prepared, wanted)
            placing = Placing(wanted.own, self.given.inputs, rows.columns is not None)
            waits = not self.source.can_repeat
            plan = Plan(rows, placing, self.given.inputs_for, self.concurrency, Pace(self.rate), earlier, waits)
            live = is_live(sys.stderr, os.environ) and not self.quiet
            progress = Progress(sys.stderr if live else None, look(sys.stderr, os.environ).width, total)
            return self._performed(prepared, plan, progress)

    def _performed(self, prepared: Prepared, plan: Plan, progress: Progress) -> ExitCode:
        tally = Tally(plan.rows.name, plan.earlier.counts if plan.earlier else {})
        with closing(self._opened(plan.earlier, progress.wipe)) as results:
            performance = Performance(plan, results, progress, tally)
            try:
                performance.run(Runner(prepared))
            finally:
                progress.wipe()
                self._report(performance)
        if performance.pressed:
            raise KeyboardInterrupt
        if performance.fault:
            return ExitCode.CANNOT_CONTINUE
        return ExitCode.SUCCEEDED if tally.succeeded else ExitCode.FAILED

    def _opened(self, earlier: Earlier | None, before: Callable[[], None]) -> Results:
        return opened(self.results, self.resume, earlier, before)

    def _survey(self, prepared: Prepared, wanted: Wanted, earlier: Earlier | None) -> int | None:
        """Read rows that can be read twice once through, so that what is wrong with all is told before the first run.

        Returns how many there are, None where nobody can know.
        """
        if not self.source.can_repeat:
            return None
        rows = self.source.open()
        with closing(rows):
            self._check_columns(rows, prepared, wanted, tells=False)
            placing = Placing(wanted.own)
            number = 0
            for number, record in enumerate(rows.records, 1):
                if earlier is not None and number in earlier.done:
                    earlier.check(number, placing.fingerprint(record.content), f"{rows.name}:{record.line}")
        if earlier is not None and (beyond := max(earlier.done, default=0)) > number:
            message = f"row {beyond} is done, and {rows.name} has {number} rows"
            raise UsageError(f"--resume: {message}", "the rows must be those of the earlier run, in the same order")
        return number

    def _check_columns(self, rows: Opened, prepared: Prepared, wanted: Wanted, *, tells: bool = True) -> None:
        """See that the columns of CSV can give inputs at all.

        Raises:
            UsageError: a column gives none, and the schema allows no others.
            InputsError: no column gives an input that is required.
        """
        if rows.columns is None:
            return
        placing = Placing(wanted.own)
        for name in placing.undeclared(rows.columns):
            message = f"--each {rows.name}: workflow '{wanted.workflow}' has no input '{name}'"
            if wanted.own.closed:
                raise UsageError(message, did_you_mean(name, wanted.own.properties))
            if tells and not self.quiet:
                note(f"{message}, which a column gives", did_you_mean(name, wanted.own.properties))
        given = Given({**self.given.inputs, **_named(placing, rows.columns)}, self.given.inputs_for)
        missing = [] if prepared.options.mock else given.missing(wanted)
        if missing:
            names = ", ".join(f"'{name}'" if not flow else f"'{flow}:{name}'" for flow, name in missing)
            message = f"--each {rows.name}: no column gives {names}, which each run needs"
            flags = " ".join(f"-i {flow}:{name}=..." if flow else f"-i {name}=..." for flow, name in missing)
            raise InputsError(message, f"add a column, or give it for all rows: {flags}")

    def _report(self, performance: Performance) -> None:
        """Tell what did not succeed, and how many rows came to what."""
        tally = performance.tally
        for line in tally.lines():
            say(line)
        if tally.unsaved:
            numbers = ", ".join(map(str, tally.unsaved))
            say(f"done, and not in the results: {_rows(len(tally.unsaved))} {numbers}")
        if not self.quiet or not tally.succeeded or performance.pressed or performance.fault:
            say(tally.summary(performance.progress.seconds))
        if performance.fault:
            complain(performance.fault, performance.hint)
        if performance.pressed or performance.fault:
            named = self.results or self.resume
            where = named if named is not None else "RESULTS"
            how = f"--resume {where}" + (f" --results {where}" if self.results is not None else "")
            say(f"to go on with the rows that are not done: the same command with {how}")


def _named(placing: Placing, columns: Collection[str]) -> dict[str, str]:
    return {placing.path(name)[0]: "" for name in columns}


def _counted(lines: int) -> str:
    return "a line was" if lines == 1 else f"{lines} lines were"


def _rows(number: int) -> str:
    return "row" if number == 1 else "rows"
