"""Who is told of a run: a person on standard error, a program on standard output.

A person at a terminal sees the steps move; in a pipe or a log each line is final. Where a program reads the result
(`--json`, `--output`) and no person watches, only what went wrong is told, and each warning on a line.

The two may write to one terminal, and steps that move are drawn again and again over the same lines. So the person's
report is closed before anything is written for the program.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from arazzo_runner.cli.output import is_live, look
from arazzo_runner.cli.reporting import Reports, reads_stdout, streams_stdout
from arazzo_runner.engine.events import RunEnded, RunStarted, Stamped
from arazzo_runner.engine.result import RunResult
from arazzo_runner.errors import ArazzoError
from arazzo_runner.reports.page import Verbosity
from arazzo_runner.reports.run import FORMATS, Reporter
from arazzo_runner.reports.run.json import write_refusal


@dataclass(slots=True)
class Audience:
    """The reporters of one run.

    `workflow` is its id, None until it is known. `shown` is the run's record as it may be shown, None until it ended.
    `follows` tells that the person is told of the steps. `reports` are those that are asked for beside these two,
    `telemetry` what sends the run to a collector.
    """

    person: Reporter
    program: Reporter | None
    workflow: str | None = None
    started: bool = False
    shown: RunResult | None = None
    follows: bool = True
    reports: Reports = field(default_factory=Reports)
    telemetry: Reporter | None = None

    def on(self, stamped: Stamped) -> None:
        """Tell everyone of an event; outputs go to standard output alone, so the person is told of the rest."""
        match stamped.event:
            case RunStarted():
                self.started = True
            case RunEnded(result=result):
                self.shown = result
        self.person.on(_without_outputs(stamped))
        if isinstance(stamped.event, RunEnded):
            self.person.close()
        if self.program:
            self.program.on(stamped)
        self.reports.on(stamped)
        if self.telemetry:
            self.telemetry.on(stamped)

    def refuse(self, error: ArazzoError) -> None:
        """Tell all but the person that the run did not begin; the person is told by whoever catches the error."""
        if self.started:
            return
        if self.program:
            write_refusal(sys.stdout, error, self.workflow)
        self.reports.refuse(error, self.workflow)

    def close(self) -> None:
        """End all reports; one of a run that did not end says so. What the program reads is written in any case."""
        try:
            self.person.close()
        finally:
            try:
                if self.program:
                    self.program.close()
            finally:
                try:
                    self.reports.close()
                finally:
                    if self.telemetry:
                        self.telemetry.close()


def _without_outputs(stamped: Stamped) -> Stamped:
    match stamped.event:
        case RunEnded(result=result) if result.outputs:
            return replace(stamped, event=RunEnded(replace(result, outputs={})))
    return stamped


def assemble(
    verbosity: Verbosity | None,
    as_json: bool,
    alone: bool,
    environ: Mapping[str, str],
    *,
    still: bool = False,
    reports: Sequence[str] | None = None,
) -> Audience:
    """Return the audience: `as_json` adds a program on standard output, `alone` says that it reads one output.

    Where it is to be `still`, no line is drawn again: the person is asked something in between.
    `reports` are those that are asked for, as typed; opening them is the caller's.
    """
    moves = not still and not (streams_stdout(reports) and sys.stdout.isatty())
    live = is_live(sys.stderr, environ) and moves
    told = as_json or alone or reads_stdout(reports)
    chosen = verbosity or (Verbosity.NORMAL if live or still or not told else Verbosity.BRIEF)
    name = "live" if live and chosen.follows else "text"
    person = FORMATS[name](sys.stderr, look(sys.stderr, environ, chosen))
    program = FORMATS["json"](sys.stdout, look(sys.stdout, environ)) if as_json else None
    return Audience(person, program, follows=chosen.follows)
