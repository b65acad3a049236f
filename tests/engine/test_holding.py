"""A run that is held: skipped, tried again, changed, stopped; and again the same from its outcomes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arazzo_runner.engine.effects import Checkpoint, Moment
from arazzo_runner.engine.events import StepEnded, StepStarted, Warned
from arazzo_runner.engine.limits import Limits
from arazzo_runner.engine.outcomes import Change, Decided, Proceed, Replace, Retry, Skip, Stop, Where
from arazzo_runner.engine.result import Status
from arazzo_runner.engine.run import Run
from arazzo_runner.engine.settings import Settings
from arazzo_runner.program.inputs import settle
from arazzo_runner.values import Value
from tests.canaries import spelled
from tests.engine.programs import Played, answers, play, program_of, refused, replay, respond
from tests.hostile.random_programs import documents

FLOW = """
workflows:
- workflowId: w
  inputs: {type: object, properties: {i: {type: string}, password: {type: string}}}
  steps:
  - stepId: a
    operationId: x
    onFailure: [{name: r, type: retry, retryLimit: 1}]
    onSuccess: [{name: g, type: goto, stepId: c}]
    outputs: {n: $response.body#/n, m: $statusCode}
  - {stepId: b, operationId: y}
  - stepId: c
    operationId: item
    parameters:
    - {name: id, in: path, value: $inputs.i}
    - {name: need, in: query, value: $steps.a.outputs.n}
    dependsOn: [a]
  outputs: {n: $steps.a.outputs.n}
"""
PAUSING = Settings(pauses=True)
OK, BUSY = respond(200, {"n": "one"}), respond(503)


def deciding(*decisions: tuple[str, Moment, Decided]) -> Callable[[Checkpoint], Decided]:
    """Answer the checkpoints that are named, each once in its order, and let all others go on."""
    queue = list(decisions)

    def hold(checkpoint: Checkpoint) -> Decided:
        if queue and queue[0][:2] == (checkpoint.step[-1], checkpoint.moment):
            return queue.pop(0)[2]
        return Proceed()

    return hold


def played(*decisions: tuple[str, Moment, Decided], script: Any = None, flow: str = FLOW) -> Played:
    program = program_of(flow, version="1.1.0")
    return play(program, script or answers(OK), {"i": "old"}, PAUSING, hold=deciding(*decisions))


def paths(run: Played) -> list[str]:
    return [request.url.removeprefix("https://api.example") for request in run.requests]


BEFORE, PASSED, FAILED = Moment.BEFORE, Moment.PASSED, Moment.FAILED


def to_input(value: Value) -> Change:
    return Change(Where.INPUT, "i", value)


@pytest.mark.parametrize(
    ("decisions", "script", "wanted"),
    [
        pytest.param([], answers(OK), ["/x", "/items/old?need=one"], id="nothing is decided"),
        pytest.param(
            [("a", BEFORE, Skip({"n": "given"}))], answers(OK), ["/y", "/items/old?need=given"], id="skip, with outputs"
        ),
        pytest.param([("a", BEFORE, Skip())], answers(OK), ["/y"], id="skip: what needs its output can't be sent"),
        pytest.param(
            [("a", FAILED, Skip({"n": "given"}))], answers(BUSY, OK), ["/x", "/y", "/items/old?need=given"],
            id="a failed step is taken as done",
        ),
        pytest.param([("a", PASSED, Skip())], answers(OK), ["/x", "/y", "/items/old?need=one"], id="a passed one too"),
        pytest.param([("a", FAILED, Retry())], answers(BUSY, OK), ["/x", "/x", "/items/old?need=one"], id="retry"),
        pytest.param(
            [("a", FAILED, Retry())], answers(BUSY), ["/x"] * 3, id="a retry takes none of those of the actions"
        ),
        pytest.param([("a", PASSED, Retry())], answers(OK), ["/x", "/x", "/items/old?need=one"], id="once more"),
        pytest.param([("a", BEFORE, Retry())], answers(OK), ["/x", "/items/old?need=one"], id="retry before is proceed"),
        pytest.param(
            [("c", BEFORE, Replace((to_input("new"),)))], answers(OK), ["/x", "/items/new?need=one"], id="an input"
        ),
        pytest.param(
            [("c", BEFORE, Replace((to_input(1), to_input("b")))), ("c", BEFORE, Replace((to_input("c"),)))],
            answers(OK), ["/x", "/items/c?need=one"], id="again and again, the last one counts",
        ),
        pytest.param(
            [("a", PASSED, Replace((Change(Where.OUTPUT, "n", "two", "a"),)))],
            answers(OK), ["/x", "/items/old?need=two"], id="an output, as soon as it is there",
        ),
        pytest.param(
            [("c", BEFORE, Replace((Change(Where.QUERY, "q", ["a", "b"]), Change(Where.PATH, "id", "5"))))],
            answers(OK), ["/x", "/items/5?need=one&q=a&q=b"], id="parameters of the request",
        ),
        pytest.param([("c", BEFORE, Stop())], answers(OK), ["/x"], id="stop"),
        pytest.param([("a", FAILED, Stop())], answers(BUSY), ["/x"], id="stop after a failure"),
    ],
)  # fmt: skip
def test_what_is_decided_shows_in_what_is_sent(decisions: Any, script: Any, wanted: list[str]) -> None:
    assert paths(played(*decisions, script=script)) == wanted


def test_a_skipped_step_is_recorded_as_such_and_counts_as_done() -> None:
    run = played(("a", BEFORE, Skip({"n": "given"})))
    first = run.result.steps[0]
    assert (first.status, first.attempts, first.action) == (Status.SKIPPED, (), "")
    assert first.outputs == {"n": "given", "m": None}
    assert run.result.status is Status.SUCCEEDED
    assert run.result.outputs == {"n": "given"}
    ends = [event.status for event in run.events if isinstance(event, StepEnded)]
    assert ends == [Status.SKIPPED, Status.SUCCEEDED, Status.SUCCEEDED]
    assert [event.step for event in run.events if isinstance(event, StepStarted)] == [("a",), ("b",), ("c",)]


def test_a_step_skipped_after_its_failure_keeps_its_tries_and_outputs() -> None:
    run = played(("a", FAILED, Skip({"n": "given"})), script=answers(BUSY, OK))
    first = run.result.steps[0]
    assert (first.status, len(first.attempts)) == (Status.SKIPPED, 1)
    assert first.outputs == {"n": "given", "m": 503}


def test_a_run_that_is_stopped_says_where_and_why() -> None:
    run = played(("c", BEFORE, Stop("seen enough")))
    assert (run.result.status, run.result.limit) == (Status.STOPPED, "")
    assert run.result.reason == "it was stopped at step 'c': seen enough"
    assert [step.step_id for step in run.result.steps] == ["a"]


def test_each_change_is_a_warning_without_its_value() -> None:
    run = played(("c", BEFORE, Replace((Change(Where.INPUT, "password", "hunter2-hunter2"), to_input("secret")))))
    told = [found.message for found in run.result.warnings if found.code == "run-changed"]
    assert told == [
        "'$inputs.password' was changed at step 'c' by whoever held the run",
        "'$inputs.i' was changed at step 'c' by whoever held the run",
    ]


def test_a_changed_secret_is_hidden_from_then_on() -> None:
    changes = (Change(Where.INPUT, "password", "hunter2-hunter2"), to_input("hunter2-hunter2"))
    run = played(("c", BEFORE, Replace(changes)))
    assert paths(run)[-1] == "/items/hunter2-hunter2?need=one"
    assert "hunter2" not in spelled(run.events)


def test_a_checkpoint_carries_what_the_step_will_see() -> None:
    seen: list[Checkpoint] = []

    def hold(checkpoint: Checkpoint) -> Decided:
        seen.append(checkpoint)
        return Replace((to_input("new"),)) if len(seen) == 1 else Proceed()

    play(program_of(FLOW, version="1.1.0"), answers(BUSY, OK), {"i": "old"}, PAUSING, hold=hold)
    assert [(one.step[-1], one.moment.value, one.attempt, one.ticket) for one in seen] == [
        ("a", "before", 1, 1), ("a", "before", 1, 2), ("a", "failed", 1, -1), ("a", "before", 2, 4),
        ("a", "passed", 2, -2), ("c", "before", 1, 6), ("c", "passed", 1, -3),
    ]  # fmt: skip
    assert [one.scope.inputs["i"] for one in seen[:2]] == ["old", "new"]
    assert seen[2].reason == "criterion '$statusCode < 400' does not hold: $statusCode was 503"
    assert seen[4].scope.response is not None
    assert seen[4].bound is not None
    assert seen[4].bound.step_id == "a"


def test_only_who_asks_for_pauses_is_asked_after_a_try_and_no_other_ticket_changes() -> None:
    moments: list[Moment] = []

    def hold(checkpoint: Checkpoint) -> Decided:
        moments.append(checkpoint.moment)
        return Proceed()

    program = program_of(FLOW, version="1.1.0")
    plain = play(program, answers(OK), {"i": "old"}, hold=hold)
    assert set(moments) == {Moment.BEFORE}
    assert plain.events == play(program, answers(OK), {"i": "old"}, PAUSING).events


def test_the_time_for_which_a_run_is_held_counts_against_no_limit() -> None:
    limited = Settings(pauses=True, limits=Limits(run_timeout=10.0))
    held = play(
        program_of(FLOW, version="1.1.0"), answers(OK), {"i": "old"}, limited,
        seconds=1.0, hold=lambda checkpoint: Proceed(elapsed=60.0),
    )  # fmt: skip
    assert held.result.status is Status.SUCCEEDED
    slow = play(program_of(FLOW, version="1.1.0"), answers(OK), {"i": "old"}, limited, seconds=11.0)
    assert slow.result.limit == "run_timeout"


def test_a_replaced_value_of_a_refused_request_and_a_retry_send_it() -> None:
    decisions: list[tuple[str, Moment, Decided]] = [
        ("c", FAILED, Replace((Change(Where.QUERY, "need", "now"),))),
        ("c", FAILED, Retry()),
    ]
    run = played(*decisions, script=answers(OK, refused(), OK))
    assert paths(run) == ["/x", "/items/old?need=one", "/items/old?need=now"]
    assert run.result.status is Status.SUCCEEDED


def test_the_actions_after_a_try_see_what_was_changed() -> None:
    flow = FLOW.replace(
        "{name: r, type: retry, retryLimit: 1}",
        "{name: g, type: goto, stepId: c, criteria: [{condition: $inputs.i == 'new'}]}",
    )
    decision = ("a", FAILED, Replace((to_input("new"), Change(Where.OUTPUT, "n", "two", "a"))))
    assert paths(played(decision, script=answers(BUSY, OK), flow=flow)) == ["/x", "/items/new?need=two"]


CHANGES = st.builds(
    Change,
    st.sampled_from(Where),
    st.sampled_from(["i", "n", "q", "Content-Type", ""]),
    st.sampled_from([None, 1, "x", [1, {"a": None}], {"n": "x"}, b"\xff"]),
    st.sampled_from(["a", "b", "nowhere", ""]),
)
DECISIONS: st.SearchStrategy[Decided] = st.one_of(
    st.just(Proceed()),
    st.just(Retry()),
    st.builds(Skip, st.dictionaries(st.sampled_from(["n", "o"]), st.sampled_from([None, 1, "x"]), max_size=2)),
    st.builds(Replace, st.lists(CHANGES, max_size=3).map(tuple)),
    st.builds(Stop, st.sampled_from(["", "enough"])),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    documents(),
    st.lists(st.sampled_from([OK, BUSY, refused()]), min_size=1, max_size=4),
    st.lists(DECISIONS, max_size=30),
)
def test_the_same_decisions_and_answers_give_the_same_run(text: str, responses: Any, decisions: list[Decided]) -> None:
    program = program_of(text, version="1.1.0")
    limited = Settings(pauses=True, limits=Limits(max_steps=40))
    first = play(program, answers(*responses), {}, limited, hold=one_by_one(decisions))
    assert first.events == replay(program, {}, first.outcomes, limited)
    assert wanted(program, first, limited) == wanted(program, first, limited)
    stopped = first.result.status is Status.STOPPED
    assert stopped == (bool(first.result.limit) or first.result.reason.startswith("it was stopped at step"))


def one_by_one(decisions: Iterable[Decided]) -> Callable[[Checkpoint], Decided]:
    queue = iter(decisions)
    return lambda checkpoint: next(queue, Proceed())


def wanted(program: Any, first: Played, limited: Settings) -> list[str]:
    """Return what a run wants that gets the outcomes of an earlier one."""
    run = Run(program, settle(program.workflow.inputs, {}).inputs, limited)
    queue, found = list(first.outcomes), list[str]()
    while run.result is None:
        for effect in run.effects():
            found.append(repr(effect))
            run.resolve(effect.ticket, queue.pop(0))
    assert queue == []
    return found


def test_a_warning_tells_its_step() -> None:
    run = played(("c", BEFORE, Replace((to_input("new"),))))
    assert [
        event.step for event in run.events if isinstance(event, Warned) and event.diagnostic.code == "run-changed"
    ] == [("c",)]


def test_an_input_that_was_changed_is_the_one_that_later_workflows_read() -> None:
    flow = """
workflows:
- workflowId: w
  steps:
  - {stepId: call, workflowId: v, parameters: [{name: i, value: old}]}
  - stepId: s
    operationId: item
    parameters: [{name: id, in: path, value: $workflows.v.inputs.i}, {name: need, in: query, value: x}]
- workflowId: v
  inputs: {type: object, properties: {i: {type: string}}}
  steps: [{stepId: inner, operationId: y}]
"""
    hold = deciding(("inner", BEFORE, Replace((to_input("new"),))))
    run = play(program_of(flow, version="1.1.0"), answers(OK), {}, PAUSING, hold=hold)
    assert paths(run) == ["/y", "/items/new?need=x"]
