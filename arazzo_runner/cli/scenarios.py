"""`arazzo run --scenario`: what the flag can be, and the walk over every edge."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

from arazzo_runner.api import Prepared
from arazzo_runner.cli.exit_codes import ExitCode
from arazzo_runner.cli.inputs import Given
from arazzo_runner.cli.output import look
from arazzo_runner.engine.result import Attempt, RunResult
from arazzo_runner.errors import ArazzoError, UsageError
from arazzo_runner.program.model import WorkflowCall

ALL = "all"
"""The scenario that walks every edge."""


def is_all(wishes: Sequence[str]) -> bool:
    """Tell whether every edge is to be walked."""
    return any(wish.strip() == ALL for wish in wishes)


def check(wishes: Sequence[str], *, mock: bool, alone: bool) -> None:
    """Refuse what contradicts a scenario; `alone` tells that something else wants standard output.

    Raises:
        UsageError: there is no mock to follow it, or the walk is asked for together with something else.
    """
    if not wishes:
        return
    if not mock:
        raise UsageError("--scenario chooses what the mock answers, and this run has none", "add --mock")
    listed = [each.strip() for wish in wishes for each in wish.split(",")]
    if ALL in listed and len(listed) > 1:
        raise UsageError("--scenario all walks every edge, so it goes with no other scenario", "leave the others out")
    if is_all(wishes) and alone:
        message = "--scenario all makes many runs: it has no outputs, and no requests to show"
        raise UsageError(message, "leave out --output and --dry-run")


def walk_all(prepared: Prepared, given: Given, *, as_json: bool, quiet: bool) -> ExitCode:
    """Walk every edge, and write what was found on standard output; return 0 where nothing failed unasked."""
    from arazzo_runner.api.walking import walk  # brings the mock, which most runs have no use for
    from arazzo_runner.reports.edges import write_coverage, write_coverage_json

    coverage = walk(prepared, given.inputs, inputs_for=given.inputs_for)
    if as_json:
        write_coverage_json(sys.stdout, coverage)
    elif not quiet or not coverage.succeeded:
        write_coverage(sys.stdout, coverage, look(sys.stdout, os.environ))
    return ExitCode.SUCCEEDED if coverage.succeeded else ExitCode.FAILED


def idle(prepared: Prepared, result: RunResult) -> Iterator[str]:
    """Yield the wishes of a scenario that changed nothing: a step sent no request, or an action did not fire."""
    if not prepared.options.scenario:
        return
    from arazzo_runner.mock.scenarios.endings import Take
    from arazzo_runner.mock.scenarios.places import step_of
    from arazzo_runner.mock.scenarios.reading import read_scenario

    sent = {(step.workflow_id, step.step_id) for step in result.steps for tried in step.attempts if _was_sent(tried)}
    fired = {(step.workflow_id, step.step_id, step.action) for step in result.steps}
    for order in read_scenario(prepared.options.scenario, prepared.program):
        workflow_id, step_id = order.step.workflow.workflow_id, order.step.step_id
        if isinstance(order.ending, Take) and isinstance(step_of(prepared.program, order.step).call, WorkflowCall):
            name = order.ending.edges[0].name
            if (workflow_id, step_id, name) not in fired:
                yield f"--scenario {order.text}: action '{name}' of step '{step_id}' did not fire"
        elif (workflow_id, step_id) not in sent:
            yield f"--scenario {order.text}: step '{step_id}' sent no request, so it changed nothing"


def _was_sent(attempt: Attempt) -> bool:
    return attempt.request is not None


def refuse(error: ArazzoError, workflow: str | None) -> None:
    """Write the refusal for a program; a person is told by whoever catches the error."""
    from arazzo_runner.reports.edges import write_refused_coverage  # as above

    write_refused_coverage(sys.stdout, error, workflow)
