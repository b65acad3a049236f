"""What an invented answer has to be said about: which words of the workflow and of the description do not meet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from arazzo_runner.criteria.verdict import Check
from arazzo_runner.engine.outcomes import Note
from arazzo_runner.engine.result import Judged
from arazzo_runner.expressions.evaluate import evaluate
from arazzo_runner.expressions.grammar import Exchange
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.expressions.template import expressions_of
from arazzo_runner.mock.drafts import Draft, Undrafted
from arazzo_runner.mock.plans import is_possible, turned
from arazzo_runner.mock.solving.plan import reads_answer
from arazzo_runner.program.model import BoundStep
from arazzo_runner.sources.operations import Operation
from arazzo_runner.values import Nothing

SCHEMA: Final = "criterion-contradicts-schema"
"""The reason of an answer that the criteria want and the description forbids."""

NO_INSTANCE: Final = "no-instance"
"""The reason of a request without an answer: no schema of its answers has an instance."""

GAVE_UP: Final = "invention-gave-up"
"""The reason of what the mock did not find within its own limits; it may exist."""

ITSELF: Final = "document-contradicts-itself"
"""The reason of a step that no answer at all makes succeed: its criteria exclude each other."""


def named(operation: Operation) -> str:
    """Return how a note names an operation."""
    return f"{operation.method} {operation.path}"


def place_of(operation: Operation) -> str:
    """Return where an operation stands, as ``file:line:column``."""
    return operation.document.span(operation.at).place()


def no_answer(operation: Operation, fault: Undrafted | None) -> str:
    """Say that there is no answer at all."""
    if fault is None:
        return f"the mock found no answer for {named(operation)}"
    where = f" (the schema stands at {fault.place})" if fault.place else ""
    return f"the mock found no answer for {named(operation)}: status {fault.candidate.status}, {fault.reason}{where}"


def notes(
    draft: Draft, step: BoundStep, operation: Operation, judged: tuple[Judged, ...], scope: Scope
) -> Iterator[Note]:
    """Yield what has to be said about an answer."""
    failed = [number for number, one in enumerate(judged) if not one.passed]
    yield from map(Note, _undeclared(draft, operation))
    for number in failed:
        yield _contradiction(judged[number].condition, _check(step, number), draft, step, operation, scope)
    for name, reason in unresolved(step, scope) if not failed else ():
        why = f": {draft.unmet[0]}" if draft.unmet else ""
        yield Note(f"output '{name}' finds nothing in the invented answer ({reason}{why})")


def _undeclared(draft: Draft, operation: Operation) -> Iterator[str]:
    """Yield what the answer has that the description does not tell of."""
    status = draft.response.status
    if not draft.candidate.declared:
        declared = ", ".join(operation.responses) or "none"
        yield f"{named(operation)} declares no status {status} (declared: {declared}); it was answered all the same"
    if not draft.body_declared:
        yield f"the description tells of no body for status {status} of {named(operation)}; one was invented"
    for name in draft.undeclared_headers:
        yield f"the description tells of no header '{name}' for status {status} of {named(operation)}; it was invented"
    if not draft.accepted:
        yield f"{named(operation)} declares no media type that the request accepts"


def _check(step: BoundStep, number: int) -> Check | None:
    """Return a criterion of the step; None where the step has none and its status alone was judged."""
    return step.criteria[number] if number < len(step.criteria) else None


def _contradiction(
    condition: str, check: Check | None, draft: Draft, step: BoundStep, operation: Operation, scope: Scope
) -> Note:
    written = f"the criterion '{condition:.150}'{_place_of(check, step)}"
    if check is not None and not turned(check, True, scope):
        reason = "what it compares is known before the answer" if not _reads(check) else "no answer at all satisfies it"
        return Note(f"{written} can't hold: {reason}", ITSELF)
    if check is not None and not is_possible(step.criteria, scope):
        return Note(f"{written} and the other criteria of the step exclude each other", ITSELF)
    if check is not None and any(plan.ties for plan in turned(check, True, scope)):
        # Two places that are compared with each other were tried at some values only.
        return Note(f"the mock invented no answer for which {written} holds", GAVE_UP)
    if not draft.unmet and check is not None:
        # The schema had room for every wish: that what was made of them fails is chance, or a limit of ours.
        return Note(f"the mock invented no answer for which {written} holds")
    if draft.limited:
        return Note(f"the mock invented no answer for which {written} holds: {draft.unmet[0]}", GAVE_UP)
    reason = draft.unmet[0] if draft.unmet else "no answer that the description allows satisfies it"
    there = f"the schema at {draft.place}" if draft.place else f"the operation at {place_of(operation)}"
    return Note(f"{written} and {there} contradict each other: {reason}", SCHEMA)


def _place_of(check: Check | None, step: BoundStep) -> str:
    """Return where a criterion stands, else its step."""
    if step.document is None or step.span is None:
        return ""
    if check is None:
        return f" of the step at {step.span.place()}"
    at = (*step.at, "successCriteria", step.criteria.index(check), "condition")
    return f" at {step.document.span(at).place()}"


def _reads(check: Check) -> bool:
    return any(map(reads_answer, check.expressions))


def unresolved(step: BoundStep, scope: Scope) -> list[tuple[str, str]]:
    """Return the outputs that read the answer and find nothing, with the reason."""
    found: list[tuple[str, str]] = []
    for name, compiled in step.outputs:
        for expression in expressions_of(compiled):
            if isinstance(expression, Exchange) and expression.side == "response":
                value = evaluate(expression, scope)
                if isinstance(value, Nothing):
                    found.append((name, value.reason))
    return found
