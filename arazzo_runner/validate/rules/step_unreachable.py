"""step-unreachable: a step that no run comes to.

What: an action without criteria ends the workflow or goes elsewhere before this step, and no other action leads here.
Why: the step is never run: what it should do is not done, and what reads its outputs finds nothing.
Example: `onSuccess: [{name: done, type: end}]` on the first of two steps.
Instead: give the action criteria, remove it, or let an action go to this step.
"""

from __future__ import annotations

from collections.abc import Iterator

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.validate.flow import flow_of
from arazzo_runner.validate.subject import Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find the first of each row of steps that nothing leads to (FLO-01)."""
    if not subject.is_whole():
        return
    reached = flow_of(subject.bound).reachable()
    for index, step in enumerate(subject.bound.steps):
        if index not in reached and (index == 0 or index - 1 in reached):
            before = subject.bound.steps[index - 1].step_id
            message = (
                f"no run comes to step '{step.step_id}': step '{before}' always ends the workflow or goes elsewhere"
            )
            help = "give the action before it criteria, or let an action go to it"
            yield subject.warning("step-unreachable", message, (*step.at, "stepId"), help)
