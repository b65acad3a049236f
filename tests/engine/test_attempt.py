from __future__ import annotations

from arazzo_runner.engine.effects import SendRequest
from arazzo_runner.engine.events import RequestFailed, RequestSent, Warned
from arazzo_runner.engine.limits import Limits
from arazzo_runner.engine.outcomes import Failed, FailureKind, Proceed, Response
from arazzo_runner.engine.result import Status
from arazzo_runner.engine.run import Run
from arazzo_runner.engine.settings import Settings
from tests.engine.programs import answers, play, program_of, refused, respond

ONE = "workflows: [{workflowId: w, steps: [{stepId: s, operationId: x}]}]"


def test_a_request_that_got_no_answer_fails_the_step_and_is_recorded() -> None:
    played = play(program_of(ONE), answers(refused()))
    (attempt,) = played.result.steps[0].attempts
    assert attempt.response is None
    assert attempt.failure is not None
    assert attempt.failure.kind is FailureKind.REFUSED
    assert played.result.reason == "step 's': no answer: GET https://api.example:443: the connection was refused"
    assert [type(event) for event in played.events if isinstance(event, RequestSent | RequestFailed)] == [
        RequestSent,
        RequestFailed,
    ]


def test_a_request_that_cant_be_built_is_not_sent() -> None:
    text = "workflows: [{workflowId: w, steps: [{stepId: s, operationId: item, parameters: [{name: id, in: path, value: '..'}]}]}]"
    played = play(program_of(text), answers(respond(200)))
    assert played.requests == []
    assert played.result.requests == 0
    assert "can't make '..'" in played.result.steps[0].attempts[0].problem


def test_an_answer_in_broken_json_is_told_as_a_warning() -> None:
    played = play(program_of(ONE), answers(Response(200, (("Content-Type", "application/json"),), b"{")))
    assert played.result.status is Status.SUCCEEDED
    told = [event.diagnostic.message for event in played.events if isinstance(event, Warned)]
    assert len(told) == 1
    assert "step 's': the response says it is JSON" in told[0]


def test_a_request_waits_no_longer_than_the_nearest_limit() -> None:
    text = "workflows: [{workflowId: w, steps: [{stepId: s, operationId: x, timeout: 2000}]}]"
    limits = Limits(request_timeout=30, run_timeout=60)
    deadlines = []
    for version, workflow in (("1.0.1", ONE), ("1.1.0", text)):
        run = Run(program_of(workflow, version=version), {}, Settings(limits=limits))
        run.resolve(run.effects()[0].ticket, Proceed())
        (effect,) = run.effects()
        assert isinstance(effect, SendRequest)
        deadlines.append(effect.deadline)
    assert deadlines == [30, 2]


LAST = """
workflows:
- workflowId: w
  steps:
  - {stepId: call, workflowId: v, successCriteria: [{condition: $statusCode == 202}, {condition: $outputs.n == 1}]}
- {workflowId: v, steps: [{stepId: a, operationId: x, outputs: {n: $response.body#/n}}], outputs: {n: $steps.a.outputs.n}}
"""


def test_a_workflow_step_sees_the_outputs_and_the_last_answer_of_its_callee() -> None:
    assert play(program_of(LAST), answers(respond(202, {"n": 1}))).result.status is Status.SUCCEEDED
    failed = play(program_of(LAST), answers(respond(200, {"n": 1})))
    assert failed.result.status is Status.FAILED
    assert "$statusCode was 200" in failed.result.reason


def test_a_deadline_of_a_failed_outcome_is_kept_with_it() -> None:
    played = play(program_of(ONE), answers(Failed(FailureKind.TIMEOUT, "no answer within 1.0 seconds")))
    assert played.result.reason.endswith("no answer within 1.0 seconds")


def test_a_step_that_failed_for_lack_of_credentials_says_how_to_give_them() -> None:
    api = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example'}]
components: {securitySchemes: {bearer: {type: http, scheme: bearer}}}
security: [{bearer: []}]
paths: {/x: {get: {operationId: x, responses: {}}}}
"""
    program = program_of(ONE, files={"openapi.yaml": api})
    assert "--auth bearer=TOKEN" in play(program, answers(respond(401))).result.reason
    assert "--auth" not in play(program, answers(respond(500))).result.reason
