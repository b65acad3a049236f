"""goto-endless: steps that go round for ever once they are entered.

What: an action without criteria leads back to a step that has run, and no step on the way may end the workflow or
leave the circle, but by a failure that no action expects.
Why: the workflow repeats its requests until one fails or the limit of steps stops the run.
Example: `onSuccess: [{name: again, type: goto, stepId: poll}]` on step `poll`.
Instead: give the action criteria (`$response.body#/state == 'pending'`), so that the step goes on when they don't hold.
"""

from __future__ import annotations

from collections.abc import Iterator

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.document.model import Action
from arazzo_runner.validate.actions import followed
from arazzo_runner.validate.flow import flow_of
from arazzo_runner.validate.subject import Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find the actions that close a circle without a way out."""
    if not subject.is_whole():
        return
    flow = flow_of(subject.bound)
    caught = flow.reachable() - flow.leading_out()
    for index in sorted(caught):
        action = _leading_back(subject, index)
        if action is not None:
            names = f"step '{subject.bound.steps[index].step_id}' goes back to step '{action.step_id}'"
            message = f"{names}, and nothing ends the workflow: it repeats until a step fails"
            help = "give the action criteria, so that the workflow goes on when they do not hold"
            yield subject.warning("goto-endless", message, (*action.at, "stepId"), help)


def _leading_back(subject: Subject, index: int) -> Action | None:
    """Return the success action that always leads from a step to itself or to one before."""
    positions = subject.bound.positions
    step = subject.workflow.step(subject.bound.steps[index].step_id)
    components = subject.description.components.success_actions
    own = followed(step.on_success if step is not None else (), components, "successActions")
    shared = followed(subject.workflow.success_actions, components, "successActions")
    for action in (*own, *shared):
        if (
            action.type == "goto"
            and not action.criteria
            and positions.get(action.step_id or "", len(positions)) <= index
        ):
            return action
    return None
