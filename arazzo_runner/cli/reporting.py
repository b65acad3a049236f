"""Reports that the command line asks for: `--report FORMAT[=FILE]`, any number at once.

All of them are fed with the events of the run, which are redacted. One that can no longer be written (a full disk) does
not stop the run: it is given up, and told of at the end.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Final

from arazzo_runner.cli.exit_codes import ExitCode
from arazzo_runner.cli.faults import complain
from arazzo_runner.cli.output import PIPED_WIDTH
from arazzo_runner.cli.report_files import Destination, open_destination, place_of
from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.engine.events import Stamped
from arazzo_runner.engine.outcomes import Clock
from arazzo_runner.errors import ArazzoError, CannotContinue, UsageError
from arazzo_runner.reports.page import Look, Verbosity
from arazzo_runner.reports.run import AT_ONCE, FORMATS, Reporter
from arazzo_runner.reports.run.refusal import NOT_BEGUN, refuse

STDOUT: Final = "-"
REPORTS: Final = tuple(name for name in FORMATS if name != "live")
"""The formats that can be asked for; what is redrawn on a terminal is none."""

_ENDINGS: Final = {"md": "markdown", "xml": "junit", "jsonl": "ndjson", "htm": "html", "txt": "text", "log": "text"}
_FLAG: Final = "--report"


@dataclass(frozen=True, slots=True)
class Wish:
    """A report that is asked for; `where` is a file, empty for standard output."""

    format: str
    where: str = ""

    @property
    def at_once(self) -> bool:
        """Whether its file is written while the run goes on."""
        return self.format == "ndjson"


def wishes(texts: Sequence[str]) -> tuple[Wish, ...]:
    """Return the reports that are asked for.

    Raises:
        UsageError: there is no such format, no file is named, or two reports want the same place.
    """
    wanted = tuple(map(_wish, texts))
    if sum(not wish.where for wish in wanted) > 1:
        raise UsageError(f"{_FLAG}: two reports want standard output", f"name a file: {_FLAG} html=report.html")
    places: dict[object, str] = {}
    for wish in wanted:
        place = _place(wish.where) if wish.where else None
        if place in places:
            raise UsageError(
                f"{_FLAG}: {places[place]} and {wish.format} want the same file, '{wish.where}'", "name another"
            )
        if place is not None:
            places[place] = wish.format
    return wanted


def _wish(text: str) -> Wish:
    name, sign, where = text.partition("=")
    format_named(name)
    if sign and not where:
        raise UsageError(f"{_FLAG} {text}: no file is named", f"write {_FLAG} {name}=FILE, or {_FLAG} {name}")
    return Wish(name, "" if where == STDOUT else where)


def format_named(name: str, flag: str = _FLAG) -> str:
    """Return the name of a format.

    Raises:
        UsageError: there is none of that name.
    """
    if name in REPORTS:
        return name
    ending = PurePath(name).suffix[1:].lower() if name else ""
    meant = _ENDINGS.get(ending, ending)
    if name in _ENDINGS:
        hint = f"did you mean '{_ENDINGS[name]}'?"
    elif meant in REPORTS and flag == _FLAG:
        hint = f"for that file: {flag} {meant}={name}"
    else:
        hint = did_you_mean(name, REPORTS)
    raise UsageError(f"{flag}: there is no format '{name}'", hint)


def format_of_file(where: str) -> str:
    """Return the format that the ending of a file's name asks for; a name without an ending asks for text.

    Raises:
        UsageError: the ending tells no format.
    """
    ending = PurePath(where).suffix[1:].lower()
    meant = _ENDINGS.get(ending, ending or "text")
    if meant not in REPORTS:
        raise UsageError(f"--output: '.{ending}' tells no format", f"add --format: {', '.join(REPORTS)}")
    return meant


def _place(where: str) -> object:
    try:
        return place_of(where)
    except (OSError, ValueError, RuntimeError):  # opening it will say what is wrong
        return where


def reads_stdout(texts: Iterable[str] | None) -> bool:
    """Tell whether a report is wanted on standard output; never raises."""
    return any(_on_stdout(text) for text in texts or ())


def streams_stdout(texts: Iterable[str] | None) -> bool:
    """Tell whether a report is wanted there that is written while the run goes on; never raises."""
    return any(_on_stdout(text) and text.partition("=")[0] in AT_ONCE for text in texts or ())


def _on_stdout(text: str) -> bool:
    return text.partition("=")[2] in ("", STDOUT)


def check_alone(texts: Sequence[str] | None, others: Iterable[tuple[bool, str]]) -> None:
    """Refuse reports beside flags that have no run to report, or several.

    Raises:
        UsageError: one of the `others` is given; its name stands beside it.
    """
    for given, name in others:
        if texts and given:
            raise UsageError(f"{_FLAG} tells of one run, and {name} is none", "leave one of the two out")


@dataclass(slots=True, eq=False)
class _Open:
    wish: Wish
    reporter: Reporter
    destination: Destination | None
    fault: OSError | None = None


@dataclass(slots=True)
class Reports:
    """The reports of one run, open."""

    _all: list[_Open] = field(default_factory=list)
    _begun: bool = False

    @property
    def on_stdout(self) -> bool:
        """Whether one of them has standard output."""
        return any(each.destination is None for each in self._all)

    def add(self, wish: Wish, look: Look, flag: str = _FLAG) -> None:
        """Open a report; `flag` says who asks for it.

        Raises:
            UsageError: its file can't be written.
        """
        destination = None
        if wish.where:
            destination = open_destination(wish.where, flag, at_once=wish.at_once)
        stream = destination.stream if destination else sys.stdout
        self._all.append(_Open(wish, FORMATS[wish.format](stream, look), destination))

    def on(self, stamped: Stamped) -> None:
        """Tell all reports of an event."""
        self._begun = True
        for each in self._sound():
            try:
                each.reporter.on(stamped)
            except OSError as fault:
                self._give_up(each, fault)

    def refuse(self, error: ArazzoError, workflow: str | None) -> None:
        """Tell all reports that the run did not begin."""
        self._begun, clock = True, Clock(time.time(), time.monotonic())
        for each in self._sound():
            try:
                refuse(each.reporter, error, workflow, clock)
            except OSError as fault:
                self._give_up(each, fault)

    def close(self) -> None:
        """End all reports, and put their files in their places; says on standard error which ones were lost."""
        if not self._begun:
            self.refuse(CannotContinue(NOT_BEGUN), None)
        for each in self._sound():
            try:
                each.reporter.close()
                if each.destination is not None:
                    each.destination.keep()
            except OSError as fault:
                self._give_up(each, fault)

    def code(self, code: ExitCode) -> ExitCode:
        """Return the exit code of the command: a report that was lost is told by it where nothing worse is."""
        lost = any(each.fault for each in self._all)
        return ExitCode.CANNOT_CONTINUE if lost and code is ExitCode.SUCCEEDED else code

    def drop(self) -> None:
        """Give all of them up, without a trace."""
        for each in self._all:
            if each.destination is not None:
                each.destination.drop()
        self._all.clear()

    def _sound(self) -> list[_Open]:
        return [each for each in self._all if each.fault is None]

    def _give_up(self, each: _Open, fault: OSError) -> None:
        if each.destination is None:
            raise fault  # standard output is the caller's affair
        each.fault = fault
        each.destination.drop()
        complain(f"the report {each.wish.format} is lost: '{each.wish.where}' can't be written: {fault.strerror}")


def report_look(verbose: bool) -> Look:
    """Return how a report for a person looks that is no terminal's: plain, and as wide as a page."""
    return Look(Verbosity.VERBOSE if verbose else Verbosity.NORMAL, width=PIPED_WIDTH)


def open_reports(
    texts: Sequence[str] | None,
    *,
    as_json: bool = False,
    output: str | None = None,
    verbose: bool = False,
    taken: Iterable[str | None] = (),
) -> Reports:
    """Open the reports that are asked for, all of them or none; `taken` are files that no report may be written to.

    Raises:
        UsageError: they can't be had, or contradict the flags that want standard output.
    """
    wanted = wishes(texts or ())
    rival = "--json" if as_json else "--output" if output is not None else ""
    on_stdout = next((wish for wish in wanted if not wish.where), None)
    if rival and on_stdout:
        told = f"{rival} and {_FLAG} {on_stdout.format} both want standard output"
        raise UsageError(told, f"name a file: {_FLAG} {on_stdout.format}=FILE")
    others = {_place(where) for where in taken if where}
    if spoilt := next((wish for wish in wanted if wish.where and _place(wish.where) in others), None):
        raise UsageError(f"{_FLAG} {spoilt.format}: '{spoilt.where}' has another part in this run", "name another file")
    reports = Reports()
    try:
        for wish in wanted:
            reports.add(wish, report_look(verbose), f"{_FLAG} {wish.format}")
    except UsageError:
        reports.drop()
        raise
    return reports
