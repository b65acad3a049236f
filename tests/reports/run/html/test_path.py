import pytest

from arazzo_runner.engine.events import (
    ActionChosen,
    Event,
    RunEnded,
    RunStarted,
    StepEnded,
    StepStarted,
    WorkflowEnded,
    WorkflowStarted,
)
from arazzo_runner.engine.result import RunResult, Status
from arazzo_runner.graph.model import Edge, EdgeKind, Figure, Node, NodeKind
from arazzo_runner.reports.graph.taken import Taken
from arazzo_runner.reports.run.html.path import taken
from tests.reports.run.html.rendered import history, history_of
from tests.reports.run.tape import CHECKOUT

GOOD, BAD = Status.SUCCEEDED, Status.FAILED
A, B = ("a",), ("b",)
FIGURE = Figure(
    "w",
    "",
    (
        Node("start", NodeKind.START, "Start"),
        Node("a", NodeKind.STEP, "a", workflow="x"),
        Node("b", NodeKind.STEP, "b"),
        Node("workflow x", NodeKind.WORKFLOW, "x", workflow="x"),
        Node("workflow y", NodeKind.WORKFLOW, "y", workflow="y"),
        Node("end", NodeKind.END, "End"),
        Node("failure", NodeKind.FAILURE, "Failure"),
    ),
    (
        Edge("workflow y", "start", EdgeKind.DEPENDS),
        Edge("start", "a", EdgeKind.NEXT),
        Edge("a", "workflow x", EdgeKind.CALL),
        Edge("a", "b", EdgeKind.NEXT, "success"),
        Edge("a", "a", EdgeKind.RETRY, "failure", "again"),
        Edge("a", "workflow y", EdgeKind.CALL, "failure", "again", "before the retry"),
        Edge("a", "b", EdgeKind.GOTO, "failure", "on"),
        Edge("a", "end", EdgeKind.END, "success", "stop"),
        Edge("a", "workflow y", EdgeKind.GOTO, "success", "hand"),
        Edge("a", "failure", EdgeKind.END, "failure"),
        Edge("a", "b", EdgeKind.DEPENDS),
        Edge("b", "end", EdgeKind.END, "success"),
        Edge("b", "failure", EdgeKind.END, "failure"),
    ),
)
ALL = frozenset(range(100))


def path(*events: Event, status: Status | None = GOOD) -> Taken:
    """The path of a run through the figure; without a status it did not end."""
    ended = [] if status is None else [RunEnded(RunResult(status, "w"))]
    run = history((0, RunStarted("", "w", ())), *((1, each) for each in (*events, *ended)))
    return taken(FIGURE, [call for call in run.calls if call.workflow == "w"], ALL)


def ways(found: Taken) -> set[str]:
    """The ways as ``source kind target``."""
    return {f"{edge.source} {edge.kind.value} {edge.target}" for edge in found.edges}


def ran(step: tuple[str, ...], status: Status, *between: Event) -> tuple[Event, ...]:
    return (StepStarted(step, 1, ""), *between, StepEnded(step, status))


@pytest.mark.parametrize(
    ("events", "status", "expected"),
    [
        ([], None, set()),
        ([*ran(A, GOOD), *ran(B, GOOD)], GOOD, {"start next a", "a next b", "a depends b", "b end end"}),
        ([*ran(A, GOOD), *ran(B, BAD)], BAD, {"start next a", "a next b", "a depends b", "b end failure"}),
        ([*ran(A, BAD)], BAD, {"start next a", "a end failure"}),
        ([*ran(A, BAD, ActionChosen(A, "on", "goto", "b")), *ran(B, GOOD)], GOOD, {"start next a", "a goto b", "a depends b", "b end end"}),
        ([*ran(A, GOOD, ActionChosen(A, "stop", "end"))], GOOD, {"start next a", "a end end"}),
        ([*ran(A, GOOD, ActionChosen(A, "hand", "goto", "y")), WorkflowStarted("y", ())], None, {"start next a", "a goto workflow y", "workflow y depends start"}),
        ([*ran(A, GOOD, WorkflowStarted("x", A), WorkflowEnded("x", A, GOOD))], GOOD, {"start next a", "a call workflow x", "a end end"} - {"a end end"}),
        ([StepStarted(A, 1, ""), ActionChosen(A, "again", "retry"), StepStarted(A, 2, ""), StepEnded(A, GOOD)], None, {"start next a", "a retry a"}),
        ([StepStarted(A, 1, ""), ActionChosen(A, "again", "retry", "y"), WorkflowStarted("y", A), WorkflowEnded("y", A, GOOD), StepStarted(A, 2, "")], None, {"start next a", "a retry a", "a call workflow y"}),
        ([WorkflowStarted("y", ()), WorkflowEnded("y", (), GOOD), StepStarted(A, 1, "")], None, {"workflow y depends start", "start next a"}),
        ([StepStarted(A, 1, "")], None, {"start next a"}),
    ],
)  # fmt: skip
def test_the_ways_that_a_run_went(events: list[Event], status: Status | None, expected: set[str]) -> None:
    assert ways(path(*events, status=status)) == expected


def test_the_state_of_a_step_is_that_of_its_last_time() -> None:
    found = path(*ran(A, BAD, ActionChosen(A, "on", "goto", "b")), *ran(B, GOOD), *ran(A, GOOD))
    assert found.nodes == {"start": "reached", "a": "succeeded", "b": "succeeded"}
    assert path(StepStarted(A, 1, ""), status=None).nodes["a"] == "running"
    assert path(*ran(A, Status.SKIPPED)).nodes["a"] == "skipped"


def test_a_step_that_a_retry_ran_is_reached_too() -> None:
    aside = [StepStarted(A, 1, ""), ActionChosen(A, "again", "retry", "b"), *ran(B, GOOD), StepStarted(A, 2, "")]
    found = path(*aside, status=None)
    assert (found.nodes["b"], found.links["b"]) == ("succeeded", "#s2")


def test_steps_have_notes_and_links() -> None:
    found = path(*ran(A, GOOD), *ran(B, GOOD), StepStarted(A, 1, ""), StepStarted(A, 2, ""), StepEnded(A, GOOD))
    assert found.notes == {"a": "2 times, 3 tries"}
    assert found.links == {"a": "#s3", "b": "#s2"}
    assert taken(FIGURE, [], ALL) == Taken()


def test_a_link_leads_only_to_what_is_told_of() -> None:
    run = history((0, RunStarted("", "w", ())), *((0, each) for each in ran(A, GOOD)))
    assert taken(FIGURE, [run.root], frozenset()).links == {}


def test_a_run_that_has_everything() -> None:
    run = history_of(CHECKOUT)
    assert run.graph is not None
    found = taken(run.graph.figures[0], [run.root], ALL)
    assert {"login", "find", "pay"} <= found.nodes.keys()
    assert "ship" not in found.nodes
    assert any(edge.source == "pay" and edge.kind is EdgeKind.GOTO for edge in found.edges)
