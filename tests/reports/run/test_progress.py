import pytest

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.events import (
    Event,
    RequestSent,
    ResponseReceived,
    RunStarted,
    StepStarted,
    WorkflowEnded,
    WorkflowStarted,
)
from arazzo_runner.engine.outcomes import Response
from arazzo_runner.engine.result import RunResult, Status
from arazzo_runner.reports.run.progress import Path, Progress, State, label_of
from tests.reports.tape import BRACES, BROKEN_OFF, BUSY, NESTED, RETRIED, STOPPED, SUCCESS, Tape, tape


def _fed(events: Tape) -> Progress:
    progress = Progress()
    for stamped in events:
        progress.on(stamped)
    return progress


@pytest.mark.parametrize(
    ("path", "workflow", "label"),
    [
        (("a",), "main", "a"),
        (("a", "b"), "other", "a/b"),
        (("a",), "other", "other:a"),
        (tuple("abcdefgh"), "other", "a/b/c/d/e/f/g/h"),
        (tuple("abcdefghi"), "other", "a/b/... 5 more .../h/i"),
    ],
)
def test_labels(path: Path, workflow: str, label: str) -> None:
    assert label_of(path, workflow, "main") == label


@pytest.mark.parametrize(
    ("events", "states"),
    [
        (SUCCESS[:1], ["pending", "pending"]),
        (SUCCESS[:4], ["running", "pending"]),
        (SUCCESS, ["succeeded", "succeeded"]),
        (BROKEN_OFF, ["succeeded", "waiting"]),
        (RETRIED[:15], ["succeeded", "running"]),
        (RETRIED, ["succeeded", "failed"]),
        (STOPPED, ["failed", "pending", "pending"]),
    ],
)
def test_states(events: Tape, states: list[str]) -> None:
    assert [view.state.value for view in _fed(events).views] == states


def test_steps_of_dependencies_lead_and_those_of_called_workflows_follow_their_caller() -> None:
    labels = [(view.label, view.workflow) for view in _fed(NESTED).views]
    assert labels == [
        ("prices:fetch", "prices"),
        ("buy", "order"),
        ("buy/open", "login"),
        ("report", "order"),
        ("never", "order"),
    ]


def test_a_step_of_the_same_name_in_a_dependency_is_another_step() -> None:
    progress = _fed(
        tape(
            [
                (0, RunStarted("r", "main", ("same",))),
                (0, WorkflowStarted("before", ())),
                (0, StepStarted(("same",), 1, "GET /before")),
                (0, WorkflowEnded("before", (), Status.SUCCEEDED)),
                (0, StepStarted(("same",), 1, "GET /main")),
            ]
        )
    )
    assert [(view.label, view.target) for view in progress.views] == [
        ("before:same", "GET /before"),
        ("same", "GET /main"),
    ]


def test_time_tries_and_visits() -> None:
    broadcast = _fed(RETRIED).views[1]
    assert (len(broadcast.tries), broadcast.visits) == (2, 1)
    assert broadcast.seconds == pytest.approx(2.624)
    assert [attempt.response for attempt in broadcast.tries] == [BUSY, BUSY]
    ask = _fed(STOPPED).views[0]
    assert (len(ask.tries), ask.visits) == (1, 2)


def test_a_new_try_forgets_the_answer_of_the_one_before() -> None:
    view = _fed(RETRIED[:15]).views[1]
    assert (view.state, view.attempt, view.response, view.waiting) == (State.RUNNING, 2, None, None)


@pytest.mark.parametrize("events", [SUCCESS, RETRIED, NESTED])
def test_what_events_tell_is_what_the_result_says(events: Tape) -> None:
    told = _fed(events[:-1]).result("why")
    ended = events[-1].event
    result = getattr(ended, "result", None)
    assert isinstance(result, RunResult)
    assert [(step.path, step.workflow_id, step.status, step.reason, len(step.attempts)) for step in told.steps] == [
        (step.path, step.workflow_id, step.status, step.reason, len(step.attempts)) for step in result.steps
    ]
    assert (told.workflow, told.requests) == (result.workflow, result.requests)


def test_a_run_that_broke_off_says_where() -> None:
    result = _fed(BROKEN_OFF).result("interrupted")
    assert (result.status, result.reason) == (Status.STOPPED, "interrupted, in step 'broadcast'")
    assert [step.status for step in result.steps] == [Status.SUCCEEDED, Status.STOPPED]
    assert result.warnings == BRACES
    assert result.elapsed == pytest.approx(0.435)


def test_redirects_are_kept_with_the_try_that_they_belong_to() -> None:
    first, second = Request("GET", "https://h/a"), Request("GET", "https://h/b")
    events: list[Event] = [
        RunStarted("r", "w", ("s",)),
        StepStarted(("s",), 1, "GET /a"),
        RequestSent(("s",), first),
        ResponseReceived(("s",), Response(302), 0.1),
        RequestSent(("s",), second, 1),
    ]
    progress = _fed(tape((0.0, event) for event in events))
    (view,) = progress.views
    assert (view.redirects, view.request, view.response) == ((first,), second, None)
    view.start(StepStarted(("s",), 2, "GET /a"), 1.0)
    assert view.redirects == ()
    assert [(one.redirects, one.request) for one in view.tries] == [((first,), second)]
