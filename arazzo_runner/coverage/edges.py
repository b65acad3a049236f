"""The edges of a program: every way out of every step (Arazzo 1.1, Step Object: onSuccess, onFailure).

An edge is an action, or the default of an outcome: a step that succeeded goes on to the next, one that failed ends
its workflow. A default that an action without criteria always replaces is no edge: nobody meant it to be gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from arazzo_runner.program.model import BoundAction, BoundStep, Program, StepKey, WorkflowKey


@dataclass(frozen=True, slots=True)
class Edge:
    """A way out of a step. `index` is the place of its action in the step's list; the default stands behind the last.

    `passed` tells after which outcome it is taken, `target` where it leads, in words. `place` is
    ``file:line:column`` of the action, or of the step for a default.
    """

    step: StepKey
    passed: bool
    index: int
    action: BoundAction | None = field(default=None, compare=False, repr=False)
    target: str = field(default="", compare=False)
    place: str = field(default="", compare=False)

    @property
    def outcome(self) -> str:
        """The outcome of the step, in a word."""
        return "success" if self.passed else "failure"

    @property
    def name(self) -> str:
        """The name of the action; empty for a default."""
        return self.action.name if self.action else ""

    @property
    def wish(self) -> str:
        """How a scenario asks for it: ``step.action``, or ``step=failure``."""
        return f"{self.step.step_id}.{self.name}" if self.action else f"{self.step.step_id}={self.outcome}"


def edges_of(program: Program) -> tuple[Edge, ...]:
    """Return the edges of the workflow to run, then those of every workflow that it can reach."""
    keys = (program.entry, *(key for key in program.workflows if key != program.entry))
    return tuple(edge for key in keys for step in program.workflows[key].steps for edge in _of_step(program, key, step))


def _of_step(program: Program, key: WorkflowKey, step: BoundStep) -> Iterator[Edge]:
    for passed in (True, False):
        actions = actions_of(step, passed)
        for index, action in enumerate(actions):
            place = _place(step, action)
            yield Edge(StepKey(key, step.step_id), passed, index, action, _target(action, passed), place)
        if not any(is_certain(action) for action in actions):
            target = _default(program, key, step) if passed else "the workflow fails"
            yield Edge(StepKey(key, step.step_id), passed, len(actions), None, target, _place(step, None))


def actions_of(step: BoundStep, passed: bool) -> tuple[BoundAction, ...]:
    """Return the actions that are looked at after an outcome of a step."""
    return step.on_success if passed else step.on_failure


def is_certain(action: BoundAction) -> bool:
    """Tell whether an action fires whenever its turn comes, so that none after it is looked at."""
    return not action.criteria and action.type != "retry"


def _default(program: Program, key: WorkflowKey, step: BoundStep) -> str:
    workflow = program.workflows[key]
    following = workflow.positions[step.step_id] + 1
    if following < len(workflow.steps):
        return f"on to step {workflow.steps[following].step_id}"
    return "the workflow ends"


def _target(action: BoundAction, passed: bool) -> str:
    where = f"step {action.step_id}" if action.step_id else ""
    where = f"workflow {action.workflow.workflow.workflow_id}" if action.workflow else where
    match action.type:
        case "end":
            return "the workflow ends" if passed else "the workflow fails"
        case "retry":
            return f"{where} first, then again" if where else "again"
        case _:
            return f"on to {where}"


def _place(step: BoundStep, action: BoundAction | None) -> str:
    if step.document is None:
        return ""
    if action is None or not action.at:
        return step.span.place() if step.span else ""
    return step.document.span(action.at).place()
