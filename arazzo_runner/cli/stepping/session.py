"""One run step by step: what goes together with that, and who reads and writes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping

from arazzo_runner.api import EventStream, Prepared
from arazzo_runner.api.beginning import InputsFor
from arazzo_runner.api.running import OnEvent
from arazzo_runner.cli.output import look, page
from arazzo_runner.cli.stepping.debugger import Debugger
from arazzo_runner.cli.stepping.prompt import NOBODY, Prompt, is_person
from arazzo_runner.engine.result import RunResult
from arazzo_runner.errors import UsageError
from arazzo_runner.values import Value


def check(contradicting: Iterable[str], *, input_taken: bool) -> None:
    """Judge what is given beside `--step`: the flags that contradict it, and whether standard input is used otherwise.

    Raises:
        UsageError: they do not go together, or there is nobody to ask.
    """
    for flag in contradicting:
        raise UsageError(f"--step and {flag} contradict each other", "leave one of the two out")
    if input_taken:
        message = "--step reads its commands from standard input, which is named for something else (-)"
        raise UsageError(message, "put what is read from it into a file")
    if sys.stdin is None:
        raise UsageError(NOBODY, "run it at a terminal, or pipe the commands in")
    if is_person() and not sys.stderr.isatty():
        raise UsageError("--step asks on standard error, which is no terminal", "leave its redirection out (2>)")


def execute_stepwise(
    prepared: Prepared,
    inputs: Mapping[str, Value] | None = None,
    *,
    inputs_for: InputsFor | None = None,
    on_event: OnEvent | None = None,
    journal: str | os.PathLike[str] | None = None,
) -> RunResult:
    """Run a prepared workflow as `execute` does, with a person who is asked before each step.

    Raises:
        InputsError: the inputs do not fit; nothing was sent.
        LimitReached: a limit of the run was reached.
        RunStopped: the person ended it.
        UsageError: there is nobody to ask.
    """
    debugger = Debugger(
        prepared.program,
        prepared.settings,
        write=lambda lines: page(sys.stderr).write(lines),
        look=look(sys.stderr, os.environ),
    )
    debugger.read = Prompt(debugger.words, debugger.echo).read
    stream = EventStream(prepared, inputs, inputs_for=inputs_for, hold=debugger.hold, journal=journal)
    debugger.redactor = stream.redactor
    with stream:
        for stamped in stream:
            debugger.on(stamped.event)
            if on_event is not None:
                on_event(stamped)
        return stream.result
