"""One try of a step: a request sent and its answer judged, or another workflow called."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from arazzo_runner.diagnostics import warning
from arazzo_runner.engine.activation import Activation
from arazzo_runner.engine.criteria import explain, judge, judge_status
from arazzo_runner.engine.effects import Request, SendRequest
from arazzo_runner.engine.events import RequestFailed, RequestSent, ResponseReceived
from arazzo_runner.engine.outcomes import Failed, Responded
from arazzo_runner.engine.request import Unbuildable, build_request
from arazzo_runner.engine.response import receive
from arazzo_runner.engine.result import Attempt, Judged, Status
from arazzo_runner.engine.state import Doing, RunState
from arazzo_runner.expressions.scope import Scope, Sent
from arazzo_runner.program.model import BoundStep, OperationCall, WorkflowCall

if TYPE_CHECKING:
    from arazzo_runner.engine.step import Caller


@dataclass(frozen=True, slots=True)
class Tried:
    """What a try gave: its record, whether the step succeeded, what its expressions see now, and why it failed."""

    record: Attempt
    passed: bool
    scope: Scope
    reason: str = ""


def send_request(
    state: RunState, activation: Activation, step: BoundStep, call: OperationCall, number: int
) -> Doing[Tried]:
    """Build the request, have it sent, judge the answer (STP-08 to STP-12)."""
    scope = activation.scope(state)
    path = (*activation.path, step.step_id)
    built = build_request(call, scope, state.settings, seed="/".join((*path, str(number))))
    if isinstance(built, Unbuildable):
        return Tried(Attempt(number, problem=built.reason), False, scope, built.reason)
    for remark in built.remarks:
        state.warn(warning("run-request", remark, step.span), path)
    sent, request = built.sent, built.request
    scope = activation.scope(state, sent)
    effect_scope, deadline = scope, _patience(state)
    state.requests += 1
    state.learn_headers(request.headers)
    if request.credentials:
        state.redactor.learn(request.url)  # as `$url` gives it, with the key in its query
    state.emit(RequestSent(path, request))
    outcome = yield state.start(lambda ticket: SendRequest(ticket, request, path, step, effect_scope, deadline))
    match outcome:
        case Responded():
            tried = _judge_answer(state, activation, step, sent, request, outcome, number)
            return _with_advice(tried, outcome, built.wanted)
        case Failed():
            state.emit(RequestFailed(path, outcome))
            record = Attempt(number, request, failure=outcome, elapsed=outcome.elapsed)
            return Tried(record, False, scope, f"no answer: {outcome.message}")
        case _:
            raise AssertionError(f"a request was answered with {outcome}")


def _with_advice(tried: Tried, outcome: Responded, wanted: str) -> Tried:
    """Add which credentials were wanted to the reason of a step that failed for the lack of them."""
    if tried.passed or not wanted or outcome.response.status not in (401, 403):
        return tried
    return replace(tried, reason=f"{tried.reason}\n{wanted}")


def _patience(state: RunState) -> float:
    """Return how long to wait for an answer: the step's, the run's and the caller's limit, whichever is least."""
    left = state.time_left()
    return state.limits.request_timeout if left is None else min(left, state.limits.request_timeout)


def _judge_answer(
    state: RunState,
    activation: Activation,
    step: BoundStep,
    sent: Sent,
    request: Request,
    outcome: Responded,
    number: int,
) -> Tried:
    path = (*activation.path, step.step_id)
    received, doubt = receive(outcome.response)
    state.redactor.learn_members(received.body)
    state.learn_headers(outcome.response.headers)
    state.emit(ResponseReceived(path, outcome.response, outcome.elapsed))
    for note in (*outcome.notes, *([doubt] if doubt else [])):
        state.warn(warning("run-answer", f"step '{step.step_id}': {note}", step.span), path)
    state.last_response = received
    scope = activation.scope(state, sent, received)
    judged = judge(step.criteria, scope) if step.criteria else judge_status(scope)
    record = Attempt(number, request, outcome.response, criteria=judged, elapsed=outcome.elapsed)
    return _tried(state, record, judged, scope)


def _tried(state: RunState, record: Attempt, judged: tuple[Judged, ...], scope: Scope) -> Tried:
    passed = all(one.passed for one in judged)
    return Tried(record, passed, scope, explain(judged, state.redactor))


def call_workflow(
    state: RunState, activation: Activation, step: BoundStep, call: WorkflowCall, number: int, caller: Caller
) -> Doing[Tried]:
    """Call a workflow as a step: its failure is the step's; its last exchange is what `$statusCode` sees (SUB-10)."""
    began = state.clock.monotonic
    path = (*activation.path, step.step_id)
    ended = yield from caller(state, call, activation.scope(state), path, activation.depth)
    elapsed = max(0.0, state.clock.monotonic - began)
    scope = activation.scope(state, None, state.last_response, ended.outputs)
    if ended.status is not Status.SUCCEEDED:
        reason = f"workflow '{call.workflow.workflow_id}' failed: {ended.reason}"
        return Tried(Attempt(number, elapsed=elapsed, problem=reason), False, scope, reason)
    judged = judge(step.criteria, scope)
    return _tried(state, Attempt(number, criteria=judged, elapsed=elapsed), judged, scope)
