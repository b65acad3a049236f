"""What a run gives on standard output where no report is asked for: all outputs for a person, or one for a script."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping

from arazzo_runner.cli.output import page, write_bytes
from arazzo_runner.diagnostics import Diagnostic, did_you_mean
from arazzo_runner.errors import UsageError
from arazzo_runner.program.model import BoundWorkflow, Program
from arazzo_runner.reports.page import Ink
from arazzo_runner.reports.plain import plain, shown
from arazzo_runner.reports.run.warned import NOTHING_FOUND
from arazzo_runner.values import Value


def write_all(outputs: Mapping[str, Value]) -> None:
    """Write each output on a line, ``name: value``: a text of one line as it is, anything else as JSON."""
    page(sys.stdout).write((Ink.STRONG.of(name), f": {_line(value)}") for name, value in outputs.items())


def _line(value: Value) -> str:
    return value if isinstance(value, str) and value.isprintable() else shown(value)


def write_one(value: Value) -> None:
    """Write one output in the clear: a text as it is, bytes as they are, anything else as JSON."""
    match value:
        case bytes():
            write_bytes(sys.stdout, value)
        case str():
            sys.stdout.write(value + "\n")
        case _:
            sys.stdout.write(json.dumps(plain(value), ensure_ascii=False, allow_nan=False) + "\n")


def nothing_found(name: str, warnings: Iterable[Diagnostic]) -> Iterator[str]:
    """Yield why the output of that name found nothing (P19); nothing where it was found, be it null."""
    for found in warnings:
        if found.code == NOTHING_FOUND and found.message.startswith(f"output '{name}' of workflow "):
            yield found.message


def check_name(name: str, program: Program) -> None:
    """Find out before the run whether it can give an output of that name.

    Raises:
        UsageError: neither the workflow nor one that it can hand over to declares it.
    """
    known = list(dict.fromkeys(name for flow in _ends(program) for name, _ in flow.outputs))
    if name not in known:
        message = f"--output {name}: workflow '{program.entry.workflow_id}' has no such output"
        raise UsageError(message, did_you_mean(name, known))


def _ends(program: Program) -> Iterable[BoundWorkflow]:
    """Yield the workflow, and those that its actions can hand the run over to: their outputs are then the run's."""
    found = {program.entry}
    waiting = [program.entry]
    while waiting:
        flow = program.workflows[waiting.pop()]
        yield flow
        for step in flow.steps:
            for action in (*step.on_success, *step.on_failure):
                if action.type == "goto" and action.workflow and action.workflow.workflow not in found:
                    found.add(action.workflow.workflow)
                    waiting.append(action.workflow.workflow)
