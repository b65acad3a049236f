from __future__ import annotations

import pytest

from arazzo_runner.engine.events import WorkflowEnded, WorkflowStarted
from arazzo_runner.engine.limits import Limits
from arazzo_runner.engine.result import Status
from arazzo_runner.engine.settings import Settings
from tests.engine.programs import answers, play, program_of, respond

CALL = """
workflows:
- workflowId: w
  inputs: {type: object, properties: {who: {type: string}}}
  parameters: [{name: trace, value: t1}, {name: other, value: o1}]
  steps:
  - stepId: login
    workflowId: auth
    parameters: [{name: user, value: $inputs.who}, {name: level, value: 3}]
    outputs: {tok: $outputs.token, again: $workflows.auth.outputs.token}
  - {stepId: use, operationId: z, requestBody: {payload: {t: $steps.login.outputs.tok}}}
  outputs: {t: $steps.login.outputs.tok, again: $steps.login.outputs.again}
- workflowId: auth
  inputs:
    {type: object, required: [user], properties: {user: {type: string}, level: {type: integer}, trace: {type: string}}}
  steps:
  - stepId: t
    operationId: z
    requestBody: {payload: {user: $inputs.user, level: $inputs.level, trace: $inputs.trace}}
    outputs: {token: $response.body#/token}
  outputs: {token: $steps.t.outputs.token}
"""


def test_a_called_workflow_gets_typed_inputs_and_gives_its_outputs() -> None:
    played = play(
        program_of(CALL.replace("parameters: [{name: trace", "x-was: [{name: trace")),
        answers(respond(200, {"token": 7})),
        {"who": "ann"},
    )
    assert [request.body for request in played.requests] == [b'{"user":"ann","level":3}', b'{"t":7}']
    assert played.result.outputs == {"t": 7, "again": 7}
    assert [step.path for step in played.result.steps] == [("login", "t"), ("login",), ("use",)]
    assert [step.workflow_id for step in played.result.steps] == ["auth", "w", "w"]
    named = [event for event in played.events if isinstance(event, WorkflowStarted | WorkflowEnded)]
    assert named == [WorkflowStarted("auth", ("login",)), WorkflowEnded("auth", ("login",), Status.SUCCEEDED)]


def test_inputs_of_a_callee_are_judged_before_it_begins() -> None:
    played = play(program_of(CALL.replace("parameters: [{name: trace", "x-was: [{name: trace")), answers(respond(200)))
    assert played.requests == []
    assert played.result.status is Status.FAILED
    assert "workflow 'auth'" in played.result.reason
    assert "input 'user' is missing" in played.result.reason


def test_a_callee_that_fails_fails_its_step_and_the_steps_after_it_are_not_run() -> None:
    program = program_of(CALL.replace("parameters: [{name: trace", "x-was: [{name: trace"))
    played = play(program, answers(respond(500, {})), {"who": "ann"})
    assert len(played.requests) == 1
    assert [step.status for step in played.result.steps] == [Status.FAILED, Status.FAILED]
    assert "workflow 'auth' failed: step 't'" in played.result.reason


DEPENDS = """
workflows:
- {workflowId: w, dependsOn: [b, c], steps: [{stepId: s, operationId: x}], outputs: {o: $workflows.a.outputs.n}}
- {workflowId: b, dependsOn: [a], steps: [{stepId: s, operationId: y}]}
- {workflowId: c, dependsOn: [a], steps: [{stepId: s, operationId: y}]}
- workflowId: a
  inputs: {type: object, properties: {k: {type: integer}}}
  steps: [{stepId: s, operationId: z, requestBody: {payload: {k: $inputs.k}}, outputs: {n: $response.body#/n}}]
  outputs: {n: $steps.s.outputs.n}
"""


def test_dependencies_run_first_and_once() -> None:
    played = play(program_of(DEPENDS), answers(respond(200, {"n": 5})))
    assert [request.url.rpartition("/")[2] for request in played.requests] == ["z", "y", "y", "x"]
    assert played.result.outputs == {"o": 5}


def test_a_dependency_gets_the_inputs_that_are_meant_for_it() -> None:
    played = play(program_of(DEPENDS), answers(respond(200, {"n": 5})), inputs_for={"a": {"k": 9}})
    assert played.requests[0].body == b'{"k":9}'


def test_a_failed_dependency_fails_the_run_and_sends_nothing_more() -> None:
    played = play(program_of(DEPENDS), answers(respond(500)))
    assert len(played.requests) == 1
    assert played.result.status is Status.FAILED
    assert "depends on workflow 'b', which failed" in played.result.reason
    assert "depends on workflow 'a', which failed" in played.result.reason


def test_workflows_that_call_each_other_without_end_reach_a_named_limit() -> None:
    program = program_of("workflows: [{workflowId: w, steps: [{stepId: s, workflowId: w}]}]")
    played = play(program, answers(respond(200)), settings=Settings(limits=Limits(max_depth=5)))
    assert (played.result.status, played.result.limit) == (Status.STOPPED, "max_depth")
    assert "more than 5 deep" in played.result.reason


def test_goto_workflow_hands_over_without_return() -> None:
    program = program_of(
        """
workflows:
- workflowId: w
  steps:
  - {stepId: a, operationId: x, onSuccess: [{name: over, type: goto, workflowId: v}]}
  - {stepId: b, operationId: y}
  outputs: {mine: $steps.a.outputs.none}
- {workflowId: v, steps: [{stepId: s, operationId: z, outputs: {n: $response.body#/n}}], outputs: {theirs: $steps.s.outputs.n}}
""".replace("{mine: $steps.a.outputs.none}", "{}")
    )
    played = play(program, answers(respond(200, {"n": 1})))
    assert [request.url.rpartition("/")[2] for request in played.requests] == ["x", "z"]
    assert played.result.outputs == {"theirs": 1}
    assert played.result.transferred == "v"


OUTPUTS = """
workflows:
- workflowId: w
  steps:
  - {stepId: a, operationId: x, outputs: {here: $response.body#/here, gone: $response.body#/gone}}
  - {stepId: b, operationId: y}
  outputs: {here: $steps.a.outputs.here, gone: $steps.a.outputs.gone, text: 'x-{$steps.a.outputs.here}'}
"""


def test_an_output_that_finds_nothing_is_null_and_told() -> None:
    played = play(program_of(OUTPUTS), answers(respond(200, {"here": [1]})))
    assert played.result.status is Status.SUCCEEDED
    assert played.result.outputs == {"here": [1], "gone": None, "text": "x-[1]"}
    told = [warning.message for warning in played.result.warnings if warning.code == "reading-P19"]
    assert len(told) == 2
    assert all("output 'gone' of step 'a' found nothing" in message for message in told)


def test_a_failed_workflow_gives_what_it_has() -> None:
    played = play(program_of(OUTPUTS), answers(respond(200, {"here": 1}), respond(500)))
    assert played.result.status is Status.FAILED
    assert played.result.outputs["here"] == 1
    assert played.result.outputs["gone"] is None


@pytest.mark.parametrize(
    "place", ["parameters: [{name: id, in: path, value: $steps.a.outputs.gone}, {name: need, in: query, value: v}]"]
)
def test_what_needs_a_missing_output_fails_before_it_is_sent_and_names_its_source(place: str) -> None:
    program = program_of(f"""
workflows:
- workflowId: w
  steps:
  - {{stepId: a, operationId: x, outputs: {{gone: $response.body#/gone}}}}
  - {{stepId: b, operationId: item, {place}}}
""")
    played = play(program, answers(respond(200, {})))
    assert len(played.requests) == 1
    assert "output 'gone' of step 'a'" in played.result.reason
    assert "#/gone" in played.result.reason


def test_the_reason_of_a_call_that_does_not_fit_shows_no_secret() -> None:
    text = """
workflows:
- workflowId: w
  inputs: {type: object, properties: {password: {type: string}}}
  steps: [{stepId: s, workflowId: v, parameters: [{name: count, value: $inputs.password}]}]
- {workflowId: v, inputs: {type: object, properties: {count: {type: integer}}}, steps: [{stepId: t, operationId: x}]}
"""
    played = play(program_of(text), answers(respond(200)), {"password": "a-secret-value"})
    assert "input 'count' must be an integer" in played.result.reason
    assert "a-secret-value" not in repr(played.result)
