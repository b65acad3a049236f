"""Which steps may follow which: the order of the steps, and what their actions say (Arazzo 1.1, Success Action Object).

An action without criteria always applies where it is tried, so what stands behind it counts for nothing; one with
criteria may apply or not. A retry that names a step runs it, and comes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from arazzo_runner.program.model import BoundAction, BoundWorkflow


@dataclass(frozen=True, slots=True)
class Exits:
    """Where a step may lead: the positions of steps, and whether the workflow may end there."""

    steps: frozenset[int]
    ends: bool


@dataclass(frozen=True, slots=True)
class Flow:
    """The exits of each step, by its position: after a success, and after a failure by its actions.

    That a failed step without an action for it ends the workflow is no exit by an action.
    """

    after_success: tuple[Exits, ...]
    after_failure: tuple[Exits, ...]

    def reachable(self) -> frozenset[int]:
        """Return the positions of the steps that a run may come to."""
        seen: set[int] = set()
        waiting = [0] if self.after_success else []
        while waiting:
            index = waiting.pop()
            if index not in seen:
                seen.add(index)
                waiting += self.after_success[index].steps | self.after_failure[index].steps
        return frozenset(seen)

    def leading_out(self) -> frozenset[int]:
        """Return the positions of the steps from which the workflow may end, unless a failure that nobody expects."""
        leads = list(zip(self.after_success, self.after_failure, strict=True))
        before: dict[int, list[int]] = {}
        for index, (success, failure) in enumerate(leads):
            for target in success.steps | failure.steps:
                before.setdefault(target, []).append(index)
        waiting = [index for index, (success, failure) in enumerate(leads) if success.ends or failure.ends]
        seen: set[int] = set()
        while waiting:
            index = waiting.pop()
            if index not in seen:
                seen.add(index)
                waiting += before.get(index, [])
        return frozenset(seen)


def flow_of(workflow: BoundWorkflow) -> Flow:
    """Return the flow of a workflow whose steps are all bound."""
    count = len(workflow.steps)
    success, failure = [], []
    for index, step in enumerate(workflow.steps):
        follows = Exits(frozenset({index + 1}), False) if index + 1 < count else Exits(frozenset(), True)
        success.append(_exits(step.on_success, workflow.positions, follows))
        failure.append(_exits(step.on_failure, workflow.positions, Exits(frozenset(), False)))
    return Flow(tuple(success), tuple(failure))


def _exits(actions: Iterable[BoundAction], positions: Mapping[str, int], otherwise: Exits) -> Exits:
    steps: set[int] = set()
    ends = False
    for action in actions:
        target = positions.get(action.step_id or "")
        if target is not None:
            steps.add(target)
        elif action.type != "retry":  # an end, or a workflow that takes over
            ends = True
        if not action.criteria and action.type != "retry":
            return Exits(frozenset(steps), ends)
    return Exits(frozenset(steps) | otherwise.steps, ends or otherwise.ends)
