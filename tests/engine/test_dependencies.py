"""Steps that depend on steps, at run time: when they run, when they fail instead, and what is said then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.events import RunStarted, StepEnded, StepStarted
from arazzo_runner.engine.limits import Limits
from arazzo_runner.engine.outcomes import Response
from arazzo_runner.engine.result import Status
from arazzo_runner.engine.settings import Settings
from tests.engine.programs import Played, answers, as_yaml, play, program_of, replay, respond


def run(text: str, script: Callable[[Request], Any] | None = None, max_steps: int = 100) -> Played:
    program = program_of(text, version="1.1.0")
    return play(program, script or answers(respond(200, {"o": 1})), settings=Settings(limits=Limits(max_steps)))


def failing(*paths: str) -> Callable[[Request], Response]:
    """Answer requests to some paths with 500."""
    return lambda request: respond(500 if request.url.rpartition("/")[2] in paths else 200, {})


def flow(*steps: str) -> str:
    return "workflows:\n- workflowId: w\n  steps:\n" + "".join(f"  - {{{step}}}\n" for step in steps)


def steps_of(played: Played) -> list[tuple[str, ...]]:
    return [step.path for step in played.result.steps if step.status is Status.SUCCEEDED]


PASSED_OVER = flow(
    "stepId: a, operationId: x, onSuccess: [{name: over, type: goto, stepId: c}]",
    "stepId: b, operationId: y",
    "stepId: c, operationId: z, dependsOn: [b]",
)


def test_steps_are_told_in_the_order_in_which_they_run() -> None:
    played = run(flow("stepId: b, operationId: y, dependsOn: [a]", "stepId: a, operationId: x"))
    assert steps_of(played) == [("a",), ("b",)]
    assert [one.steps for one in played.events if isinstance(one, RunStarted)] == [("a", "b")]


def test_a_step_whose_dependency_was_passed_over_fails_and_says_so() -> None:
    played = run(PASSED_OVER)
    assert played.result.reason == "step 'c': unsatisfied dependency: step 'b' was never started"
    assert [request.method for request in played.requests] == ["GET"], "nothing of c is sent"
    last = [event for event in played.events if isinstance(event, StepStarted | StepEnded)][-2:]
    assert last[0] == StepStarted(("c",), 1, "POST /z")
    assert last[1] == StepEnded(("c",), Status.FAILED, "unsatisfied dependency: step 'b' was never started")


def test_its_failure_actions_see_it_and_a_retry_may_run_the_dependency() -> None:
    retry = ", onFailure: [{name: n, type: retry, retryLimit: 1, stepId: b}]}"
    played = run(PASSED_OVER.replace("dependsOn: [b]}", f"dependsOn: [b]{retry}"))
    assert steps_of(played) == [("a",), ("b",), ("c",)]
    assert [one.number for one in played.result.steps[-1].attempts] == [1, 2]
    ended = ", onFailure: [{name: n, type: goto, stepId: b}]}"
    played = run(PASSED_OVER.replace("dependsOn: [b]}", f"dependsOn: [b]{ended}"))
    assert [(one.step_id, one.handled) for one in played.result.steps] == [
        ("a", False), ("c", True), ("b", False), ("c", False),
    ]  # fmt: skip
    assert played.result.status is Status.SUCCEEDED


def test_all_that_is_missing_is_named_up_to_a_number() -> None:
    names = [f"s{number}" for number in range(8)]
    steps = [f"stepId: {name}, operationId: y" for name in names]
    over = "stepId: a, operationId: x, onSuccess: [{name: over, type: goto, stepId: c}]"
    played = run(flow(over, *steps, f"stepId: c, operationId: z, dependsOn: [{', '.join(names)}]"))
    assert played.result.reason.count("was never started") == 5
    assert played.result.reason.endswith("; and 3 more")


@pytest.mark.parametrize(
    ("action", "reason"),
    [
        pytest.param("type: goto, stepId: c", "", id="handled: it has completed"),
        pytest.param("type: end", "step 'a': criterion", id="not handled: nothing runs after it"),
    ],
)
def test_a_failure_that_an_action_handles_completes_the_step(action: str, reason: str) -> None:
    text = flow(
        f"stepId: a, operationId: x, onFailure: [{{name: n, {action}}}]",
        "stepId: b, operationId: y",
        "stepId: c, operationId: z, dependsOn: [a]",
    )
    assert run(text, failing("x")).result.reason.startswith(reason)
    assert (run(text, failing("x")).result.status is Status.SUCCEEDED) == (not reason)


def test_a_reference_of_a_retry_that_failed_has_not_completed() -> None:
    text = flow(
        "stepId: a, operationId: x, onFailure: [{name: n, type: retry, stepId: c}, {name: m, type: goto, stepId: b}]",
        "stepId: over, operationId: x",
        "stepId: b, operationId: z, dependsOn: [c]",
        "stepId: c, operationId: y",
    )
    played = run(text, failing("x", "y"))
    assert played.result.reason == "step 'b': unsatisfied dependency: step 'c' failed"


def test_what_has_completed_once_stays_so() -> None:
    text = flow(
        "stepId: c, operationId: y",
        "stepId: a, operationId: x, onFailure: [{name: n, type: retry, stepId: c}, {name: m, type: goto, stepId: b}]",
        "stepId: over, operationId: x",
        "stepId: b, operationId: z, dependsOn: [c]",
    )
    seen: list[str] = []

    def script(request: Request) -> Response:
        path = request.url.rpartition("/")[2]
        seen.append(path)
        return respond(500 if path == "x" or (seen.count("y") > 1 and path == "y") else 200)

    played = run(text, script)
    assert seen == ["y", "x", "y", "x", "z"]
    assert played.result.status is Status.SUCCEEDED


def test_a_step_that_is_still_trying_has_not_completed_and_nothing_hangs() -> None:
    text = flow(
        "stepId: a, operationId: x, onFailure: [{name: n, type: retry, retryLimit: 2, stepId: b}]",
        "stepId: b, operationId: y, dependsOn: [a]",
    )
    played = run(text, failing("x"))
    assert [request.url.rpartition("/")[2] for request in played.requests] == ["x", "x", "x"]
    reasons = [one.reason for one in played.result.steps if one.step_id == "b"]
    assert reasons == ["unsatisfied dependency: step 'a' has not ended"] * 2


CALLS = """workflows:
- workflowId: w
  steps:
  - {stepId: one, workflowId: v}
  - {stepId: two, workflowId: v}
  - {stepId: last, operationId: z, dependsOn: [$workflows.v.steps.b]}
- workflowId: v
  steps:
  - {stepId: b, operationId: y, dependsOn: [a]}
  - {stepId: a, operationId: x}
"""


def test_each_call_of_a_workflow_begins_anew() -> None:
    played = run(CALLS)
    assert steps_of(played) == [
        ("one", "a"), ("one", "b"), ("one",), ("two", "a"), ("two", "b"), ("two",), ("last",),
    ]  # fmt: skip
    over = "onSuccess: [{name: n, type: goto, stepId: b, criteria: [{condition: $response.body#/skip}]}]"
    turns = CALLS.replace("  - {stepId: b, operationId: y, dependsOn: [a]}\n", "").replace(
        "  - {stepId: a, operationId: x}\n",
        f"  - {{stepId: f, operationId: z, {over}}}\n  - {{stepId: a, operationId: x}}\n"
        "  - {stepId: b, operationId: y, dependsOn: [a]}\n",
    )
    script = answers(respond(200, {}), respond(200, {}), respond(200, {}), respond(200, {"skip": True}))
    played = run(turns, script)
    assert steps_of(played)[-1] == ("two", "f"), "that a ran in the first call is nothing to the second"
    assert "unsatisfied dependency: step 'a' was never started" in played.result.reason


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        pytest.param("", "", "", id="it has completed"),
        pytest.param(
            "steps:\n  - {stepId: one, workflowId: v}\n  - {stepId: two, workflowId: v}",
            "steps:",
            "step 'b' of workflow 'v' was never started: that workflow is no part of this run",
            id="DEP-27 nothing calls it",
        ),
        pytest.param(
            "{stepId: one, workflowId: v}",
            "{stepId: one, operationId: x, onSuccess: [{name: n, type: goto, stepId: last}]}",
            "step 'b' of workflow 'v' was never started",
            id="DEP-28 passed over",
        ),
        pytest.param(
            "{stepId: a, operationId: x}\n",
            "{stepId: a, operationId: x, onSuccess: [{name: n, type: end}]}\n",
            "step 'b' of workflow 'v' was never started",
            id="it ended before",
        ),
    ],
)
def test_a_step_of_another_workflow(before: str, after: str, reason: str) -> None:
    played = run(CALLS.replace(before, after) if before else CALLS)
    expected = f"step 'last': unsatisfied dependency: {reason}" if reason else ""
    assert played.result.reason == expected


def test_a_step_of_another_workflow_that_failed() -> None:
    handled = CALLS.replace(
        "stepId: one, workflowId: v", "stepId: one, workflowId: v, onFailure: [{name: n, type: goto, stepId: last}]"
    )
    played = run(handled, failing("y"))
    assert played.result.reason == "step 'last': unsatisfied dependency: step 'b' of workflow 'v' failed"


def test_a_workflow_that_calls_itself_counts_its_own_steps_alone() -> None:
    text = """workflows:
- workflowId: w
  inputs: {type: object, properties: {deep: {type: boolean, default: false}}}
  steps:
  - stepId: f
    operationId: x
    onSuccess:
    - {name: n, type: goto, stepId: c, criteria: [{condition: $inputs.deep}]}
  - {stepId: a, operationId: y}
  - {stepId: b, workflowId: w, parameters: [{name: deep, value: true}]}
  - {stepId: c, operationId: z, dependsOn: [a]}
"""
    played = run(text)
    assert "unsatisfied dependency: step 'a' was never started" in played.result.reason
    assert steps_of(played) == [("f",), ("a",), ("b", "f")]


STEP_IDS = ("a", "b", "c")
FOREIGN = ["$workflows.v.steps.a", "$workflows.w.steps.b"]


@st.composite
def flows(draw: st.DrawFn, workflow_id: str) -> dict[str, Any]:
    """Draw a workflow with an action that goes somewhere, and dependencies that need not be satisfied."""
    steps: list[dict[str, Any]] = []
    for index, step_id in enumerate(STEP_IDS):
        step: dict[str, Any] = {"stepId": step_id, "operationId": draw(st.sampled_from(["x", "y"]))}
        if workflow_id == "w" and draw(st.booleans()):
            step = {"stepId": step_id, "workflowId": "v"}
        others = [*STEP_IDS[index + 1 :], *([FOREIGN[0]] if workflow_id == "w" else [])]
        depends = draw(st.lists(st.sampled_from(others), unique=True, max_size=2)) if others else []
        action = {
            "name": "n",
            "type": draw(st.sampled_from(["goto", "retry"])),
            "stepId": draw(st.sampled_from(STEP_IDS)),
        }
        step |= {"dependsOn": depends} if depends else {}
        step |= {draw(st.sampled_from(["onFailure", "x-none"])): [action]}
        steps.append(step)
    return {"workflowId": workflow_id, "steps": steps}


RESPONSES = st.lists(st.sampled_from([respond(200), respond(500)]), min_size=1, max_size=8)


@given(flows("w"), flows("v"), RESPONSES)
@settings(deadline=None, max_examples=100)
def test_no_run_hangs_and_no_step_sends_before_its_dependencies(
    first: dict[str, Any], second: dict[str, Any], script: list[Any]
) -> None:
    program = program_of(as_yaml([first, second]), version="1.1.0")
    bounded = Settings(limits=Limits(40))
    played = play(program, answers(*script), settings=bounded)
    assert replay(program, {}, played.outcomes, bounded) == played.events
    needs = {
        (flow["workflowId"], step["stepId"]): step.get("dependsOn", [])
        for flow in (first, second)
        for step in flow["steps"]
    }
    done: set[tuple[str, str]] = set()
    for step in played.result.steps:
        sent = step.status is Status.SUCCEEDED
        for need in needs[step.workflow_id, step.step_id] if sent else ():
            workflow_id, named = ("v", "a") if need.startswith("$") else (step.workflow_id, need)
            assert (workflow_id, named) in done
        if sent or step.handled:
            done.add((step.workflow_id, step.step_id))
