"""`arazzo diff`: two recorded runs, side by side."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, TypeAlias

from arazzo_runner.cli import flags
from arazzo_runner.cli.exit_codes import ExitCode
from arazzo_runner.cli.formats import chosen_format
from arazzo_runner.cli.marks import argument, option
from arazzo_runner.cli.output import PIPED_WIDTH, look
from arazzo_runner.cli.report_files import open_destination, place_of
from arazzo_runner.errors import ArazzoError, UsageError
from arazzo_runner.journal import read
from arazzo_runner.journal.comparison import Comparison, compare
from arazzo_runner.reports.comparison import ENDINGS, FORMATS, writer
from arazzo_runner.reports.comparison.json import write_refused_comparison
from arazzo_runner.reports.page import Look, Verbosity

Left: TypeAlias = Annotated[str, argument(metavar="LEFT", help="The journal of a run, as --journal writes it.")]
Right: TypeAlias = Annotated[str, argument(metavar="RIGHT", help="The journal of the run to compare it with.")]
DiffFormat: TypeAlias = Annotated[
    str | None,
    option(
        "--format",
        metavar="FORMAT",
        help=f"One of {', '.join(FORMATS)}. Without it, the ending of --output counts, else {next(iter(FORMATS))}.",
    ),
]
DiffFile: TypeAlias = Annotated[
    str | None,
    option("--output", "-o", metavar="FILE", help="Write to this file, in place of standard output."),
]
AllHeaders: TypeAlias = Annotated[
    bool,
    option("--all-headers", help="Compare the header fields too that differ from run to run, such as Date."),
]
Quietly: TypeAlias = Annotated[bool, option("--quiet", "-q", help="Say in one line whether the runs differ.")]
Verbosely: TypeAlias = Annotated[
    bool, option("--verbose", "-v", help="Tell what is the same too, what took how long, and what is hidden.")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """Compare two recorded runs: path, requests, answers, criteria, actions and outputs, side by side.

    Exit code 0 where the runs are the same, 1 where they differ, 2 where a journal can't be read. How long things took
    is told and is no difference.
    """

    left: Left
    right: Right
    format: DiffFormat = None
    output: DiffFile = None
    json: flags.Json = False
    all_headers: AllHeaders = False
    quiet: Quietly = False
    verbose: Verbosely = False

    def perform(self) -> int:
        """Write the comparison, and return 0 where the runs are the same, 1 where they differ."""
        try:
            name = chosen_format(self.format, self.json, FORMATS, self._otherwise())
            self._check()
            found = compare(read(self.left), read(self.right), all_headers=self.all_headers)
        except ArazzoError as error:
            if self.json or self.format == "json":
                write_refused_comparison(sys.stdout, error)
            raise
        self._write(name, found)
        return ExitCode.SUCCEEDED if found.same else ExitCode.FAILED

    def _check(self) -> None:
        if self.quiet and self.verbose:
            raise UsageError("--quiet and --verbose contradict each other", "leave one of the two out")
        taken = {place_of(each) for each in (self.left, self.right)}
        if self.output is not None and (not self.output or place_of(self.output) in taken):
            raise UsageError(f"--output '{self.output}' can't take the comparison", "name another file")

    def _otherwise(self) -> str:
        """Return the format that the ending of the file asks for."""
        ending = Path(self.output).suffix.lower() if self.output and not (self.format or self.json) else ""
        if ending and ending not in ENDINGS:
            raise UsageError(f"--output: '{ending}' tells no format", f"add --format: {', '.join(FORMATS)}")
        return ENDINGS.get(ending, next(iter(FORMATS)))

    def _write(self, name: str, found: Comparison) -> None:
        verbosity = Verbosity.QUIET if self.quiet else Verbosity.VERBOSE if self.verbose else Verbosity.NORMAL
        if self.output is None:
            writer(name)(sys.stdout, found, replace(look(sys.stdout, os.environ), verbosity=verbosity))
            return
        destination = open_destination(self.output, "--output", at_once=False)
        try:
            writer(name)(destination.stream, found, Look(verbosity, width=PIPED_WIDTH))
            destination.keep()
        except BaseException:
            destination.drop()
            raise
