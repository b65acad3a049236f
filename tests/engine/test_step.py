from __future__ import annotations

import pytest

from arazzo_runner.engine.events import ActionChosen, Considered, StepEnded, Waiting
from arazzo_runner.engine.limits import Limits
from arazzo_runner.engine.outcomes import Failed, FailureKind
from arazzo_runner.engine.result import Status
from arazzo_runner.engine.settings import Settings
from tests.engine.programs import Script, answers, play, program_of, refused, respond


def workflow(
    on_failure: str = "[]", on_success: str = "[]", criteria: str = "[{condition: $statusCode == 200}]", more: str = ""
) -> str:
    return f"""
workflows:
- workflowId: w
  steps:
  - stepId: a
    operationId: x
    successCriteria: {criteria}
    onFailure: {on_failure}
    onSuccess: {on_success}
    outputs: {{n: $response.body#/n}}
  - {{stepId: b, operationId: y}}
  - {{stepId: c, operationId: z}}
{more}
"""


def path_of(text: str, script: Script) -> tuple[list[str], Status]:
    played = play(program_of(text), script)
    return [request.url.rpartition("/")[2] for request in played.requests], played.result.status


OK, BUSY, BAD, GONE = respond(200, {"n": 1}), respond(503), respond(401), respond(404)


@pytest.mark.parametrize(
    ("on_failure", "script", "path", "status"),
    [
        pytest.param("[]", answers(BUSY), "x", Status.FAILED, id="STP-15 the default breaks"),
        pytest.param("[{name: r, type: retry}]", answers(BUSY), "x x", Status.FAILED, id="RTY-03 one retry"),
        pytest.param("[{name: r, type: retry, retryLimit: 3}]", answers(BUSY), "x x x x", Status.FAILED, id="RTY-04 limit counts retries"),
        pytest.param("[{name: r, type: retry, retryLimit: 0}]", answers(BUSY), "x", Status.FAILED, id="RTY-04 zero"),
        pytest.param("[{name: r, type: retry, retryLimit: 3}]", answers(BUSY, OK), "x x y z", Status.SUCCEEDED, id="RTY-12 success on a retry"),
        pytest.param("[{name: r, type: retry, retryLimit: 2}, {name: e, type: end}]", answers(BUSY), "x x x", Status.FAILED, id="RTY-09 exhausted, then the next"),
        pytest.param("[{name: r, type: retry, retryLimit: 2}, {name: g, type: goto, stepId: c}]", answers(BUSY, BUSY, BUSY, OK), "x x x z", Status.SUCCEEDED, id="RTY-09 goto after exhaustion"),
        pytest.param(
            "[{name: r, type: retry, retryLimit: 2, criteria: [{condition: $statusCode == 503}]}, {name: q, type: retry, retryLimit: 1, criteria: [{condition: $statusCode == 401}]}]",
            answers(BUSY, BAD, BUSY, BAD, OK), "x x x x", Status.FAILED, id="RTY-10 each its own counter",
        ),
        pytest.param("[{name: g, type: goto, stepId: c, criteria: [{condition: $statusCode == 404}]}]", answers(BUSY), "x", Status.FAILED, id="ACT-10 none matches"),
        pytest.param("[{name: g, type: goto, stepId: c}]", answers(GONE, OK), "x z", Status.SUCCEEDED, id="GTO-06 the failure is handled"),
        pytest.param("[{name: e, type: end}]", answers(GONE, OK), "x", Status.FAILED, id="END-03 end after a failure"),
        pytest.param("[{name: r, type: retry, retryLimit: 2}]", answers(refused(), OK), "x x y z", Status.SUCCEEDED, id="STP-11 a refused connection is a failure"),
        pytest.param("[{name: g, type: goto, stepId: c, criteria: [{condition: $statusCode == null}]}]", answers(refused(), OK), "x z", Status.SUCCEEDED, id="STP-11 no response reads as null"),
    ],
)  # fmt: skip
def test_failure_actions(on_failure: str, script: Script, path: str, status: Status) -> None:
    assert path_of(workflow(on_failure), script) == (path.split(), status)


@pytest.mark.parametrize(
    ("on_success", "path"),
    [
        pytest.param("[]", "x y z", id="STP-14 the next step"),
        pytest.param("[{name: g, type: goto, stepId: c}]", "x z", id="GTO-01 skips"),
        pytest.param("[{name: e, type: end}]", "x", id="END-04 ends well"),
        pytest.param("[{name: g, type: goto, stepId: c, criteria: [{condition: $statusCode == 201}]}]", "x y z", id="ACT-10 none matches"),
        pytest.param("[{name: g, type: goto, stepId: c}, {name: e, type: end}]", "x z", id="ACT-09 the first alone"),
        pytest.param("[{name: e, type: end, criteria: [{condition: $steps.a.outputs.n == 1}]}]", "x", id="OUT-06 own outputs are seen"),
        pytest.param("[{name: e, type: end, criteria: [{condition: $statusCode == 200}, {condition: $response.body#/n == 2}]}]", "x y z", id="CRI-08 all must hold"),
    ],
)  # fmt: skip
def test_success_actions(on_success: str, path: str) -> None:
    assert path_of(workflow(on_success=on_success), answers(OK)) == (path.split(), Status.SUCCEEDED)


def test_a_failing_step_never_looks_at_its_success_actions() -> None:
    text = workflow(on_failure="[]", on_success="[{name: g, type: goto, stepId: c}]")
    assert path_of(text, answers(BUSY)) == (["x"], Status.FAILED)


@pytest.mark.parametrize(
    ("criteria", "script", "status"),
    [
        ("[{condition: $statusCode == 404}]", answers(GONE, OK), Status.SUCCEEDED),
        ("[{condition: $statusCode == 200}, {condition: $response.body#/n == 2}]", answers(OK), Status.FAILED),
        ("[]", answers(respond(302), OK), Status.SUCCEEDED),
        ("[]", answers(respond(400)), Status.FAILED),
    ],
)
def test_criteria_alone_decide(criteria: str, script: Script, status: Status) -> None:
    assert path_of(workflow(criteria=criteria), script)[1] is status


def test_attempts_waits_and_the_action_stand_in_the_record() -> None:
    played = play(
        program_of(workflow("[{name: again, type: retry, retryAfter: 0.5, retryLimit: 3}]")), answers(BUSY, BUSY, OK)
    )
    step = played.result.steps[0]
    assert [attempt.number for attempt in step.attempts] == [1, 2, 3]
    assert [attempt.criteria[0].passed for attempt in step.attempts] == [False, False, True]
    assert played.waits == [0.5, 0.5]
    waiting = [event for event in played.events if isinstance(event, Waiting)]
    assert [(one.attempt, one.limit) for one in waiting] == [(2, 4), (3, 4)]
    assert [event.name for event in played.events if isinstance(event, ActionChosen)] == ["again", "again"]


LOOKED_AT = """[
  {name: never, type: end, criteria: [{condition: $statusCode == 503}, {condition: $response.body#/token == 'eyJ0b2tlbg'}, {condition: 1 == 1}]},
  {name: again, type: retry, retryLimit: 1, criteria: [{condition: $statusCode == 503}]},
  {name: on, type: goto, stepId: c, criteria: [{condition: $statusCode == 404}]}
]"""


def looked_at(considered: tuple[Considered, ...]) -> list[tuple[object, ...]]:
    return [(one.name, one.used_up, *(judged.passed for judged in one.criteria)) for one in considered]


def test_why_an_action_was_chosen_and_why_none_was() -> None:
    busy = respond(503, {"token": "eyJzZWNyZXQ"})
    played = play(program_of(workflow(LOOKED_AT)), answers(busy, busy))
    chosen = [event for event in played.events if isinstance(event, ActionChosen)]
    assert [looked_at(event.considered) for event in chosen] == [
        [("never", False, True, False), ("again", False, True)]
    ]
    judged = chosen[0].considered[0].criteria
    assert judged[0].condition == "$statusCode == 503"
    assert [(operand.text, operand.value) for operand in judged[0].operands] == [("$statusCode", 503)]
    assert [operand.value for operand in judged[1].operands] == ["[redacted]"]
    ended = next(event for event in played.events if isinstance(event, StepEnded))
    assert looked_at(ended.considered) == [("never", False, True, False), ("again", True), ("on", False, False)]


def test_a_step_that_took_an_action_tells_of_the_actions_once() -> None:
    played = play(program_of(workflow(on_success="[{name: e, type: end}]")), answers(OK))
    told = [event for event in played.events if isinstance(event, ActionChosen | StepEnded)]
    assert [looked_at(event.considered) for event in told] == [[("e", False)], []]


def test_what_a_failed_criterion_saw_is_said() -> None:
    played = play(program_of(workflow()), answers(BUSY))
    assert "criterion '$statusCode == 200' does not hold: $statusCode was 503" in played.result.reason
    handled = play(program_of(workflow("[{name: g, type: goto, stepId: c}]")), answers(BUSY, OK)).result.steps[0]
    assert (handled.status, handled.handled, handled.action) == (Status.FAILED, True, "g")


REFRESH = """
- workflowId: refresh
  steps: [{stepId: r, operationId: y, outputs: {t: $response.body#/n}}]
  outputs: {t: $steps.r.outputs.t}
"""


def test_a_retry_runs_its_workflow_each_time_after_the_wait() -> None:
    text = workflow("[{name: r, type: retry, retryAfter: 1, retryLimit: 2, workflowId: refresh}]", more=REFRESH)
    assert path_of(text, answers(BAD, OK, BAD, OK, BAD)) == (["x", "y", "x", "y", "x"], Status.FAILED)
    assert path_of(text, answers(BAD, BUSY, OK)) == (["x", "y", "x", "y", "z"], Status.SUCCEEDED), "RTY-17"


def test_a_retry_runs_its_step_alone() -> None:
    text = workflow("[{name: r, type: retry, retryLimit: 2, stepId: b}]")
    assert path_of(text, answers(BAD, OK)) == (["x", "y", "x", "y", "z"], Status.SUCCEEDED)


def test_counters_begin_anew_when_a_step_is_entered_again() -> None:
    text = """
workflows:
- workflowId: w
  steps:
  - stepId: a
    operationId: x
    successCriteria: [{condition: $statusCode == 200}]
    onFailure: [{name: r, type: retry, retryLimit: 1}]
  - {stepId: b, operationId: y, onSuccess: [{name: back, type: goto, stepId: a, criteria: [{condition: $statusCode == 201}]}]}
"""
    script = answers(BUSY, OK, respond(201), BUSY, OK, OK)
    assert path_of(text, script) == (["x", "x", "y", "x", "x", "y"], Status.SUCCEEDED)


def test_workflow_actions_hold_for_every_step_and_a_name_redefined_wins() -> None:
    text = """
workflows:
- workflowId: w
  failureActions: [{name: r, type: retry, retryLimit: 2}, {name: out, type: end}]
  steps:
  - {stepId: a, operationId: x, onFailure: []}
  - {stepId: b, operationId: y, onFailure: [{name: r, type: retry, retryLimit: 1}]}
"""
    assert path_of(text, answers(BUSY)) == (["x", "x", "x"], Status.FAILED)
    assert path_of(text, answers(OK, BUSY)) == (["x", "y", "y"], Status.FAILED)


def test_a_timeout_in_1_1_fails_the_step_and_bounds_a_called_workflow() -> None:
    text = """
workflows:
- {workflowId: w, steps: [{stepId: s, workflowId: v, timeout: 5000, onFailure: [{name: g, type: goto, stepId: t}]}, {stepId: t, operationId: z}]}
- {workflowId: v, steps: [{stepId: a, operationId: x}, {stepId: b, operationId: x}, {stepId: c, operationId: x}]}
"""
    played = play(program_of(text, version="1.1.0"), answers(OK), seconds=3)
    assert [request.url.rpartition("/")[2] for request in played.requests] == ["x", "x", "z"]
    assert "longer than its timeout of 5 seconds" in played.result.steps[-2].reason


def test_a_retry_that_names_its_own_step_is_a_plain_retry() -> None:
    text = workflow("[{name: r, type: retry, retryLimit: 5, stepId: a}]")
    assert path_of(text, answers(BUSY)) == (["x"] * 6, Status.FAILED)
    assert path_of(text, answers(BUSY, OK)) == (["x", "x", "y", "z"], Status.SUCCEEDED)


def test_retries_that_refer_to_each_other_reach_a_named_limit() -> None:
    text = """
workflows:
- workflowId: w
  steps:
  - {stepId: a, operationId: x, onFailure: [{name: r, type: retry, retryLimit: 9, stepId: b}]}
  - {stepId: b, operationId: y, onFailure: [{name: r, type: retry, retryLimit: 9, stepId: a}]}
"""
    played = play(program_of(text), answers(BUSY), settings=Settings(limits=Limits(max_depth=8)))
    assert (played.result.status, played.result.limit) == (Status.STOPPED, "max_depth")
    assert len(played.requests) == 9


def test_retries_and_calls_that_lead_into_each_other_reach_a_named_limit() -> None:
    text = """
workflows:
- workflowId: w
  steps: [{stepId: a, operationId: x, onFailure: [{name: r, type: retry, retryLimit: 9, workflowId: w}]}]
"""
    played = play(program_of(text), answers(BUSY))
    assert (played.result.status, played.result.limit) == (Status.STOPPED, "max_depth")


def test_a_timeout_larger_than_any_number_is_a_long_one() -> None:
    text = f"workflows: [{{workflowId: w, steps: [{{stepId: s, operationId: x, timeout: 1{'0' * 400}}}]}}]"
    assert play(program_of(text, version="1.1.0"), answers(OK)).result.status is Status.SUCCEEDED


def test_a_request_that_uses_up_the_time_of_the_run_ends_the_run() -> None:
    program = program_of("workflows: [{workflowId: w, steps: [{stepId: s, operationId: x}]}]")
    late = Failed(FailureKind.TIMEOUT, "GET https://api.example:443: no answer within 10 seconds")
    played = play(program, answers(late), settings=Settings(limits=Limits(run_timeout=10)), seconds=10)
    assert (played.result.status, played.result.limit) == (Status.STOPPED, "run_timeout")
    played = play(program, answers(late), settings=Settings(limits=Limits(run_timeout=10)), seconds=9)
    assert played.result.status is Status.FAILED
