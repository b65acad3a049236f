"""Contract checks of a run: what an exchange breaks is told, or fails its step, as the caller wants it.

A breach is a warning by default: the document's own criteria decide (FLO-01). With `fail` a request that breaks the
contract is not sent, and an answer that does fails its step; the failure actions see both. With `flow`, which a mocked
run has, only values fail that the document did not write out itself and that were not invented.
"""

from __future__ import annotations

from dataclasses import replace

from arazzo_runner.contract import Breach, Contract
from arazzo_runner.diagnostics import Related, warning
from arazzo_runner.engine.request import Built
from arazzo_runner.engine.settings import Level, Settings
from arazzo_runner.engine.state import RunState
from arazzo_runner.expressions.grammar import Input
from arazzo_runner.expressions.scope import Received
from arazzo_runner.expressions.template import CompiledValue, Constant, ListValue, ObjectValue, expressions_of
from arazzo_runner.program.model import BoundBody, BoundStep, OperationCall
from arazzo_runner.values import Nothing, Path

UNJUDGED = "contract-unjudged"
"""The code of what could not be judged: a fault of the description, which fails no step."""

FAILS = (
    "a breach fails its step because of the check_level (--check-level fail, or flow, which a mocked run has); with "
    "'warn' it is only told"
)
"""What a failed step is told besides: the document's own criteria did not fail it."""

REQUEST_BREAKS = "the request breaks the API's contract"
MAX_TOLD = 3
"""Breaches that the reason of a failed step names."""


def check_request(state: RunState, step: BoundStep, path: tuple[str, ...], built: Built) -> str:
    """Judge a request before it is sent; return why it must not be, or nothing."""
    found = request_breaches(state.settings, state.contract, step, built)
    return _told(state, step, path, found, REQUEST_BREAKS)


def request_breaches(settings: Settings, contract: Contract, step: BoundStep, built: Built) -> tuple[Breach, ...]:
    """Return what a request breaks, as far as it is to be judged and has not been told before the run."""
    if not settings.check_requests or not isinstance(step.call, OperationCall):
        return ()
    operation, given, body = step.call.operation, built.given, built.sent.body
    if settings.check_level is not Level.FAIL:
        # What a step lacks, and what the document writes out, has been told before the run.
        operation = replace(operation, parameters=())
        fixed = {(one.name, one.location) for one in step.call.parameters if isinstance(one.value, Constant)}
        given = tuple(pair for pair in given if (pair[0].name, pair[0].location) not in fixed)
        if step.call.body is not None and _is_written_out(step.call.body):
            operation, body = replace(operation, body=None), Nothing("it has been judged before the run")
    content_type = built.request.header("content-type") or ""
    found = contract.request(operation, given, body, content_type, built.present)
    return tuple(replace(breach, flows=_flows(breach, step.call, settings.given)) for breach in found)


def _flows(breach: Breach, call: OperationCall, given: frozenset[str] | None) -> bool:
    """Tell whether what is wrong came from an input or an answer, not from the document and not from the mock."""
    if breach.code == "contract-request-parameter":
        found = (one.value for one in call.parameters if breach.where == (one.location, one.name))
        return any(_is_told(value, given) for value in found)
    if breach.code != "contract-request-body" or call.body is None:
        return False
    if any(_is_told(replacement.value, given) for replacement in call.body.replacements):
        return True
    return call.body.payload is not None and _is_told(_at(call.body.payload, breach.where), given)


def _at(payload: CompiledValue, where: Path) -> CompiledValue:
    """Return what a payload has at a place, or the expression around it; a whole object or list as a constant."""
    found: CompiledValue = payload
    for key in where:
        match found:
            case ObjectValue(members=members):
                found = next((value for name, value in members if name == key), _CONSTANT)
            case ListValue(items=items):
                found = items[key] if isinstance(key, int) and key < len(items) else _CONSTANT
            case _:
                break
    return _CONSTANT if isinstance(found, ObjectValue | ListValue) else found


def _is_told(value: CompiledValue, given: frozenset[str] | None) -> bool:
    """Tell whether a value is an expression's; where all else is invented, that of an input which was given."""
    read = tuple(expressions_of(value))
    return bool(read) if given is None else any(isinstance(one, Input) and one.name in given for one in read)


_CONSTANT = Constant(None)


def _is_written_out(body: BoundBody) -> bool:
    return isinstance(body.payload, Constant) and not body.replacements


def check_answer(
    state: RunState, step: BoundStep, path: tuple[str, ...], received: Received, *, lacks_credentials: bool = False
) -> str:
    """Judge an answer; return why it fails the step, or nothing.

    A refusal that the lack of credentials explains is no news about the contract, unless it is to fail the step.
    """
    if not state.settings.check_responses or not isinstance(step.call, OperationCall):
        return ""
    found = state.contract.answer(step.call.operation, received)
    if lacks_credentials and received.status in (401, 403) and state.settings.check_level is not Level.FAIL:
        found = tuple(breach for breach in found if breach.code != "contract-response-status")
    return _told(state, step, path, found, "the answer breaks the API's contract")


def _told(state: RunState, step: BoundStep, path: tuple[str, ...], found: tuple[Breach, ...], what: str) -> str:
    for breach in found:
        span = breach.span
        message = f"step '{step.step_id}': {breach.message}"
        told = warning(breach.code, message, step.span, f"the description says so at {span.place()}")
        state.warn(replace(told, related=(Related("the description says so", span),)), path)
    return failure(state.settings, found, what)


def _fails(level: Level, breach: Breach) -> bool:
    match level:
        case Level.WARN:
            return False
        case Level.FLOW:
            return breach.flows
        case Level.FAIL:
            return True


def failure(settings: Settings, found: tuple[Breach, ...], what: str) -> str:
    """Return why breaches fail their step, or nothing where they do not; `what` says what breaks the contract."""
    found = tuple(breach for breach in found if breach.code != UNJUDGED and _fails(settings.check_level, breach))
    if not found:
        return ""
    more = f"; and {len(found) - MAX_TOLD} more" if len(found) > MAX_TOLD else ""
    places = dict.fromkeys(breach.span.place() for breach in found[:MAX_TOLD])
    reasons = "; ".join(breach.message for breach in found[:MAX_TOLD])
    return f"{what}: {reasons}{more}\nthe description says so at {', '.join(places)}\n{FAILS}"
