"""condition-value: a criterion compares a value with a constant that it never has.

What: one side of `==` is a place of the answer, an output that holds one, or an input, whose schema lists its values
(`enum` or `const`); the other side is a constant that is none of them. Case counts for nothing, as in the comparison
itself (SIM-19). What is judged after a failure, and comparisons under `!`, are left alone; so is `null`.
Why: if the description is right, that part of the condition never holds: a step fails each time, an action is never
taken, polling goes on until its limit.
Example: `condition: $response.body#/status == 'complete'` where the schema has `enum: [running, completed]`.
Instead: write the value as the description has it, or add it there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from arazzo_runner.criteria.simple.syntax import Compare, Every, Literal, Node, Reference, Some
from arazzo_runner.diagnostics import Diagnostic, did_you_mean
from arazzo_runner.document.model import Action, Criterion
from arazzo_runner.validate.conditions import tree_of
from arazzo_runner.validate.listed_values import listed_values
from arazzo_runner.validate.responses import expects_error
from arazzo_runner.validate.subject import Subject
from arazzo_runner.values import JSON


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find comparisons with values that the descriptions do not list."""
    for step, _ in subject.steps():
        if expects_error(step):
            continue
        yield from _judged(subject, step.step_id, step.success_criteria)
        for action in step.on_success:
            if isinstance(action, Action):
                yield from _judged(subject, step.step_id, action.criteria)


def _judged(subject: Subject, step_id: str, criteria: Sequence[Criterion]) -> Iterator[Diagnostic]:
    for criterion in criteria:
        tree = tree_of(criterion, subject.dialect())
        for reference, value in _compared(tree) if tree is not None else ():
            listed = listed_values(subject, step_id, reference.expression)
            if listed and not any(_equal(value, one) for one in listed):
                yield _never(subject, step_id, criterion, reference, value, listed)


def _compared(tree: Node) -> Iterator[tuple[Reference, JSON]]:
    """Yield what a condition wants to be equal to a constant."""
    match tree:
        case Every(parts) | Some(parts):
            for part in parts:
                yield from _compared(part)
        case Compare("==", Reference() as reference, Literal(value)) | Compare(
            "==", Literal(value), Reference() as reference
        ):
            if value is not None and not reference.alternatives and not isinstance(value, dict | list):
                yield reference, value


def _equal(one: JSON, other: JSON) -> bool:
    if isinstance(one, dict | list) or isinstance(other, dict | list):
        return False
    if _word(one) == _word(other):
        return True
    try:
        return float(one) == float(other)  # type: ignore[arg-type]  # None raises, which is caught
    except (TypeError, ValueError, OverflowError):
        return False


def _word(value: JSON) -> str:
    return str(value).strip().casefold()


def _never(
    subject: Subject, step_id: str, criterion: Criterion, reference: Reference, value: JSON, listed: Sequence[JSON]
) -> Diagnostic:
    message = (
        f"a criterion of step '{step_id}' wants {reference.text} to be '{value}', which its description does not list"
    )
    help = did_you_mean(str(value), [str(one) for one in listed if one is not None])
    return subject.warning("condition-value", message, (*criterion.at, "condition"), help)
