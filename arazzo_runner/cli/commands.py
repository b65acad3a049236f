"""The commands as typer knows them: found by name, imported when called."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from inspect import Signature, signature
from typing import Annotated, Any, Final, get_args, get_type_hints

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from arazzo_runner._version import VERSION
from arazzo_runner.cli.exit_codes import ExitCode, epilog
from arazzo_runner.cli.plain_lines import Command
from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.errors import UsageError

UNBEGUN: Final = "interrupted before anything was begun"
"""What is said where Ctrl-C came while the command line was being read."""


def call(name: str, commands: Mapping[str, str], arguments: Sequence[str] | None) -> int:
    """Run a command line (None: that of the process, as the system's shell leaves it) and return the exit code.

    `commands` maps each command to ``module:Class``.

    Raises:
        UsageError, typer.TyperException: the line is no sound command.
    """
    given = None if arguments is None else list(arguments)
    result = _application(commands)(args=given, prog_name=name, standalone_mode=False)
    if isinstance(result, Command):
        return result.perform()
    if result == ExitCode.INTERRUPTED:  # typer makes this of Ctrl-C, and says nothing
        raise interrupted(sys.argv[1:] if given is None else given)
    return int(result or ExitCode.SUCCEEDED)


def interrupted(words: Sequence[str]) -> KeyboardInterrupt:
    """Return what to raise where Ctrl-C came while a line was read; a program that waits for an object gets one."""
    if words[:1] == ["test"] and "--json" in words:
        _tell_of_no_test()
    return KeyboardInterrupt(UNBEGUN)


def _tell_of_no_test() -> None:
    """Write the object of tests that were interrupted before the first: a program gets one in any case."""
    from arazzo_runner.coverage.trials import Trials
    from arazzo_runner.reports.page import Look
    from arazzo_runner.reports.tests.json import write_trials_json

    write_trials_json(sys.stdout, Trials((), interrupted=True), Look())


def _application(commands: Mapping[str, str]) -> typer.Typer:
    class Commands(TyperGroup):
        """Looks a command up when it is called, or when all of them are listed.

        `ctx` is a context of click, whose type typer keeps to itself.
        """

        def list_commands(self, ctx: Any) -> list[str]:
            return list(commands)

        def get_command(self, ctx: Any, cmd_name: str) -> TyperCommand | None:
            if cmd_name in commands:
                return _command(cmd_name, commands[cmd_name])
            if ctx.resilient_parsing:
                return None
            raise UsageError(f"there is no command '{cmd_name}'", did_you_mean(cmd_name, commands))

    application = typer.Typer(cls=Commands, epilog=epilog(), context_settings={"help_option_names": ["-h", "--help"]})
    application.callback()(_arazzo)
    return application


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"arazzo {VERSION}")
        raise typer.Exit


def _arazzo(
    version: Annotated[
        bool, typer.Option("--version", "-V", help="Show the version and exit.", callback=_tell_version, is_eager=True)
    ] = False,
) -> None:
    """Runs Arazzo workflows: against the live API, or against answers invented from its description."""


def _command(name: str, place: str) -> TyperCommand:
    module, _, attribute = place.partition(":")
    made: type[Any] = getattr(import_module(module), attribute)
    alone = typer.Typer(add_completion=False)
    alone.command(name, epilog=epilog())(_as_typer_has_it(made))
    command = get_command(alone)
    assert isinstance(command, TyperCommand), "an application of one command is that command"
    return command


def _as_typer_has_it(made: type[Any]) -> Callable[..., Any]:
    """Return a function that makes a command, with the signature that typer makes flags and arguments of."""
    hints = get_type_hints(made, include_extras=True)
    parameters = []
    for parameter in signature(made).parameters.values():
        kind, mark = get_args(hints[parameter.name])[:2]
        told = typer.Argument(**mark.words()) if mark.is_argument else typer.Option(*mark.names, **mark.words())
        parameters.append(parameter.replace(annotation=Annotated[kind, told]))

    def make(**values: Any) -> Any:
        return made(**values)

    make.__signature__ = Signature(parameters)  # type: ignore[attr-defined]  # `inspect` reads it
    make.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    make.__doc__ = made.__doc__
    return make
