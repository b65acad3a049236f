"""Questions to a person at a terminal, for required inputs that nothing else gives.

A question is asked on standard error and answered on standard input, and only where both are terminals: a script is
never held up. What is typed for a secret input is not shown.
"""

from __future__ import annotations

import os
import sys
from getpass import getpass
from typing import Final

from arazzo_runner.cli.conversion import ConversionError, convert, wanted
from arazzo_runner.cli.inputs import Given, Wanted, is_secret
from arazzo_runner.cli.output import look
from arazzo_runner.errors import InputsError
from arazzo_runner.program.accepted_types import ALL_TYPES, accepted_types, described
from arazzo_runner.program.model import InputSchema
from arazzo_runner.reports.layout import wrap_lines
from arazzo_runner.values import JSON, Value

MAX_TRIES: Final = 3


def is_possible() -> bool:
    """Tell whether a person sits at a terminal."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def ask_missing(given: Given, wanted_inputs: Wanted) -> None:
    """Ask for each required input that has no value yet.

    Raises:
        InputsError: there was no usable answer.
    """
    for workflow, name in given.missing(wanted_inputs):
        label = f"{workflow}:{name}" if workflow else name
        given.of(workflow)[name] = _ask(label, name, wanted_inputs.schema(workflow))


def ask_secret(name: str) -> str:
    """Ask for a secret, and return it; what is typed is not shown.

    Raises:
        InputsError: there was no answer.
    """
    _tell(name)
    for _ in range(MAX_TRIES):
        answer = _answer("  (hidden): ", secret=True)
        if answer is None:
            break
        if answer:
            return answer
        _tell("  a value is needed; Ctrl-C ends the run")
    raise InputsError(f"{name} is asked for, and was not given")


def _ask(label: str, name: str, schema: InputSchema) -> Value:
    declared = schema.properties.get(name, True)
    types = accepted_types(declared, schema.schema)
    about = described(declared, schema.schema)
    secret = is_secret(name, schema)
    _tell(_question(label, about, types))
    for _ in range(MAX_TRIES):
        answer = _answer("  (hidden): " if secret else "  : ", secret)
        if answer is None:
            break
        if not answer:
            _tell("  a value is needed; Ctrl-C ends the run")
            continue
        try:
            return convert(answer, types)
        except ConversionError as fault:
            _tell(f"  that does not fit: {fault}")
    raise InputsError(f"input '{label}' is required, and was not given", f"give it with -i {label}=...")


def _question(label: str, about: dict[str, JSON], types: frozenset[str]) -> str:
    text = about.get("description")
    purpose = ": " + " ".join(text.split()) if isinstance(text, str) and text.strip() else ""
    choices = about.get("enum")
    if isinstance(choices, list) and choices:
        return f"{label} [one of {', '.join(str(choice) for choice in choices)}]{purpose}"
    kinds = "" if types >= ALL_TYPES or types == {"string"} else f" [{wanted(types)}]"
    return f"{label}{kinds}{purpose}"


def _tell(text: str) -> None:
    width = look(sys.stderr, os.environ).width
    first, *rest = wrap_lines(text, width - 2)
    sys.stderr.write("\n  ".join([first, *rest]) + "\n")
    sys.stderr.flush()


def _answer(prompt: str, secret: bool) -> str | None:
    """Return what was typed, without its line break; None where the person ended the input."""
    try:
        if secret:
            return getpass(prompt, sys.stderr)
        sys.stderr.write(prompt)
        sys.stderr.flush()
        line = sys.stdin.readline()
    except EOFError:
        line = ""
    if not line:
        _tell("")
        return None
    return line.rstrip("\r\n")
