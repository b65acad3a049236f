"""Trails, from the events of runs that are answered by hand: nothing here knows of a plan."""

from __future__ import annotations

from collections.abc import Iterable

from arazzo_runner.coverage.edges import edges_of
from arazzo_runner.coverage.trail import Trail
from arazzo_runner.engine.events import Event
from arazzo_runner.engine.outcomes import Proceed, Skip
from arazzo_runner.program.model import Program
from tests.engine.programs import answers, as_yaml, play, program_of, respond
from tests.mock.scenarios.shop import shop


def trail(program: Program, events: Iterable[Event]) -> list[str]:
    """Return the edges that events show: the workflow and the wish of each."""
    reader = Trail(program, edges_of(program))
    found = (reader.on(event) for event in events)
    return [f"{edge.step.workflow.workflow_id}: {edge.wish}" for edge in found if edge]


def test_the_edges_of_a_run_are_read_from_its_events() -> None:
    paid = respond(201, {"id": "1", "state": "paid"})
    script = answers(respond(429), paid, respond(503), respond(202))
    program = shop()
    assert trail(program, play(program, script).events) == [
        "w: order.again",
        "w: order.skip",
        "notify: mail.fallback",
        "notify: second=success",
        "w: tell=success",
    ]


def test_a_retried_call_is_read_with_what_it_calls() -> None:
    script = answers(respond(201, {"id": "1", "state": "paid"}), respond(500))
    program = shop()
    assert trail(program, play(program, script).events) == [
        "w: order.skip",
        "notify: mail=failure",
        "w: tell.once-more",
        "notify: mail=failure",
        "w: tell.shrug",
    ]


def test_workflows_that_hand_over_are_told_apart() -> None:
    def flow(name: str, *actions: dict[str, str]) -> dict[str, object]:
        return {"workflowId": name, "steps": [{"stepId": "s", "operationId": "x", "onSuccess": list(actions)}]}

    program = program_of(
        as_yaml(
            [flow("w", {"name": "over", "type": "goto", "workflowId": "v"}), flow("v", {"name": "e", "type": "end"})]
        )
    )
    assert trail(program, play(program, answers(respond(200))).events) == ["w: s.over", "v: s.e"]


def test_a_step_that_was_skipped_takes_no_edge() -> None:
    program = shop()
    paid = respond(201, {"id": "1", "state": "paid"})
    held = play(program, answers(paid), hold=lambda checkpoint: Skip({}) if checkpoint.step == ("tell",) else Proceed())
    edges = trail(program, held.events)
    assert edges
    assert not [edge for edge in edges if edge.startswith("w: tell")]


def test_a_call_that_its_timeout_breaks_off_is_left() -> None:
    program = program_of(
        as_yaml(
            [
                {
                    "workflowId": "w",
                    "steps": [
                        {
                            "stepId": "s",
                            "workflowId": "v",
                            "timeout": 1500,
                            "onFailure": [{"name": "on", "type": "goto", "stepId": "t"}],
                        },
                        {"stepId": "t", "operationId": "x"},
                    ],
                },
                {
                    "workflowId": "v",
                    "steps": [{"stepId": "s", "operationId": "x"}, {"stepId": "t", "operationId": "x"}],
                },
            ]
        ),
        version="1.1.0",
    )
    events = play(program, answers(respond(200)), seconds=2.0).events
    assert trail(program, events)[-2:] == ["w: s.on", "w: t=success"]


def test_a_dependency_is_another_workflow() -> None:
    flows = [
        {"workflowId": "w", "dependsOn": ["d"], "steps": [{"stepId": "s", "operationId": "x"}]},
        {"workflowId": "d", "steps": [{"stepId": "s", "operationId": "x"}]},
    ]
    program = program_of(as_yaml(flows))
    assert trail(program, play(program, answers(respond(200))).events) == ["d: s=success", "w: s=success"]
