"""The order in which the steps of a workflow run (Arazzo 1.1, Step Object: dependsOn; DEP-26 to DEP-32).

Steps run in the order written. Only a workflow of a 1.1 document in which some step has `dependsOn` is reordered, and
no more than its dependencies ask: those that are declared, and those implied by reading a step's output. A workflow
that uses goto keeps its order, since there the author steers; a dependency that was passed over fails the step that
has it, when its turn comes.

A step may read outputs of its own: of its last try, or in its actions. That is no dependency. What it inherits in
actions is read after it is over, often by steps that were not thought of; it counts as long as it makes no circle.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

from arazzo_runner.expressions.grammar import StepOutput, StepOutputs
from arazzo_runner.graph.order import ordered
from arazzo_runner.program.circles import Circles
from arazzo_runner.program.model import BoundStep, Mention, WorkflowKey
from arazzo_runner.program.unit import Unit
from arazzo_runner.values import Path

MAX_SHOWN = 10
"""Steps of a circle that a message names."""

Needs: TypeAlias = dict[str, dict[str, Path]]
"""The steps that each step needs before it, each with the place that says so."""

_ACTIONS = ("successActions", "failureActions")


def in_order(unit: Unit, key: WorkflowKey, steps: Sequence[BoundStep]) -> tuple[BoundStep, ...]:
    """Return the bound steps of a workflow in the order in which they run; circles are reported (DEP-32)."""
    by_id = {step.step_id: step for step in steps}
    if len(by_id) < len(steps) or not any(step.depends_on for step in steps):
        return tuple(steps)
    needs = _declared(key, steps)
    if uses_goto(steps):
        _report_circles(unit, by_id, needs, needs)
        return tuple(steps)
    declared = {step_id: dict(places) for step_id, places in needs.items()}
    _add_read(needs, [mention for mention in unit.mentions if not is_inherited_action(mention)])
    order = ordered(list(by_id), needs)
    if order is None:
        _report_circles(unit, by_id, needs, declared)
        return tuple(steps)
    _add_read(needs, unit.mentions)
    return tuple(by_id[step_id] for step_id in ordered(list(by_id), needs) or order)


def uses_goto(steps: Sequence[BoundStep]) -> bool:
    """Tell whether an action of the steps, inherited ones included, goes to a step."""
    actions = (action for step in steps for action in (*step.on_success, *step.on_failure))
    return any(action.type == "goto" and action.step_id is not None for action in actions)


def is_inherited_action(mention: Mention) -> bool:
    """Tell whether an expression stands in an action of the workflow or of the components."""
    match mention.at:
        case ("components", kind, *_) | ("workflows", _, kind, *_):
            return kind in _ACTIONS
    return False


def circles(steps: Sequence[str], needs: Mapping[str, Collection[str]]) -> Iterator[tuple[str, ...]]:
    """Yield circles of needs, each as a path that ends where it begins; of those that share a step, one at least."""
    known = set(steps)
    graph = Circles[str](lambda step: [need for need in needs.get(step, ()) if need in known])
    told: set[str] = set()
    for step in steps:
        paths = (graph.path(step, need) for need in needs.get(step, ()) if need in known)
        path = next((path for path in paths if path), ()) if step not in told else ()
        if path:
            told.update(path)
            yield path


def _declared(key: WorkflowKey, steps: Sequence[BoundStep]) -> Needs:
    return {
        step.step_id: {one.step.step_id: one.at for one in step.depends_on if one.step.workflow == key}
        for step in steps
    }


def _add_read(needs: Needs, mentions: Collection[Mention]) -> None:
    """Add what steps read of others' outputs (DEP-29)."""
    for mention in mentions:
        expression = mention.expression
        if not isinstance(expression, StepOutput | StepOutputs) or expression.step == mention.step_id:
            continue
        if mention.step_id in needs:
            needs[mention.step_id].setdefault(expression.step, mention.at)


def _report_circles(unit: Unit, steps: Collection[str], needs: Needs, declared: Needs) -> None:
    for path in circles(list(steps), needs):
        first, second = path[:2]
        message = f"steps depend on each other in a circle: {_shown(path)}"
        if first == second:
            message = f"step '{first}' depends on itself"
        unit.error("dependency-circle", message, needs[first][second], _explained(path, declared))


def _explained(path: tuple[str, ...], declared: Needs) -> str:
    """Say what each step of a circle needs the next one for."""
    edges = [
        f"'{step}' has '{need}' in dependsOn" if need in declared[step] else f"'{step}' reads an output of '{need}'"
        for step, need in pairwise(path)
    ]
    told = "; ".join((*edges[:MAX_SHOWN], *(["..."] if len(edges) > MAX_SHOWN else [])))
    return f"{told}: take one of them out" if len(edges) > 1 else "take it out"


def _shown(path: tuple[str, ...]) -> str:
    if len(path) > MAX_SHOWN + 1:
        path = (*path[:MAX_SHOWN], f"... ({len(path) - MAX_SHOWN - 1} more)", path[-1])
    return " -> ".join(path)
