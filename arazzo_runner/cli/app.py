"""The command `arazzo`: finds the command that was typed, and runs it.

Each command is a frozen dataclass in a module of its own: its fields are the arguments and flags, `perform` does it
and returns the exit code. A module is imported when its command is called, so that one command never pays for
another; `--version` is answered before anything is imported.
"""

from __future__ import annotations

import sys

from arazzo_runner._version import VERSION

TYPE_CHECKING = False  # type checkers take it for theirs, whose module costs more than all that the version needs
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Final

    from arazzo_runner.cli.plain_lines import Command

NAME: Final = "arazzo"
COMMANDS: Final = {
    "run": "arazzo_runner.cli.run:Run",
    "replay": "arazzo_runner.cli.replay:Replay",
    "resume": "arazzo_runner.cli.resume:Resume",
    "eval": "arazzo_runner.cli.evaluating:Evaluate",
    "report": "arazzo_runner.cli.report:Report",
    "diff": "arazzo_runner.cli.diff:Diff",
    "test": "arazzo_runner.cli.test:Test",
    "validate": "arazzo_runner.cli.validate:Validate",
    "explain": "arazzo_runner.cli.explain:Explain",
    "show": "arazzo_runner.cli.show:Show",
    "graph": "arazzo_runner.cli.graph:Draw",
    "mock": "arazzo_runner.cli.mock:Mock",
    "doctor": "arazzo_runner.cli.doctor:Doctor",
    "cache": "arazzo_runner.cli.cache:ShowCache",
}
"""Each command and where it stands, in the order of `--help`."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line (that of the process by default) and return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] in (["--version"], ["-V"]) and sys.stdout is not None:
        print(f"{NAME} {VERSION}")
        return 0
    try:
        from arazzo_runner.cli.collecting import seldom_collected
        from arazzo_runner.cli.exit_codes import ExitCode
        from arazzo_runner.cli.faults import guarded
        from arazzo_runner.cli.interruption import one_interrupt
        from arazzo_runner.cli.output import outlets
    except KeyboardInterrupt:  # what tells of it in good order is not there yet
        print("interrupted before anything was begun", file=sys.stderr)
        return 130
    with one_interrupt(last=arguments is None), outlets(), seldom_collected(arguments is None):
        if not given:
            return guarded(lambda: _call(["--help"])) or ExitCode.UNUSABLE
        return guarded(lambda: _perform(given, arguments))


def _perform(given: list[str], arguments: Sequence[str] | None) -> int:
    """Do what a line says: read by ourselves where that is plain, else by typer."""
    try:
        command = _plainly(given)
    except KeyboardInterrupt:
        from arazzo_runner.cli.commands import interrupted

        raise interrupted(given) from None
    return _call(arguments) if command is None else command.perform()


def _plainly(given: list[str]) -> Command | None:
    if given[0] not in COMMANDS:
        return None
    from importlib import import_module

    from arazzo_runner.cli.plain_lines import read_plain

    module, _, name = COMMANDS[given[0]].partition(":")
    return read_plain(getattr(import_module(module), name), given[1:])


def _call(arguments: Sequence[str] | None) -> int:
    from arazzo_runner.cli.commands import call

    return call(NAME, COMMANDS, arguments)
