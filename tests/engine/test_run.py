from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arazzo_runner.engine.effects import Checkpoint, SendRequest, Ticket
from arazzo_runner.engine.events import RequestSent, ResponseReceived, RunEnded, RunStarted, StepEnded
from arazzo_runner.engine.limits import Limits
from arazzo_runner.engine.outcomes import Clock, Failed, FailureKind, Proceed, Responded, Response
from arazzo_runner.engine.result import Status
from arazzo_runner.engine.run import Run
from arazzo_runner.engine.settings import Settings
from arazzo_runner.errors import UsageError
from arazzo_runner.redact import REDACTED, Redactor
from arazzo_runner.values import Value
from tests.engine.programs import answers, as_yaml, play, program_of, refused, replay, respond

ONE = "workflows: [{workflowId: w, steps: [{stepId: s, operationId: x}]}]"


def test_a_run_asks_before_a_step_and_then_wants_its_request() -> None:
    run = Run(program_of(ONE), {})
    (checkpoint,) = run.effects()
    assert isinstance(checkpoint, Checkpoint)
    assert checkpoint.step == ("s",)
    run.resolve(checkpoint.ticket, Proceed(Clock(5, 1)))
    (effect,) = run.effects()
    assert isinstance(effect, SendRequest)
    assert (effect.request.method, effect.request.url) == ("GET", "https://api.example/x")
    assert run.result is None
    run.resolve(effect.ticket, Responded(Response(200), Clock(6, 2.5)))
    assert run.result is not None
    assert run.result.status is Status.SUCCEEDED
    assert run.result.elapsed == 1.5
    assert run.effects() == ()


def test_effects_are_drained_and_a_ticket_is_answered_once() -> None:
    run = Run(program_of(ONE), {})
    (checkpoint,) = run.effects()
    assert run.effects() == ()
    with pytest.raises(UsageError, match="no effect with ticket 99"):
        run.resolve(Ticket(99), Proceed())
    run.resolve(checkpoint.ticket, Proceed())
    with pytest.raises(UsageError, match="no effect with ticket"):
        run.resolve(checkpoint.ticket, Proceed())


def test_events_tell_the_run_in_order_and_are_drained() -> None:
    run = Run(program_of(ONE), {})
    assert [type(event) for event in run.events()] == [RunStarted]
    assert run.events() == ()
    played = play(program_of(ONE), answers(respond(200)))
    kinds = [type(event).__name__ for event in played.events]
    assert kinds == [
        "RunStarted", "StepStarted", "RequestSent", "ResponseReceived", "CriteriaJudged", "StepEnded", "RunEnded",
    ]  # fmt: skip


def test_a_workflow_without_steps_that_reach_an_effect_ends_at_once() -> None:
    program = program_of(
        "workflows: [{workflowId: w, steps: [{stepId: s, operationId: item, "
        "parameters: [{name: id, in: path, value: $inputs.id}]}]}]"
    )
    played = play(program, answers(respond(200)))
    assert played.requests == []
    assert played.result.status is Status.FAILED
    assert "path parameter 'id' has no value" in played.result.reason


SECRETS = """
workflows:
- workflowId: w
  inputs: {type: object, properties: {password: {type: string}, pin: {type: string, format: password}, name: {type: string}}}
  steps:
  - stepId: s
    operationId: z
    parameters: [{name: X-Api-Key, in: header, value: $inputs.password}]
    requestBody: {payload: {pin: $inputs.pin, name: $inputs.name}}
    outputs: {token: $response.body#/token, plain: $response.body#/plain}
  outputs: {token: $steps.s.outputs.token, plain: $steps.s.outputs.plain}
"""


@pytest.mark.parametrize("password", ["short", "a-long-secret-value"])
def test_no_event_holds_a_secret_and_the_result_is_in_the_clear(password: str) -> None:
    script = answers(respond(200, {"token": "issued-token-123", "plain": "issued-token-123 again"}))
    played = play(program_of(SECRETS), script, {"password": password, "pin": "987654321", "name": "Ann"})
    told = repr([_spread(event) for event in played.events])
    for secret in (password, "987654321", "issued-token-123"):
        assert secret not in told
    assert REDACTED in told
    assert "Ann" in told
    assert played.result.outputs == {"token": "issued-token-123", "plain": "issued-token-123 again"}
    assert "issued-token-123" not in repr(played.result)


def test_secrets_are_told_where_the_caller_asks() -> None:
    script = answers(respond(200, {"token": "issued-token-123"}))
    inputs = {"password": "a-long-secret-value", "pin": "1", "name": "Ann"}
    played = play(program_of(SECRETS), script, inputs, redactor=Redactor(reveal=True))
    told = repr([_spread(event) for event in played.events])
    assert "issued-token-123" in told
    assert "a-long-secret-value" in told


def _spread(event: Any) -> Any:
    """Return all that an event holds, fields without a repr included."""
    match event:
        case RunEnded(result=result):
            return (result.outputs, [(step.outputs, step.attempts) for step in result.steps], result)
        case RequestSent(request=request):
            return (request.url, request.headers, request.body)
        case ResponseReceived(response=response):
            return (response.headers, response.body)
        case StepEnded(outputs=outputs):
            return outputs
    return event


def test_the_budget_ends_a_loop_with_a_named_limit() -> None:
    program = program_of(
        "workflows: [{workflowId: w, steps: [{stepId: s, operationId: x, onSuccess: [{name: again, type: goto, stepId: s}]}]}]"
    )
    played = play(program, answers(respond(200)), settings=Settings(limits=Limits(max_steps=20)))
    assert played.result.status is Status.STOPPED
    assert played.result.limit == "max_steps"
    assert len(played.requests) == 19, "the activation of the workflow counts too"
    assert "budget of 20" in played.result.reason


def test_the_time_of_a_run_is_bounded() -> None:
    program = program_of(
        "workflows: [{workflowId: w, steps: [{stepId: s, operationId: x, onSuccess: [{name: again, type: goto, stepId: s}]}]}]"
    )
    played = play(program, answers(respond(200)), settings=Settings(limits=Limits(run_timeout=10)), seconds=3)
    assert (played.result.status, played.result.limit) == (Status.STOPPED, "run_timeout")
    assert len(played.requests) == 4


def test_a_run_within_its_time_is_not_stopped() -> None:
    program = program_of("workflows: [{workflowId: w, steps: [{stepId: s, operationId: x}]}]")
    played = play(program, answers(respond(200)), settings=Settings(limits=Limits(run_timeout=10)), seconds=9.5)
    assert played.result.status is Status.SUCCEEDED


@pytest.mark.parametrize("after", [8, 1_000_000])
def test_no_wait_goes_beyond_the_time_of_the_run(after: int) -> None:
    retry = f"{{name: r, type: retry, retryAfter: {after}, retryLimit: 9}}"
    program = program_of(
        f"workflows: [{{workflowId: w, steps: [{{stepId: s, operationId: x, onFailure: [{retry}]}}]}}]"
    )
    played = play(program, answers(respond(500)), settings=Settings(limits=Limits(run_timeout=3)), seconds=1)
    assert (played.result.limit, played.waits, len(played.requests)) == ("run_timeout", [2.0], 1)


CONDITIONS = ["$statusCode == 200", "$statusCode < 400", "$response.body#/n == 1", "$response.body#/n != null", "false"]
STEP_IDS = ["a", "b", "c"]


@st.composite
def actions(draw: st.DrawFn, kinds: tuple[str, ...]) -> list[dict[str, Any]]:
    made = []
    for index in range(draw(st.integers(0, 2))):
        kind = draw(st.sampled_from(kinds))
        action: dict[str, Any] = {"name": f"n{index}", "type": kind}
        steps = {"stepId": draw(st.sampled_from(STEP_IDS))}
        flows = {"workflowId": draw(st.sampled_from(["w", "v"]))}
        if kind == "goto":
            action |= draw(st.sampled_from([steps, steps, flows]))
        if kind == "retry":
            action |= {"retryAfter": draw(st.sampled_from([0, 0.5])), "retryLimit": draw(st.integers(0, 3))}
            action |= draw(st.sampled_from([{}, {}, steps, flows]))
        if draw(st.booleans()):
            action["criteria"] = [{"condition": draw(st.sampled_from(CONDITIONS))}]
        made.append(action)
    return made


@st.composite
def flow(draw: st.DrawFn, workflow_id: str) -> dict[str, Any]:
    steps = []
    for step_id in STEP_IDS:
        step: dict[str, Any] = {"stepId": step_id, "outputs": {"n": "$response.body#/n"}}
        match draw(st.sampled_from(["read", "read", "send", "call"])):
            case "read":
                step |= {"operationId": draw(st.sampled_from(["x", "y"]))}
            case "send":
                needed = f"$steps.{draw(st.sampled_from(STEP_IDS))}.outputs.n"
                step |= {"operationId": "z", "requestBody": {"payload": {"n": needed, "pin": "$inputs.pin"}}}
            case "call":
                step |= {"workflowId": draw(st.sampled_from(["w", "v"])), "outputs": {"n": "$outputs.n"}}
                step |= {"parameters": [{"name": "pin", "value": "$inputs.pin"}]}
        if draw(st.booleans()):
            step["successCriteria"] = [{"condition": draw(st.sampled_from(CONDITIONS))}]
        step["onSuccess"] = draw(actions(("goto", "end")))
        step["onFailure"] = draw(actions(("goto", "end", "retry")))
        steps.append(step)
    inputs = {
        "type": "object",
        "properties": {"pin": {"type": "string", "default": "a-secret-pin", "format": "password"}},
    }
    return {"workflowId": workflow_id, "inputs": inputs, "steps": steps, "outputs": {"n": "$steps.a.outputs.n"}}


@st.composite
def workflows(draw: st.DrawFn) -> str:
    first, second = draw(flow("w")), draw(flow("v"))
    if draw(st.booleans()):
        first["dependsOn"] = ["v"]
    return as_yaml([first, second])


RESPONSES = st.one_of(
    st.builds(respond, st.sampled_from([200, 201, 404, 500]), st.sampled_from([None, {"n": 1}, {"n": None}, [1]])),
    st.just(respond(429, Retry_After="2")),
    st.just(refused()),
    st.just(Failed(FailureKind.TIMEOUT, "late")),
)


@given(workflows(), st.lists(RESPONSES, min_size=1, max_size=12), st.integers(0, 3))
@settings(deadline=None, max_examples=150)
def test_a_run_fed_with_its_own_outcomes_gives_the_same_events(text: str, script: list[Any], seconds: int) -> None:
    program = program_of(text)
    bounded = Settings(limits=Limits(max_steps=40))
    played = play(program, answers(*script), settings=bounded, seconds=seconds)
    assert replay(program, {}, played.outcomes, bounded) == played.events
    assert len(played.requests) <= 40, "the number of requests never exceeds the budget"
    assert played.result.status in (Status.SUCCEEDED, Status.FAILED, Status.STOPPED)
    assert "a-secret-pin" not in repr([_spread(event) for event in played.events])


DEEP = """
workflows:
- workflowId: w
  inputs:
    type: object
    properties:
      pin: {type: string, format: password}
      session: {type: object, properties: {password: {type: string}, pin: {type: string, format: password}, n: {}}}
  steps:
  - stepId: s
    operationId: item
    parameters:
    - {name: id, in: path, value: a}
    - {name: need, in: query, value: 'x{$inputs.pin}y'}
    - {name: X-Lit, in: header, value: 'Pin {$inputs.pin}'}
    outputs: {echo: $response.body#/echo, cookie: $response.header.X-Echo, number: $response.body#/n}
"""


def test_secrets_within_inputs_in_headers_and_in_numbers_are_told_to_nobody() -> None:
    body: Value = {"echo": "nested-password-1 nested-pin-2 99887766", "password": 99887766, "n": "code 99887766"}
    script = answers(respond(200, body, Set_Cookie="sid=cookie-secret-value; Path=/", X_Echo="cookie-secret-value"))
    session: Value = {"password": "nested-password-1", "pin": "nested-pin-2", "n": "plain-word"}
    played = play(program_of(DEEP), script, {"session": session, "pin": "q9z7"})
    told = repr([_spread(event) for event in played.events])
    for secret in ("nested-password-1", "nested-pin-2", "cookie-secret-value", "99887766", "q9z7"):
        assert secret not in told
    assert "plain-word" in told
    assert "need=xq9z7y" in played.requests[0].url
