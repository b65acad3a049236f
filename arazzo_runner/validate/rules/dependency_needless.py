"""dependency-needless: a workflow without messages orders its steps by `dependsOn`, and they are in order already.

What: a step names a step of its own workflow in `dependsOn`, no step of the workflow sends or receives a message or is
gone to, and without any `dependsOn` the steps would run in the same order. Each such step is told.
Why: steps run one after the other in the order in which they are written; `dependsOn` is meant for what comes back
later (DEP-34). It is a note: the workflow runs as it is.
Example: `dependsOn: [login]` on the step below `login`.
Instead: leave `dependsOn` out; the order in which the steps are written says the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.program.order import uses_goto
from arazzo_runner.validate.subject import Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find each `dependsOn` of a workflow whose steps run as they are written anyway (DEP-34)."""
    if any(step.channel_path is not None or step.action is not None for step in subject.workflow.steps):
        return
    # Where actions go to steps, a dependency that was passed over fails the step that has it: that is no order.
    if _is_reordered(subject) or uses_goto(subject.bound.steps):
        return
    for step, bound in subject.steps():
        own = [one for one in bound.depends_on if one.step.workflow == subject.bound.key]
        if own:
            is_alone = len(own) == len(bound.depends_on)
            message = f"step '{step.step_id}' comes after {_named([one.step.step_id for one in own])} anyway"
            help = "leave it out: steps run in the order in which they are written, and none here waits for a message"
            yield subject.note("dependency-needless", message, (*step.at, "dependsOn") if is_alone else own[0].at, help)


def _is_reordered(subject: Subject) -> bool:
    """Tell whether the steps run in another order than they are written in, which is theirs without `dependsOn`."""
    written = [step.step_id for step, _ in subject.steps()]
    return written != [step.step_id for step in subject.bound.steps]


def _named(ids: list[str]) -> str:
    return " and ".join(f"'{one}'" for one in ids) if len(ids) < 3 else f"'{ids[0]}' and {len(ids) - 1} more"
