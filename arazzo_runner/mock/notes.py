"""What an invented answer has to be said about: which words of the workflow and of the description do not meet."""

from __future__ import annotations

from collections.abc import Iterator

from arazzo_runner.criteria.simple.compile import SimpleCheck
from arazzo_runner.engine.result import Judged
from arazzo_runner.expressions.evaluate import evaluate
from arazzo_runner.expressions.grammar import Exchange
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.expressions.template import expressions_of
from arazzo_runner.mock.drafts import Draft, Undrafted
from arazzo_runner.program.model import BoundStep
from arazzo_runner.sources.operations import Operation
from arazzo_runner.values import Nothing


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
) -> Iterator[str]:
    """Yield what has to be said about an answer."""
    status = draft.response.status
    failed = [one.condition for one in judged if not one.passed]
    if not draft.candidate.declared:
        declared = ", ".join(operation.responses) or "none"
        yield f"{named(operation)} declares no status {status} (declared: {declared}); it was answered all the same"
    if not draft.body_declared:
        yield f"the description tells of no body for status {status} of {named(operation)}; one was invented"
    for name in draft.undeclared_headers:
        yield f"the description tells of no header '{name}' for status {status} of {named(operation)}; it was invented"
    if not draft.accepted:
        yield f"{named(operation)} declares no media type that the request accepts"
    for condition in failed:
        yield _contradiction(condition, draft, step, operation)
    for name, reason in unresolved(step, scope) if not failed else ():
        why = f": {draft.unmet[0]}" if draft.unmet else ""
        yield f"output '{name}' finds nothing in the invented answer ({reason}{why})"


def _contradiction(condition: str, draft: Draft, step: BoundStep, operation: Operation) -> str:
    here = f" of the step at {step.span.place()}" if step.span else ""
    if not draft.unmet and any(
        one.condition == condition and not isinstance(one, SimpleCheck) for one in step.criteria
    ):
        # Patterns and queries are not solved, so nothing is known of the schema.
        return f"the mock invented no answer for which the criterion '{condition:.150}'{here} holds"
    reason = draft.unmet[0] if draft.unmet else "no answer that the description allows satisfies it"
    there = f"the schema at {draft.place}" if draft.place else f"the operation at {place_of(operation)}"
    return f"the criterion '{condition:.150}'{here} and {there} contradict each other: {reason}"


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
