"""condition-never: criteria that can't hold together, or one that contradicts itself.

condition-always: a criterion that holds whatever the answer is.

What: the simple criteria of a list, all of which must hold, compare one value with constants in ways that exclude one
another: `$statusCode == 200` and `$statusCode == 404`. Or a criterion allows everything: `$statusCode != 200 ||
$statusCode != 404`.
Why: criteria of a list are joined by "and", so the step always fails, or the action never applies. What always holds
tests nothing; mostly "and" was meant where "or" stands.
Example: `successCriteria: [{condition: $statusCode == 200}, {condition: $statusCode == 201}]`.
Instead: write alternatives in one condition: `$statusCode == 200 || $statusCode == 201`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.document.model import Criterion
from arazzo_runner.validate.actions import actions_of
from arazzo_runner.validate.conditions import ANYTHING, alternatives, never_holds, together, tree_of
from arazzo_runner.validate.subject import Subject

MAX_CRITERIA: Final = 50
"""Criteria of one list that are looked at together."""


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find criteria that never hold, or always do."""
    for step in subject.workflow.steps:
        yield from _listed(subject, step.success_criteria, f"step '{step.step_id}'")
    for action in actions_of(subject.description, subject.workflow):
        yield from _listed(subject, action.criteria, f"action '{action.name}'")


def _listed(subject: Subject, criteria: Sequence[Criterion], who: str) -> Iterator[Diagnostic]:
    dialect = subject.dialect()
    before = ANYTHING
    for criterion in criteria[:MAX_CRITERIA]:
        tree = tree_of(criterion, dialect)
        if tree is None:
            continue
        at = (*criterion.at, "condition")
        own = alternatives(tree)
        before = together((before, own))
        if never_holds(before):
            yield _never(subject, criterion, who, alone=never_holds(own))
            return
        if never_holds(alternatives(tree, negated=True)):
            message = f"a criterion of {who} holds whatever the value is: {criterion.condition}"
            help = "where several values are excluded, join the parts with && instead of ||"
            yield subject.warning("condition-always", message, at, help)


def _never(subject: Subject, criterion: Criterion, who: str, *, alone: bool) -> Diagnostic:
    what = "contradicts itself" if alone else "contradicts those before it, and all have to hold"
    message = f"a criterion of {who} {what}: {criterion.condition}"
    help = "write alternatives in one condition, joined with ||"
    return subject.warning("condition-never", message, (*criterion.at, "condition"), help)
