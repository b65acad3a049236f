"""call-recursive: workflows that call one another in a circle.

What: a step calls a workflow that calls, itself or through others, the workflow of the step.
Why: each call starts before the one around it has ended, so it goes deeper until a limit stops the run (SUB-14), unless
an action leads around the call in time.
Example: workflow `sync` with a step `workflowId: sync`.
Instead: repeat with a `goto` to a step, or with a retry, and give it criteria.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.program.model import WorkflowCall, WorkflowKey
from arazzo_runner.validate.subject import Subject

MAX_WORKFLOWS: Final = 1_000
"""Workflows that are followed from one call."""


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find calls that lead back to the workflow that makes them (SUB-14)."""
    for step, bound in subject.steps():
        if isinstance(bound.call, WorkflowCall) and _leads_to(subject, bound.call.workflow, subject.bound.key):
            callee = bound.call.workflow.workflow_id
            own = callee == subject.workflow.workflow_id
            what = "its own workflow" if own else f"workflow '{callee}', which leads back to this one"
            message = f"step '{step.step_id}' calls {what}"
            help = "repeat with a goto to a step that has criteria"
            yield subject.warning("call-recursive", message, (*step.at, "workflowId"), help)


def _leads_to(subject: Subject, start: WorkflowKey, wanted: WorkflowKey) -> bool:
    seen: set[WorkflowKey] = set()
    waiting = [start]
    while waiting and len(seen) < MAX_WORKFLOWS:
        key = waiting.pop()
        if key == wanted:
            return True
        if key not in seen:
            seen.add(key)
            bound = subject.compilation.bound(key).workflow
            steps = bound.steps if bound is not None else ()
            waiting += [step.call.workflow for step in steps if isinstance(step.call, WorkflowCall)]
    return False
