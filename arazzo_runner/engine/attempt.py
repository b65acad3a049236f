"""One try of a step: a request sent and its answer judged, or another workflow called."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from arazzo_runner.diagnostics import warning
from arazzo_runner.engine.activation import Activation
from arazzo_runner.engine.authorization import Build, authorized, fetched, renewed
from arazzo_runner.engine.contracts import check_answer, check_request
from arazzo_runner.engine.criteria import explain, judge, judge_status
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.events import ResponseReceived
from arazzo_runner.engine.exchange import Exchanged, exchange
from arazzo_runner.engine.outcomes import Note, Responded
from arazzo_runner.engine.request import Built, Unbuildable, build_request
from arazzo_runner.engine.response import receive
from arazzo_runner.engine.result import Attempt, Judged, Status
from arazzo_runner.engine.state import Doing, RunState
from arazzo_runner.expressions.scope import Scope
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
    """Build the request, have it sent, judge the answer (STP-08 to STP-12).

    An answer 401 is asked for once more where a new token can be had in the place of the one that was refused.
    """
    scope = activation.scope(state)
    path = (*activation.path, step.step_id)
    build: Build = partial(build_request, call, scope, state.settings, "/".join((*path, str(number))))
    before = fetched(state)
    built = yield from authorized(state, build, path)
    if isinstance(built, Unbuildable):
        return Tried(Attempt(number, problem=built.reason.partition("\n")[0]), False, scope, built.reason)
    broken = check_request(state, step, path, built)
    if broken:
        return Tried(Attempt(number, problem=broken), False, activation.scope(state, built.sent), broken)
    exchanged = yield from _send(state, activation, step, built)
    outcome, advice = exchanged.outcome, built.wanted
    if isinstance(outcome, Responded) and outcome.response.status == 401 and built.renewals and exchanged.at_home:
        again = yield from renewed(state, build, built, before, path)
        if isinstance(again, Unbuildable):
            advice = again.reason
        else:
            state.learn_headers(outcome.response.headers)
            state.emit(ResponseReceived(path, outcome.response, outcome.elapsed))
            built = again
            exchanged = yield from _send(state, activation, step, built)
            outcome = exchanged.outcome
    if isinstance(outcome, Responded):
        tried = _judge_answer(state, activation, step, built, exchanged.request, outcome, number)
        tried = replace(tried, record=replace(tried.record, redirects=exchanged.redirects))
        if exchanged.stuck:
            return replace(tried, passed=False, reason=exchanged.stuck)
        return _with_advice(tried, outcome, advice)
    record = Attempt(number, exchanged.request, failure=outcome, elapsed=outcome.elapsed, redirects=exchanged.redirects)
    return Tried(record, False, activation.scope(state, built.sent), f"no answer: {outcome.message}")


def _send(state: RunState, activation: Activation, step: BoundStep, built: Built) -> Doing[Exchanged]:
    path = (*activation.path, step.step_id)
    for remark in built.remarks:
        state.warn(warning("run-request", remark, step.span), path)
    return (yield from exchange(state, path, step, built.request, activation.scope(state, built.sent)))


def _with_advice(tried: Tried, outcome: Responded, wanted: str) -> Tried:
    """Add which credentials were wanted to the reason of a step that failed for the lack of them."""
    if tried.passed or not wanted or outcome.response.status not in (401, 403):
        return tried
    return replace(tried, reason=f"{tried.reason}\n{wanted}")


def _judge_answer(
    state: RunState,
    activation: Activation,
    step: BoundStep,
    built: Built,
    request: Request,
    outcome: Responded,
    number: int,
) -> Tried:
    path = (*activation.path, step.step_id)
    received, doubt = receive(outcome.response)
    state.redactor.learn_members(received.body, outcome.response.members)
    state.learn_headers(outcome.response.headers)
    state.emit(ResponseReceived(path, outcome.response, outcome.elapsed))
    for note in (*outcome.notes, *([doubt] if doubt else [])):
        code = note.code if isinstance(note, Note) else ""
        state.warn(warning(code or "run-answer", f"step '{step.step_id}': {note}", step.span), path)
    state.last_response = received
    scope = activation.scope(state, built.sent, received)
    judged = judge(step.criteria, scope) if step.criteria else judge_status(scope)
    record = Attempt(number, request, outcome.response, criteria=judged, elapsed=outcome.elapsed)
    tried = _tried(state, record, judged, scope)
    broken = check_answer(state, step, path, received, lacks_credentials=bool(built.wanted))
    return replace(tried, passed=False, reason=_joined(tried.reason, broken)) if broken else tried


def _joined(reason: str, broken: str) -> str:
    return f"{reason}; {broken}" if reason else broken


def _tried(state: RunState, record: Attempt, judged: tuple[Judged, ...], scope: Scope) -> Tried:
    passed = all(one.passed for one in judged)
    return Tried(record, passed, scope, explain(judged, state.redactor))


def call_workflow(
    state: RunState, activation: Activation, step: BoundStep, call: WorkflowCall, number: int, caller: Caller
) -> Doing[Tried]:
    """Call a workflow as a step: its failure is the step's.

    Its last exchange is what `$statusCode` sees (SUB-10), its outputs are `$outputs` (SUB-07), but not strictly.
    """
    began = state.clock.monotonic
    path = (*activation.path, step.step_id)
    ended = yield from caller(state, call, activation.scope(state), path, activation.depth)
    elapsed = max(0.0, state.clock.monotonic - began)
    literal = state.settings.strict
    scope = activation.scope(state, None, None if literal else state.last_response, None if literal else ended.outputs)
    if ended.status is not Status.SUCCEEDED:
        reason = f"workflow '{call.workflow.workflow_id}' failed: {ended.reason}"
        return Tried(Attempt(number, elapsed=elapsed, problem=reason), False, scope, reason)
    judged = judge(step.criteria, scope)
    return _tried(state, Attempt(number, criteria=judged, elapsed=elapsed), judged, scope)
