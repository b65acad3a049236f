"""Bad news, turned into a few lines and an exit code; nothing that a person does ends in a traceback."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeGuard

from arazzo_runner.cli.exit_codes import ExitCode
from arazzo_runner.cli.output import look, page
from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.errors import ArazzoError, DocumentError, UsageError
from arazzo_runner.reports.findings.text import write_text
from arazzo_runner.reports.layout import wrap
from arazzo_runner.reports.page import Ink, Line

if TYPE_CHECKING:
    import typer

DEBUG: Final = "ARAZZO_DEBUG"
_PLAINER: Final = {
    "is not a valid float range": "is no number",
    "is not a valid float": "is no number",
    "is not a valid int range": "is no whole number",
    "is not a valid int": "is no whole number",
}
"""How a message of typer's says it, and how we do."""

_REPORT: Final = f"set {DEBUG}=1 to see where (the trace may hold secrets), and please report it"


def guarded(act: Callable[[], int]) -> int:
    """Do what a command does, and return its exit code; an exception becomes lines on standard error and a code."""
    try:
        code = act()
        sys.stdout.flush()
        return code
    except KeyboardInterrupt as press:
        say(str(press) or "interrupted", "", Ink.DOUBT)
        return ExitCode.INTERRUPTED
    except DocumentError as fault:
        show_findings(fault.diagnostics)
        return fault.exit_code
    except UsageError as fault:
        complain(fault.message, fault.hint)
        return fault.exit_code
    except ArazzoError as fault:
        complain(str(fault))
        return fault.exit_code
    except OSError as fault:
        where = f" '{fault.filename}'" if fault.filename else ""
        complain(f"could not continue: {fault.strerror or type(fault).__name__}{where}")
        _trace()
        return ExitCode.CANNOT_CONTINUE
    except Exception as fault:
        if _is_typers(fault):
            complain(*_usage(fault))
            return int(fault.exit_code)
        complain(f"a fault of arazzo itself: {type(fault).__name__} at {_place(fault)}", _REPORT)
        _trace()
        return ExitCode.CANNOT_CONTINUE


def _is_typers(fault: Any) -> TypeGuard[typer.TyperException]:
    """Tell whether it is typer that raised it: most lines are read without it, and it is not imported then."""
    typer = sys.modules.get("typer")
    return typer is not None and isinstance(fault, typer.TyperException)


def complain(message: str, hint: str = "") -> None:
    """Say on standard error what is wrong and what to do."""
    say(f"error: {message}", hint, Ink.BAD)


def say(message: str, hint: str = "", ink: Ink = Ink.PLAIN) -> None:
    """Say something on standard error; `ink` is for the words before the first colon.

    On a terminal words are kept whole; in a file a line stays a line, so that it can be searched for.
    """
    width = look(sys.stderr, os.environ).width if sys.stderr.isatty() else sys.maxsize
    first, *rest = message.split("\n")
    opening, *more = wrap(first, width - 2)
    head, colon, tail = opening.partition(":")
    lines: list[Line] = [(ink.of(head + colon), tail), *((f"  {part}",) for part in more)]
    for line in (*rest, *hint.split("\n")):
        if line.strip():
            lines += [(f"  {part}",) for part in wrap(line.strip(), width - 2)]
    page(sys.stderr).write(lines)


def note(message: str, hint: str = "") -> None:
    """Say on standard error what looks wrong and stops nothing."""
    say(f"warning: {message}", hint, Ink.DOUBT)


def show_findings(diagnostics: Iterable[Diagnostic]) -> None:
    """Show findings on standard error, in full."""
    write_text(sys.stderr, diagnostics, look(sys.stderr, os.environ))


def _usage(fault: typer.TyperException) -> tuple[str, str]:
    """Return what is wrong with a command line, and what to do; never an argument that stands where none can be."""
    context: typer.Context | None = getattr(fault, "ctx", None)
    command = context.command_path if context else "arazzo"
    message = fault.format_message().rstrip(".")
    for words, plainer in _PLAINER.items():
        message = message.replace(words, plainer)
    if "unexpected extra argument" in message:
        message = f"'{command}' was given more arguments than it takes"
        return message, "quote a value that holds spaces: -i 'message=hello world'"
    return message[:1].lower() + message[1:], f"'{command} --help' says what can be given"


def _place(fault: BaseException) -> str:
    """Return file and line in which an exception was raised; of this package, if any of it took part."""
    package = Path(__file__).resolve().parent.parent
    frames = traceback.extract_tb(fault.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(package)]
    frame = (ours or frames)[-1]
    path = Path(frame.filename)
    shown = path.relative_to(package.parent) if path.is_relative_to(package) else path.name
    return f"{shown}:{frame.lineno}"


def _trace() -> None:
    if os.environ.get(DEBUG):
        traceback.print_exc(file=sys.stderr)
