"""dependency-needless: a workflow without messages orders its steps by `dependsOn`.

What: a step names a step of its own workflow in `dependsOn`, and no step of the workflow sends or receives a message.
Why: such steps run one after the other anyway, in the order in which they are written; `dependsOn` is meant for what
comes back later (DEP-34). It is a note: the workflow runs as it is.
Example: `dependsOn: [login]` on the step below `login`.
Instead: write the steps in the order in which they run, and leave `dependsOn` out.
"""

from __future__ import annotations

from collections.abc import Iterator

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.validate.subject import Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find the first `dependsOn` of a workflow whose steps could just be in order (DEP-34)."""
    if any(step.channel_path is not None or step.action is not None for step in subject.workflow.steps):
        return
    for step, bound in subject.steps():
        if any(one.step.workflow == subject.bound.key for one in bound.depends_on):
            message = f"no step of workflow '{subject.workflow.workflow_id}' waits for a message: order alone would do"
            help = "write the steps in the order in which they run, and leave `dependsOn` out"
            yield subject.note("dependency-needless", message, (*step.at, "dependsOn"), help)
            return
