"""Why a run failed, as failures with a reason code: told from the record of the run and the remarks of the mock.

A remark with a code of its own (a criterion and a schema that contradict each other, say) names the reason. Where there
is none, what the last attempt of the step lacks does: an answer, a value for its request, a criterion that holds.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from arazzo_runner.api.preparing import Prepared
from arazzo_runner.coverage.reasons import HELP, Reason
from arazzo_runner.coverage.trials import Failure, Seen
from arazzo_runner.diagnostics import Diagnostic, Severity
from arazzo_runner.engine.contracts import REQUEST_BREAKS
from arazzo_runner.engine.outcomes import FailureKind
from arazzo_runner.engine.result import Attempt, Judged, RunResult, Status, StepResult
from arazzo_runner.errors import ArazzoError, DocumentError, InputsError
from arazzo_runner.program.model import BoundStep, OperationCall, Program
from arazzo_runner.reports.layout import shorten
from arazzo_runner.reports.plain import shown
from arazzo_runner.reports.run.advice import advice_after
from arazzo_runner.values import Nothing

_PACKAGE: Final = Path(__file__).resolve().parent.parent

MAX_OPERAND: Final = 200
"""Characters of a value that a criterion saw."""

MAX_MESSAGE: Final = 1_000
"""Characters of a sentence that says why."""

MAX_FAILURES: Final = 20
"""Failures that are told of one run or one document."""

CODED: Final[Mapping[str, Reason]] = {
    reason.value: reason for reason in (Reason.SCHEMA, Reason.LATER, Reason.NO_INSTANCE, Reason.ITSELF, Reason.GAVE_UP)
}
"""Remarks of the mock that name a reason."""

Remarks = Sequence[tuple[tuple[str, ...], Diagnostic]]
"""What was remarked in a run, with the path of the step that it is about."""


def refused(error: ArazzoError) -> tuple[Failure, ...]:
    """Return why a workflow was never run."""
    if isinstance(error, DocumentError):
        found = [one for one in error.diagnostics if one.severity is Severity.ERROR] or list(error.diagnostics)
        return tuple(map(_finding, found[:MAX_FAILURES]))
    reason = Reason.INPUTS if isinstance(error, InputsError) else Reason.REFUSED
    return (Failure(reason, _bounded(str(error)), help=HELP[reason]),)


def _finding(found: Diagnostic) -> Failure:
    place = found.span.place() if found.span else ""
    help = found.help or HELP[Reason.REFUSED]
    return Failure(Reason.REFUSED, _bounded(found.message), place, help, found.code)


def crashed(fault: BaseException) -> Failure:
    """Return the failure that a fault of ours is; its place is the line of this package that raised it."""
    frames = traceback.extract_tb(fault.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)]
    place = f"{Path(ours[-1].filename).relative_to(_PACKAGE.parent).as_posix()}:{ours[-1].lineno}" if ours else ""
    return Failure(Reason.CRASH, f"{type(fault).__name__}: {_bounded(str(fault))}", place, HELP[Reason.CRASH])


def of_run(prepared: Prepared, result: RunResult, remarks: Remarks) -> tuple[Failure, ...]:
    """Return why a run failed, the step that ended it first; none where it succeeded."""
    if result.succeeded:
        return ()
    if result.status is Status.STOPPED:
        told = f"{_bounded(result.reason)} (the limit {result.limit})"
        return (Failure(Reason.BUDGET, told, help=HELP[Reason.BUDGET]),)
    found = [of_step(prepared, step, remarks) for step in blamed(result)[-MAX_FAILURES:]]
    named = [one for one in found if one is not None]
    return tuple(named[::-1]) or (Failure(Reason.ENDED, _bounded(result.reason), help=HELP[Reason.ENDED]),)


def blamed(result: RunResult) -> list[StepResult]:
    """Return the failed steps that the run did not get over, as they ended; of a call, what failed inside it."""
    later: dict[tuple[str, ...], StepResult] = {}
    found: list[StepResult] = []
    for step in reversed(result.steps):
        above = [later.get(step.path[:depth]) for depth in range(1, len(step.path))]
        if not any(one.handled or one.status is not Status.FAILED for one in (step, *filter(None, above))):
            found.append(step)
        later[step.path] = step
    callers = {step.path[:depth] for step in found for depth in range(1, len(step.path))}
    alone = [step for step in found if step.path not in callers]
    return (alone or [step for step in result.steps if step.status is Status.FAILED][-1:])[::-1]


def of_step(prepared: Prepared, step: StepResult, remarks: Remarks) -> Failure | None:
    """Return why a step failed."""
    last = step.attempts[-1] if step.attempts else Attempt(1)
    bound = bound_step(prepared.program, step)
    coded = _coded(step, bound, last, remarks)
    if coded is not None:
        reason, message = CODED[coded.code], coded.message
    else:
        reason, message = _reason(prepared, last, step), step.reason or last.problem
    where = bound.span.place() if bound is not None and bound.span is not None else ""
    first, _, rest = message.removeprefix(f"step '{step.step_id}': ").partition("\n")
    mocked = prepared.options.mock or reason is Reason.CONTRACT
    help = HELP[reason] if mocked else advice_after(step.attempts) or " ".join(rest.split()) or HELP[reason]
    return Failure(
        reason,
        _bounded(first),
        _place(bound, last) or where,
        help,
        "" if coded is None else coded.code,
        step.path,
        step.workflow_id,
        tuple(_seen(judged) for judged in last.criteria if not judged.passed),
    )


def _coded(step: StepResult, bound: BoundStep | None, last: Attempt, remarks: Remarks) -> Diagnostic | None:
    """Return the remark that names the reason: one about the step; where its request lacks a value, about another."""
    known = [(path, told) for path, told in remarks if told.code in CODED]
    own = [told for path, told in known if path == step.path and told.code != Reason.LATER.value]
    if own:
        return own[-1]
    if last.failure is not None or last.request is not None:
        return None
    lacking = [told for _, told in known if told.code == Reason.LATER.value]
    named = [told for told in lacking if bound is not None and f"'{bound.step_id}'" in told.message]
    return next(iter(named or lacking), None)


def _reason(prepared: Prepared, last: Attempt, step: StepResult) -> Reason:
    if last.failure is not None:
        invented = last.failure.kind is FailureKind.INVENTION
        return CODED.get(last.failure.code, Reason.GAVE_UP) if invented else Reason.NO_ANSWER
    if last.problem.startswith(REQUEST_BREAKS) or "breaks the API's contract" in step.reason:
        return Reason.CONTRACT
    if last.problem:
        return Reason.VALUE if "has no value" in last.problem or "finds nothing" in last.problem else Reason.REQUEST
    if any(not judged.passed for judged in last.criteria):
        return Reason.GAVE_UP if prepared.options.mock else Reason.ANSWER
    return Reason.ENDED


def bound_step(program: Program, step: StepResult) -> BoundStep | None:
    """Return the step of the program that a record is about."""
    flows = [flow for key, flow in program.workflows.items() if key.workflow_id == step.workflow_id]
    found = (flow.steps[flow.positions[step.step_id]] for flow in flows if step.step_id in flow.positions)
    return next(found, None)


def _place(bound: BoundStep | None, last: Attempt) -> str:
    """Return where the first criterion stands that did not hold."""
    failed = next((number for number, judged in enumerate(last.criteria) if not judged.passed), None)
    if bound is None or bound.document is None or failed is None or failed >= len(bound.criteria):
        return ""
    if not isinstance(bound.call, OperationCall):
        return ""
    return bound.document.span((*bound.at, "successCriteria", failed)).place()


def _seen(judged: Judged) -> Seen:
    operands = tuple((each.text, _value(each.value)) for each in judged.operands)
    return Seen(judged.condition, tuple(pair for pair in operands if pair[0] != pair[1]), judged.reason)


def _value(value: object) -> str:
    if isinstance(value, Nothing):
        return f"no value ({value.reason})" if value.reason else "no value"
    if isinstance(value, bytes):
        return f"{len(value):,} bytes"
    return shorten(shown(value), MAX_OPERAND, "...")  # type: ignore[arg-type]  # an operand is a value


def unexpected(told: str, number: int, wishes: tuple[str, ...], found: Sequence[Failure]) -> Iterator[Failure]:
    """Yield what failed unasked in a run that was led; `told` are the walk's words where the record has none."""
    for one in found:
        yield replace(one, run=number, wishes=wishes)
    if not found:
        yield Failure(Reason.ENDED, _bounded(told), help=HELP[Reason.ENDED], run=number, wishes=wishes)


def _bounded(text: str) -> str:
    return shorten(text, MAX_MESSAGE, "...")
