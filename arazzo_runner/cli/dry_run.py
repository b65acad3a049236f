"""The dry run of `arazzo run`: what would be sent, on standard output, in one of several forms."""

from __future__ import annotations

import os
import sys

from arazzo_runner.api import Prepared, preview
from arazzo_runner.cli.exit_codes import ExitCode
from arazzo_runner.cli.faults import note, say
from arazzo_runner.cli.formats import chosen_format
from arazzo_runner.cli.inputs import Given
from arazzo_runner.cli.output import look
from arazzo_runner.errors import ArazzoError
from arazzo_runner.reports.doctor.shell import typed
from arazzo_runner.reports.requests import FORMATS, write_refused_preview


def format_named(name: str | None, as_json: bool) -> str:
    """Return the form that is wanted.

    Raises:
        UsageError: there is no such form, or `--json` contradicts it.
    """
    return chosen_format(name, as_json, FORMATS, next(iter(FORMATS)))


def show_requests(prepared: Prepared, given: Given, format: str, *, quiet: bool) -> ExitCode:
    """Write what a run would send; warnings and missing inputs are told on standard error.

    Raises:
        InputsError: an input that was given does not fit.
    """
    found = preview(prepared, given.inputs, inputs_for=given.inputs_for)
    if not quiet:
        for warning in found.warnings:
            say(warning.concise())
        if found.missing:
            note(f"inputs are missing, a placeholder stands for each: {', '.join(found.missing)}", _give(found.missing))
    FORMATS[format](sys.stdout, found, look(sys.stdout, os.environ))
    return ExitCode.SUCCEEDED


def _give(missing: tuple[str, ...]) -> str:
    return f"give them: {typed([word for name in missing for word in ('-i', f'{name}=...')])}"


def refuse(error: ArazzoError, workflow: str | None) -> None:
    """Write the refusal for a program; a person is told by whoever catches the error."""
    write_refused_preview(sys.stdout, error, workflow)
