"""output-not-yet: a step reads an output of a step that comes after it.

What: `$steps.second.outputs.x` in the step before `second`, where no step of the workflow has `dependsOn`: then the
order of the steps is the order in which they run.
Why: the output has no value yet, so a parameter or path that needs it fails the step. Only 1.1 says that it is an error
(DEP-31). Where an action leads back, or runs the later step first, there may be a value the next time: that stays a
warning in strict mode too, and is not told in 1.0.
Example: `first` sends `$steps.second.outputs.id`, and `second` stands below it.
Instead: move the step up, or give the reading step `dependsOn`, which orders the steps.
"""

from __future__ import annotations

from collections.abc import Iterator

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.expressions.grammar import StepOutput, StepOutputs
from arazzo_runner.program.model import Mention
from arazzo_runner.program.order import is_inherited_action
from arazzo_runner.validate.subject import Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find outputs that are read before the step that gives them can have run (DEP-31)."""
    features = subject.description.features
    if features is None or any(step.depends_on for step in subject.workflow.steps):
        return
    early = [(mention, reader, giver) for mention, reader, giver in _reads(subject) if giver > reader]
    graph = _graph(subject) if early else []
    following: dict[int, set[int]] = {}
    for mention, reader, giver in early:
        if giver not in following:
            following[giver] = _reachable(graph, giver)
        comes_back = reader in following[giver]
        if features.v1_1 or not comes_back:
            yield _early(subject, mention, comes_back=comes_back, forbidden=features.v1_1)


def _reads(subject: Subject) -> Iterator[tuple[Mention, int, int]]:
    """Yield what reads the output of a step, with the positions of the step that reads and of the one that gives."""
    positions = subject.bound.positions
    for mention in subject.bound.mentions:
        expression = mention.expression
        if not isinstance(expression, StepOutput | StepOutputs):
            continue
        if mention.step_id is not None and not is_inherited_action(mention):
            reader, giver = positions.get(mention.step_id), positions.get(expression.step)
            if reader is not None and giver is not None:
                yield mention, reader, giver


def _early(subject: Subject, mention: Mention, *, comes_back: bool, forbidden: bool) -> Diagnostic:
    expression = mention.expression
    giver = expression.step if isinstance(expression, StepOutput | StepOutputs) else ""
    message = f"step '{mention.step_id}' reads {expression.text}, but step '{giver}' comes after it"
    if comes_back:
        message += "; it has a value only once an action has led back"
    make = subject.error if forbidden and subject.strict and not comes_back else subject.warning
    help = f"put step '{giver}' before it"
    if forbidden:
        help += f", or give step '{mention.step_id}' `dependsOn: [{giver}]`"
    return make("output-not-yet", message, mention.at, help, subject.span(mention))


def _graph(subject: Subject) -> list[set[int]]:
    """Return for each step those that may run right after it: the next, what its actions name, what retries with it."""
    steps, positions = subject.bound.steps, subject.bound.positions
    graph: list[set[int]] = [{index + 1} if index + 1 < len(steps) else set() for index in range(len(steps))]
    for index, step in enumerate(steps):
        for action in (*step.on_success, *step.on_failure):
            other = positions.get(action.step_id or "")
            if other is not None:
                graph[index].add(other)
                if action.type == "retry":
                    graph[other].add(index)
    return graph


def _reachable(graph: list[set[int]], start: int) -> set[int]:
    """Return the steps that may run after one."""
    seen: set[int] = set()
    waiting = [start]
    while waiting:
        found = graph[waiting.pop()] - seen
        seen |= found
        waiting += found
    return seen
