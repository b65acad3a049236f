"""What the shell offers while a command is typed, beyond the names of commands and flags.

A shell that asks is never answered with an error: what can't be read offers nothing. A document in the network is not
fetched, since the shell waits for the answer at each press of the key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from arazzo_runner.document.model import Workflow


def complete_workflow(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the workflows of the FILE that stands on the line so far, each with its summary."""
    flows = _workflows(context)
    return [(flow.workflow_id, flow.summary) for flow in flows if flow.workflow_id.startswith(incomplete)]


def complete_output(context: typer.Context, incomplete: str) -> list[str]:
    """Return the outputs of the workflow that the line names, of all workflows where it names none."""
    chosen = context.params.get("workflow")
    flows = [flow for flow in _workflows(context) if chosen in (None, flow.workflow_id)]
    names = dict.fromkeys(name for flow in flows for name in flow.outputs)
    return [name for name in names if name.startswith(incomplete)]


def complete_report(incomplete: str) -> list[str]:
    """Return the formats of reports."""
    from arazzo_runner.cli.reporting import REPORTS

    return [name for name in REPORTS if name.startswith(incomplete)]


def _workflows(context: typer.Context) -> tuple[Workflow, ...]:
    # Behind a flag that still lacks its value, the parser has left FILE among the arguments.
    file = context.params.get("file") or next(iter(context.args), None)
    if not isinstance(file, str) or file == "-" or "://" in file:
        return ()
    from arazzo_runner.api import load  # the shell asks for flags far more often

    try:
        return load(file).workflows
    except Exception:
        return ()
