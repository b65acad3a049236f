import pytest

from arazzo_runner.engine.events import Event, RunStarted, StepEnded, StepStarted, WorkflowStarted
from arazzo_runner.engine.result import Status
from arazzo_runner.reports.run.html.selection import culprits, is_within, kept
from tests.reports.run.html.rendered import history, history_of
from tests.reports.run.tape import RUNS


def ran(count: int, failed: set[int]) -> list[tuple[float, Event]]:
    events: list[tuple[float, Event]] = [(0, RunStarted("", "w", ()))]
    for number in range(1, count + 1):
        path = (f"s{number}",)
        status = Status.FAILED if number in failed else Status.SUCCEEDED
        events += [(0, StepStarted(path, 1, "")), (0, StepEnded(path, status))]
    return events


def test_few_steps_are_all_told_of() -> None:
    assert kept(history(*ran(9, set())), 9) == frozenset(range(1, 10))


def test_of_many_the_ends_and_those_that_failed_are() -> None:
    assert kept(history(*ran(30, {10, 15, 16, 17})), 9) == {1, 2, 3, 28, 29, 30, 15, 16, 17}


def test_what_is_told_of_is_inside_of_what_is_told_of() -> None:
    inner: list[tuple[float, Event]] = [(0, StepStarted(("deep",), 1, "")), (0, WorkflowStarted("x", ("deep",)))]
    inner += [(0, StepStarted(("deep", "in"), 1, "")), (0, StepEnded(("deep", "in"), Status.FAILED))]
    inner += [(0, StepEnded(("deep",), Status.SUCCEEDED))]
    events = ran(30, set())
    run = history(*events[:21], *inner, *events[21:])
    numbers = kept(run, 9)
    assert {each.name for each in run.activations if each.number in numbers} == {
        "s1",
        "s2",
        "s3",
        "s28",
        "s29",
        "s30",
        "deep",
        "in",
    }
    assert [is_within(item, numbers) for item in run.root.items].count(True) == 7


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("success", []),
        ("retried", ["broadcast"]),
        ("nested", ["report"]),
        ("stopped", ["ask"]),
        ("broken off", ["broadcast"]),
    ],
)
def test_the_step_that_broke_the_run(name: str, expected: list[str]) -> None:
    assert [each.name for each in culprits(history_of(RUNS[name]))] == expected


def test_a_step_in_a_called_workflow_is_found() -> None:
    run = history_of(RUNS["nested"][:14])
    assert [each.name for each in culprits(run)] == ["buy", "open"]
