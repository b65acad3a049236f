"""`arazzo report`: the report of a run that was recorded, in any format, as often as wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from arazzo_runner.cli import flags, journal_flags
from arazzo_runner.cli.exit_codes import ExitCode
from arazzo_runner.cli.marks import option
from arazzo_runner.cli.report_files import place_of
from arazzo_runner.cli.reporting import STDOUT, Reports, Wish, format_named, format_of_file, report_look
from arazzo_runner.errors import UsageError
from arazzo_runner.journal.reader import read


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Write a report of a run that a journal holds; nothing is run, and nothing is sent.

    Of a run whose journal was cut off, it says how far that came.
    """

    journal: journal_flags.JournalFile
    format: Annotated[
        str | None,
        option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="text, json, ndjson, junit, har, html, markdown or github. Without it, the ending of --output counts, "
            "else text.",
        ),
    ] = None
    output: Annotated[
        str | None,
        option("--output", "-o", metavar="FILE", help="Write to FILE, not to standard output."),
    ] = None
    verbose: flags.Verbose = False

    def perform(self) -> int:
        """Write the report, and return 0 however the run ended."""
        where = "" if self.output in (None, STDOUT) else self.output or ""
        name = format_of_file(where) if self.format is None else format_named(self.format, "--format")
        wish = Wish(name, where)
        if self.output == "" or (wish.where and place_of(wish.where) == place_of(self.journal)):
            raise UsageError(f"--output '{self.output}' can't take the report", "name another file")
        journal, reports = read(self.journal), Reports()
        reports.add(wish, report_look(self.verbose), flag="--output")
        try:
            for stamped in journal.events:
                reports.on(stamped)
        finally:
            reports.close()
        return reports.code(ExitCode.SUCCEEDED)
