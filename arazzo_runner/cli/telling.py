"""Telling of a run that a command got from elsewhere than a document alone: replayed, or gone on with."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from arazzo_runner.api import EventStream
from arazzo_runner.cli import reporting
from arazzo_runner.cli.audience import Audience, assemble
from arazzo_runner.cli.exit_codes import ExitCode
from arazzo_runner.cli.outputs import write_all, write_one
from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.engine.result import RunResult, Status
from arazzo_runner.errors import ArazzoError, CannotContinue, LimitReached, RunStopped, UsageError
from arazzo_runner.reports.page import Verbosity
from arazzo_runner.values import Value

EXITS: Final = {
    Status.SUCCEEDED: ExitCode.SUCCEEDED,
    Status.FAILED: ExitCode.FAILED,
    Status.STOPPED: ExitCode.CANNOT_CONTINUE,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What of the run is shown, by the flags."""

    json: bool = False
    output: str | None = None
    report: list[str] | None = None
    quiet: bool = False
    verbose: bool = False

    @property
    def verbosity(self) -> Verbosity | None:
        """How much a person is told; None for what fits the place."""
        if self.quiet:
            return Verbosity.QUIET
        return Verbosity.VERBOSE if self.verbose else None

    def check(self) -> None:
        """Refuse flags that contradict each other.

        Raises:
            UsageError: some do.
        """
        if self.quiet and self.verbose:
            raise UsageError("--quiet and --verbose contradict each other", "leave one of the two out")
        if self.json and self.output is not None:
            raise UsageError("--json and --output both want standard output", "leave one of the two out")


def tell(shown: Shown, begun: Callable[[], EventStream]) -> ExitCode:
    """Read the events of the run that `begun` begins, tell of them, and write its outputs.

    Raises:
        ArazzoError: the run could not be begun, or not be gone on with.
    """
    shown.check()
    audience = assemble(shown.verbosity, shown.json, shown.output is not None, os.environ, reports=shown.report)
    try:
        audience.reports = reporting.open_reports(
            shown.report, as_json=shown.json, output=shown.output, verbose=shown.verbose
        )
        result = _read(begun, audience)
    except (LimitReached, RunStopped) as ended:
        if audience.shown is None:
            raise
        return ExitCode(ended.exit_code)  # the report has told of it
    except CannotContinue:
        raise  # it began, so the reports tell that it did not end
    except ArazzoError as error:
        audience.refuse(error)
        raise
    finally:
        audience.close()
    return audience.reports.code(_write(shown, result, audience))


def _read(begun: Callable[[], EventStream], audience: Audience) -> RunResult:
    with begun() as stream:
        for stamped in stream:
            audience.on(stamped)
        return stream.result


def _write(shown: Shown, result: RunResult, audience: Audience) -> ExitCode:
    if shown.output is None:
        if not (shown.json or audience.reports.on_stdout):
            write_all(_told(audience.shown))
    elif shown.output in result.outputs:
        write_one(result.outputs[shown.output])
    elif result.succeeded:
        hint = did_you_mean(shown.output, result.outputs)
        raise UsageError(f"--output {shown.output}: the run has no such output", hint)
    return EXITS[result.status]


def _told(shown: RunResult | None) -> Mapping[str, Value]:
    outputs = shown.outputs if shown else {}
    return {name: value for name, value in outputs.items() if value is not None or (shown and shown.succeeded)}
