"""Which step a scenario means: ``step``, ``caller/step`` for one of a called workflow, or ``workflow.step``.

The longest id that is declared wins, so ids may hold whatever parts words here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from arazzo_runner.mock.scenarios.letters import Letters, follows, parts
from arazzo_runner.program.model import BoundStep, BoundWorkflow, Program, StepKey, WorkflowCall, WorkflowKey


@dataclass(frozen=True, slots=True)
class Place:
    """A step that a scenario names, and where the name ends. Without a `path` it is meant wherever it runs."""

    step: StepKey
    path: tuple[str, ...]
    end: int


def places(text: Letters, at: int, program: Program) -> list[Place]:
    """Return what can be meant from there on, the longest first."""
    found = [
        *_paths(text, at, program, program.workflow, ()),
        *_named(text, at, program),
        *_elsewhere(text, at, program),
    ]
    return sorted(found, key=lambda place: -place.end)


def known(program: Program) -> list[str]:
    """Return how steps can be named, for who misspelt one."""
    own = [step.step_id for step in program.workflow.steps]
    others = [key for key in program.workflows if key != program.entry]
    nested = [f"{key.workflow_id}.{step.step_id}" for key in others for step in program.workflows[key].steps]
    return [*own, *nested]


def step_of(program: Program, key: StepKey) -> BoundStep:
    """Return the step of a key."""
    workflow = program.workflows[key.workflow]
    return workflow.steps[workflow.positions[key.step_id]]


def _paths(
    text: Letters, at: int, program: Program, workflow: BoundWorkflow, around: tuple[str, ...]
) -> Iterator[Place]:
    for step in workflow.steps:
        if not follows(text, at, step.step_id):
            continue
        end = at + len(step.step_id)
        path = (*around, step.step_id)
        yield Place(StepKey(workflow.key, step.step_id), path, end)
        if parts(text, end, "/"):
            for called in _called(step):
                yield from _paths(text, end + 1, program, program.workflows[called], path)


def _called(step: BoundStep) -> Iterator[WorkflowKey]:
    """Yield the workflows whose steps run below a step: the one that it calls, those that its retries refer to."""
    if isinstance(step.call, WorkflowCall):
        yield step.call.workflow
    for action in step.on_failure:
        if action.type == "retry" and action.workflow is not None:
            yield action.workflow.workflow


def _named(text: Letters, at: int, program: Program) -> Iterator[Place]:
    for key, workflow in program.workflows.items():
        end = at + len(key.workflow_id)
        if follows(text, at, key.workflow_id) and parts(text, end, "."):
            for step in workflow.steps:
                if follows(text, end + 1, step.step_id):
                    yield Place(StepKey(key, step.step_id), (), end + 1 + len(step.step_id))


def _elsewhere(text: Letters, at: int, program: Program) -> Iterator[Place]:
    """Yield the steps of other workflows whose ids alone say which are meant."""
    known = [StepKey(key, step.step_id) for key, flow in program.workflows.items() for step in flow.steps]
    for key in known:
        is_only = sum(other.step_id == key.step_id for other in known) == 1
        if key.workflow != program.entry and is_only and follows(text, at, key.step_id):
            yield Place(key, (), at + len(key.step_id))
