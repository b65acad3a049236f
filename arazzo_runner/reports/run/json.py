"""A run for a program: exactly one JSON object, written at the end, described by ``result.schema.json`` beside this.

A run that was refused before it began has the same members, so that a reader needs one form alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from arazzo_runner.criteria.verdict import Operand
from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.events import RunEnded, RunStarted, Stamped
from arazzo_runner.engine.outcomes import Failed
from arazzo_runner.engine.result import Attempt, Judged, RunResult, StepResult, TokenRequest
from arazzo_runner.errors import ArazzoError, LimitReached
from arazzo_runner.reports.findings.json import finding
from arazzo_runner.reports.plain import plain, write_json
from arazzo_runner.reports.run.progress import INTERRUPTED, Progress
from arazzo_runner.reports.run.refusal import fault_of
from arazzo_runner.values import JSON, Nothing, Value

SCHEMA_VERSION = "1"


class JsonReporter:
    """Writes one object when the run has ended; at `close`, the same of what is known of a run that did not end."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._progress = Progress()
        self._open = False

    def on(self, stamped: Stamped) -> None:
        """Take the next event."""
        self._progress.on(stamped)
        match stamped.event:
            case RunStarted():
                self._open = True
            case RunEnded(result=result):
                self._open = False
                write_json(self._stream, result_json(result))
            case _:
                pass

    def refuse(self, error: ArazzoError, workflow: str | None) -> None:
        """Write the object of a run that `error` kept from beginning."""
        write_refusal(self._stream, error, workflow)

    def close(self) -> None:
        """End the report; a run that did not end is reported as stopped."""
        if self._open:
            self._open = False
            write_json(self._stream, result_json(self._progress.result(INTERRUPTED)))


def write_refusal(
    stream: TextIO, error: ArazzoError, workflow: str | None = None, warnings: Iterable[Diagnostic] = ()
) -> None:
    """Write the object of a run that `error` kept from beginning; `workflow` is its id where that is known."""
    write_json(stream, refusal_json(error, workflow, warnings))


def result_json(result: RunResult) -> JSON:
    """Return a run's record as the schema describes it."""
    return plain(
        {
            "schemaVersion": SCHEMA_VERSION,
            "status": result.status.value,
            "workflow": result.workflow,
            "outputs": dict(result.outputs),
            "steps": [_step(step) for step in result.steps],
            "warnings": [finding(each) for each in result.warnings],
            "reason": result.reason or None,
            "limit": result.limit or None,
            "transferred": result.transferred or None,
            "requests": result.requests,
            "tokens": [_token(token) for token in result.tokens],
            "elapsed": _seconds(result.elapsed),
            "diagnostics": [],
            "error": None,
        }
    )


def refusal_json(error: ArazzoError, workflow: str | None = None, warnings: Iterable[Diagnostic] = ()) -> JSON:
    """Return the object of a run that did not begin, as the schema describes it."""
    fault = fault_of(error)
    return plain(
        {
            "schemaVersion": SCHEMA_VERSION,
            "status": "refused",
            "workflow": workflow,
            "outputs": {},
            "steps": [],
            "warnings": [finding(each) for each in warnings],
            "reason": fault.message,
            "limit": error.limit if isinstance(error, LimitReached) else None,
            "transferred": None,
            "requests": 0,
            "tokens": [],
            "elapsed": 0.0,
            "diagnostics": [finding(each) for each in fault.diagnostics],
            "error": {"kind": fault.kind, "message": fault.message, "hint": fault.hint or None},
        }
    )


def _step(step: StepResult) -> dict[str, Value]:
    return {
        "id": step.step_id,
        "workflow": step.workflow_id,
        "path": list(step.path),
        "status": step.status.value,
        "attempts": [_attempt(attempt) for attempt in step.attempts],
        "outputs": dict(step.outputs),
        "action": step.action or None,
        "handled": step.handled,
        "reason": step.reason or None,
    }


def _attempt(attempt: Attempt) -> dict[str, Value]:
    request = attempt.request
    return {
        "number": attempt.number,
        "redirects": [_request(one) for one in attempt.redirects],
        "request": _request(request) if request else None,
        "statusCode": attempt.response.status if attempt.response else None,
        "failure": _failure(attempt.failure),
        "problem": attempt.problem or None,
        "elapsed": _seconds(attempt.elapsed),
        "criteria": [_criterion(judged) for judged in attempt.criteria],
    }


def _token(token: TokenRequest) -> dict[str, Value]:
    return {
        "step": list(token.step),
        "source": token.source,
        "scheme": token.scheme,
        "flow": token.flow,
        "scopes": list(token.scopes),
        "url": token.url or None,
        "lifetime": None if token.lifetime is None else _seconds(token.lifetime),
        "failure": _failure(token.failure),
        "elapsed": _seconds(token.elapsed),
    }


def _failure(failure: Failed | None) -> Value:
    return {"kind": failure.kind.value, "message": failure.message} if failure else None


def _request(request: Request) -> dict[str, Value]:
    return {"method": request.method, "url": request.url}


def _criterion(judged: Judged) -> dict[str, Value]:
    return {
        "condition": judged.condition,
        "passed": judged.passed,
        "operands": [_operand(operand) for operand in judged.operands],
        "reason": judged.reason or None,
    }


def _operand(operand: Operand) -> dict[str, Value]:
    if isinstance(operand.value, Nothing):
        return {"text": operand.text, "value": None, "missing": operand.value.reason or "no value"}
    return {"text": operand.text, "value": operand.value, "missing": None}


def _seconds(seconds: float) -> float:
    return round(seconds, 6)
