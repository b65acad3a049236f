"""dependency-unstarted: a step depends on a step of a workflow that does not run with it.

What: `dependsOn` names a step of another workflow, and nothing leads from here to that workflow: no step calls it, no
action hands over to it, and it is in the `dependsOn` of no workflow that runs.
Why: `dependsOn` of a step starts nothing (DEP-27). Unless another workflow calls both, the step fails with an
unsatisfied dependency.
Example: `dependsOn: [$workflows.login.steps.token]` where no step has `workflowId: login`.
Instead: add the workflow to the `dependsOn` of this one, or call it in a step before.
"""

from __future__ import annotations

from collections.abc import Iterator

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.program.model import Dependency
from arazzo_runner.validate.subject import Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find dependencies on steps that nothing here starts (DEP-27)."""
    for step, bound in subject.steps():
        for one in bound.depends_on:
            if one.step.workflow.workflow_id not in subject.reached:
                yield _unstarted(subject, step.step_id, one)


def _unstarted(subject: Subject, step_id: str, dependency: Dependency) -> Diagnostic:
    name = dependency.step.workflow.workflow_id
    message = f"step '{step_id}' depends on a step of workflow '{name}', which does not run with this one by itself"
    help = f"add the workflow to the `dependsOn` of workflow '{subject.workflow.workflow_id}', or call it in a step"
    return subject.warning("dependency-unstarted", message, dependency.at, help)
