"""What the shell offers while a command is typed, beyond the names of commands and flags."""

from __future__ import annotations

import typer


def complete_workflow(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the workflows of the FILE that stands on the line so far, each with its summary.

    A shell that asks is never answered with an error: what can't be read offers nothing. A document in the network is
    not fetched, since the shell waits for the answer at each press of the key.
    """
    # Behind a flag that still lacks its value, the parser has left FILE among the arguments.
    file = context.params.get("file") or next(iter(context.args), None)
    if not isinstance(file, str) or file == "-" or "://" in file:
        return []
    from arazzo_runner.api import load  # the shell asks for flags far more often

    try:
        workflows = load(file).workflows
    except Exception:
        return []
    return [(flow.workflow_id, flow.summary) for flow in workflows if flow.workflow_id.startswith(incomplete)]
