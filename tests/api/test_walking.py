"""Walks: every edge that can be taken is taken, by the events of mocked runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from arazzo_runner.api import Options, load, prepare
from arazzo_runner.api.running import execute
from arazzo_runner.api.walking import walk
from arazzo_runner.coverage.edges import edges_of
from arazzo_runner.coverage.record import Coverage
from arazzo_runner.coverage.trail import Trail
from arazzo_runner.engine.events import RunStarted, Stamped
from arazzo_runner.engine.result import Status
from arazzo_runner.errors import ArazzoError, UsageError
from tests.engine.programs import OPENAPI as API_OF_PROGRAMS
from tests.hostile.random_programs import documents
from tests.mock.scenarios.shop import prepared_shop, written_shop


def missing(coverage: Coverage) -> dict[str, str]:
    return {walked.edge.wish: walked.why for walked in coverage.edges if not walked.taken}


def test_every_edge_that_can_be_taken_is_taken(tmp_path: Path) -> None:
    coverage = walk(prepared_shop(tmp_path))
    assert coverage.succeeded
    assert (coverage.taken, len(coverage.edges)) == (16, 18)
    assert len(coverage.tours) <= len(coverage.edges) + 1
    left = missing(coverage)
    assert set(left) == {"wait.never", "tell.too-late"}
    assert "'$response.body#/state == 'lost''" in left["wait.never"]
    assert "shop.arazzo.yaml:23" in left["wait.never"]
    assert "openapi.yaml:22" in left["wait.never"]
    assert left["tell.too-late"].startswith("action 'shrug'")
    assert left["tell.too-late"].endswith("always fires")


def test_a_run_is_told_by_the_wishes_that_steered_it(tmp_path: Path) -> None:
    tours = walk(prepared_shop(tmp_path)).tours
    assert tours[0].wishes == ()
    assert ("order.give-up",) in [tour.wishes for tour in tours]
    assert ("order.skip", "mail=failure", "tell.shrug") in [tour.wishes for tour in tours]
    assert not any(tour.unexpected for tour in tours)


def test_one_seed_walks_one_way(tmp_path: Path) -> None:
    prepared = prepared_shop(tmp_path)
    first: list[Stamped] = []
    again: list[Stamped] = []
    assert walk(prepared, seed=3, on_event=first.append) == walk(prepared, seed=3, on_event=again.append)
    assert first == again
    other: list[Stamped] = []
    walk(prepared, seed=4, on_event=other.append)
    assert first != other


def test_the_reference_workflow_shows_its_failures_too(project: Path) -> None:
    file = project / "specs/arazzo/microsoft-azure-web-pubsub-token-then-broadcast-workflow.yml"
    prepared = prepare(load(file), options=Options(mock=True))
    coverage = walk(prepared, {"accessToken": "hidden-token", "hub": "chat", "message": "hi"})
    assert coverage.succeeded
    assert coverage.taken == len(coverage.edges) == 4
    assert [tour.status for tour in coverage.tours] == [Status.SUCCEEDED, Status.FAILED, Status.FAILED]


def test_a_retry_is_taken_and_used_up(tmp_path: Path) -> None:
    steps = """
workflows:
- workflowId: w
  steps:
  - stepId: a
    operationId: mail
    onFailure:
    - {name: again, type: retry, retryAfter: 2, retryLimit: 3}
    - {name: stop, type: end}
"""
    coverage = walk(prepared_shop(tmp_path, steps))
    assert coverage.taken == len(coverage.edges) == 3
    endless = steps.replace("retryLimit: 3", "retryLimit: 1000000")
    (why,) = missing(walk(prepared_shop(tmp_path, endless))).values()
    assert "'again' before it has to be used up" in why
    none = steps.replace("retryLimit: 3", "retryLimit: 0")
    assert missing(walk(prepared_shop(tmp_path, none))) == {"a.again": "its retryLimit is 0, so it never fires"}


def test_a_step_that_nothing_leads_to_is_told(tmp_path: Path) -> None:
    steps = """
workflows:
- workflowId: w
  steps:
  - {stepId: a, operationId: mail, onSuccess: [{name: out, type: end}]}
  - {stepId: b, operationId: mail}
"""
    left = missing(walk(prepared_shop(tmp_path, steps)))
    assert left == {"b=success": "no way leads to step 'b'", "b=failure": "no way leads to step 'b'"}


def test_a_step_behind_one_that_cannot_succeed_is_told(tmp_path: Path) -> None:
    steps = """
workflows:
- workflowId: w
  steps:
  - {stepId: a, operationId: mail, successCriteria: [{condition: $statusCode == 202}, {condition: $statusCode == 503}]}
  - {stepId: b, operationId: mail}
"""
    coverage = walk(prepared_shop(tmp_path, steps))
    assert not coverage.succeeded
    left = missing(coverage)
    assert set(left) == {"a=success", "b=success", "b=failure"}
    assert "can't succeed" in left["a=success"]
    assert left["b=success"] == "what leads to step 'b' can't be taken"


def test_a_failure_that_nobody_asked_for_is_told(tmp_path: Path) -> None:
    steps = """
workflows:
- workflowId: w
  steps:
  - stepId: a
    operationId: order
    successCriteria: [{condition: $statusCode == 201}]
    outputs: {id: $response.body#/id}
    onFailure: [{name: on, type: goto, stepId: b, criteria: [{condition: $statusCode == 409}]}]
  - {stepId: b, operationId: look, parameters: [{name: id, in: path, value: $steps.a.outputs.id}]}
"""
    coverage = walk(prepared_shop(tmp_path, steps))
    assert not coverage.succeeded
    assert coverage.taken == len(coverage.edges)
    (tour,) = [tour for tour in coverage.tours if tour.unexpected]
    assert tour.wishes == ("a.on",)
    assert "step 'b' failed" in tour.unexpected[0]


def test_a_loop_without_end_stops_by_its_budget(tmp_path: Path) -> None:
    steps = """
workflows:
- workflowId: w
  steps:
  - {stepId: a, operationId: mail, onFailure: [{name: back, type: goto, stepId: c}]}
  - {stepId: b, operationId: mail, onSuccess: [{name: out, type: end}]}
  - {stepId: c, operationId: mail, onSuccess: [{name: round, type: goto, stepId: c}]}
"""
    started: list[Stamped] = []
    coverage = walk(prepared_shop(tmp_path, steps), on_event=started.append)
    assert Status.STOPPED in [tour.status for tour in coverage.tours]
    assert "c.round" not in missing(coverage)
    assert len(started) < 300 * len(coverage.tours)


def test_only_a_mocked_workflow_is_walked(tmp_path: Path) -> None:
    prepared = prepare(load(written_shop(tmp_path)), "w")
    with pytest.raises(UsageError, match="mock=True"):
        walk(prepared)


@given(documents())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_walk_ends_and_claims_no_edge_that_no_event_shows(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.mktemp("walk")
    try:
        prepared = prepared_shop(folder, text, API_OF_PROGRAMS, max_steps=60)
    except ArazzoError:
        return
    seen: list[Stamped] = []
    coverage = walk(prepared, on_event=seen.append)
    assert len(coverage.tours) <= len(coverage.edges) + 1
    assert sum(isinstance(one.event, RunStarted) for one in seen) == len(coverage.tours)
    trail, shown = Trail(prepared.program, edges_of(prepared.program)), set()
    for stamped in seen:
        shown.add(trail.on(stamped.event))
    assert {walked.edge for walked in coverage.edges if walked.taken} == shown - {None}
    assert all(walked.taken or walked.why for walked in coverage.edges)


BRANCHES = """
arazzo: 1.0.1
info: {title: T, version: "1"}
sourceDescriptions: [{name: api, url: openapi.yaml, type: openapi}]
workflows:
  - workflowId: main
    inputs: {type: object, required: [mode], properties: {mode: {enum: [fast, slow]}}}
    steps:
      - {stepId: one, operationId: thing, outputs: {kind: $response.body#/kind}}
      - stepId: two
        operationId: thing
        onSuccess:
          - {name: left, type: goto, stepId: call, criteria: [{condition: $steps.one.outputs.kind == 'L'}]}
          - {name: right, type: goto, stepId: call, criteria: [{condition: $steps.one.outputs.kind == 'R'}]}
          - {name: fast, type: end, criteria: [{condition: $inputs.mode == 'fast'}]}
      - stepId: call
        workflowId: inner
        outputs: {kind: $outputs.kind}
        onSuccess:
          - {name: low, type: goto, stepId: last, criteria: [{condition: $steps.call.outputs.kind == 'L'}]}
          - {name: high, type: end, criteria: [{condition: $steps.call.outputs.kind == 'R'}]}
      - {stepId: last, operationId: thing}
  - workflowId: inner
    steps:
      - {stepId: it, operationId: thing, outputs: {kind: $response.body#/kind}}
    outputs: {kind: $steps.it.outputs.kind}
"""

KINDS = """
openapi: 3.1.0
info: {title: T, version: "1"}
servers: [{url: https://api.example}]
paths:
  /thing:
    get:
      operationId: thing
      responses:
        "200":
          description: ""
          content:
            application/json:
              schema: {type: object, required: [kind], properties: {kind: {enum: [M, R, L]}}}
"""


def test_edges_that_hang_on_earlier_answers_are_taken_too(tmp_path: Path) -> None:
    (tmp_path / "openapi.yaml").write_text(KINDS)
    (tmp_path / "branches.yaml").write_text(BRANCHES)
    prepared = prepare(load(str(tmp_path / "branches.yaml")), "main", Options(mock=True))
    coverage = walk(prepared, {"mode": "slow"})
    left = missing(coverage)
    assert set(left) == {"two.fast"}
    assert "$inputs.mode == 'fast'" in left["two.fast"]
    assert "does not hold for the inputs and earlier answers" in left["two.fast"]
    assert not any(tour.unexpected for tour in coverage.tours)
    assert "two.fast" not in missing(walk(prepared, {"mode": "fast"}))


@pytest.mark.parametrize("wish", ["two.left", "two.right", "two.fast", "call.low", "call.high"])
def test_a_scenario_makes_earlier_answers_fit_the_action_that_it_wants(tmp_path: Path, wish: str) -> None:
    (tmp_path / "openapi.yaml").write_text(KINDS)
    (tmp_path / "branches.yaml").write_text(BRANCHES)
    prepared = prepare(load(str(tmp_path / "branches.yaml")), "main", Options(mock=True, scenario=(wish,)))
    result = execute(prepared, {"mode": "fast" if wish == "two.fast" else "slow"})
    step, _, action = wish.partition(".")
    assert result.succeeded
    assert action in [one.action for one in result.steps if one.step_id == step]
