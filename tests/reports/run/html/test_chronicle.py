import pytest

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.events import (
    ActionChosen,
    Considered,
    RequestSent,
    ResponseReceived,
    RunStarted,
    StepEnded,
    StepStarted,
    Waiting,
    WorkflowEnded,
    WorkflowStarted,
)
from arazzo_runner.engine.outcomes import Response
from arazzo_runner.engine.result import Status
from arazzo_runner.reports.run.html.history import Activation, Call, History, Item
from arazzo_runner.reports.run.html.limits import MAX_CURL
from tests.reports.run.html.rendered import history, history_of
from tests.reports.run.tape import RUNS
from tests.reports.tape import NESTED, RETRIED, SUCCESS, Tape

A, B = ("a",), ("b",)
GET = Request("GET", "https://a.test/x")


def outline(items: list[Item]) -> str:
    """The items as a text: ``step(what it called; what a retry ran) workflow[its items]``."""
    return " ".join(map(_told, items))


def _told(item: Item) -> str:
    if isinstance(item, Call):
        return f"{item.workflow}[{outline(item.items)}]"
    inner = [f"{outline(each.calls)};{outline(each.asides)}" for each in item.tries]
    return item.name + (f"({'|'.join(inner)})" if any(each != ";" for each in inner) else "")


def test_steps_tries_and_exchanges() -> None:
    run = history_of(RETRIED)
    first, second = run.activations
    assert (run.run_id, run.root.workflow, run.requests, run.seconds) == ("r1", "token-then-broadcast", 3, 2.75)
    assert (first.name, first.status, first.outputs, len(first.tries)) == (
        "generateToken",
        Status.SUCCEEDED,
        {"token": "[redacted]"},
        1,
    )
    assert [each.number for each in second.tries] == [1, 2]
    assert second.status is Status.FAILED
    one, two = second.tries
    assert [bool(each.action) for each in (one, two)] == [bool(each.waiting) for each in (one, two)] == [True, False]
    assert [judged.passed for judged in one.criteria or ()] == [False]
    exchange = one.exchanges[0]
    assert (exchange.method, exchange.status, exchange.elapsed) == ("POST", 503, 0.31)
    assert exchange.sent
    assert exchange.sent.text == "Grüße\nfrom here"
    assert exchange.curl.startswith("curl ")


def test_called_workflows_and_dependencies() -> None:
    run = history_of(NESTED)
    assert outline([run.root]) == "order[prices[fetch] buy(login[open];) report]"
    assert [each.workflow for each in run.calls] == ["order", "prices", "login"]
    assert [each.workflow for each in run.activations] == ["prices", "order", "login", "order"]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        # What a retry refers to runs before the next try: a step of the same workflow, or another workflow.
        (
            [StepStarted(A, 1, ""), ActionChosen(A, "r", "retry", "b"), StepStarted(B, 1, ""), StepEnded(B, Status.SUCCEEDED), StepStarted(A, 2, ""), StepEnded(A, Status.SUCCEEDED)],
            "w[a(;b|;)]",
        ),
        (
            [StepStarted(A, 1, ""), ActionChosen(A, "r", "retry", "x"), WorkflowStarted("x", A), StepStarted(("a", "c"), 1, ""), StepEnded(("a", "c"), Status.SUCCEEDED), WorkflowEnded("x", A, Status.SUCCEEDED), StepStarted(A, 2, "")],
            "w[a(;x[c]|;)]",
        ),
        # A workflow that is handed over to stands beside the steps.
        ([StepStarted(A, 1, ""), StepEnded(A, Status.SUCCEEDED), WorkflowStarted("x", ()), StepStarted(B, 1, "")], "w[a x[b]]"),
        # A time that was up in a called workflow: neither its step nor the workflow is said to have ended.
        (
            [StepStarted(A, 1, ""), WorkflowStarted("x", A), StepStarted(("a", "c"), 1, ""), StepEnded(A, Status.FAILED), StepStarted(B, 1, "")],
            "w[a(x[c];) b]",
        ),
        # A step that is left and entered again is told of twice.
        ([StepStarted(A, 1, ""), StepEnded(A, Status.SUCCEEDED), StepStarted(A, 1, "")], "w[a a]"),
        # Events of steps that never began are passed over; a later try that comes first begins one.
        ([StepEnded(A, Status.FAILED), RequestSent(A, GET), WorkflowEnded("x", (), Status.FAILED), StepStarted(A, 2, "")], "w[a]"),
    ],
)  # fmt: skip
def test_what_runs_inside_what(events: list[StepStarted], expected: str) -> None:
    run = history((0, RunStarted("", "w", ())), *((0, each) for each in events))
    assert outline([run.root]) == expected


def test_what_did_not_end_has_no_end() -> None:
    run = history_of(RETRIED[:14])
    assert (run.root.status, run.activations[1].ended, run.activations[1].tries[0].ended) == (None, None, None)


def test_actions_that_did_not_fire_are_kept() -> None:
    looked_at = (Considered("r", "retry", used_up=True),)
    run = history(
        (0, RunStarted("", "w", ())), (0, StepStarted(A, 1, "")), (0, StepEnded(A, Status.FAILED, "", {}, looked_at))
    )
    assert run.activations[0].considered == looked_at


def test_a_long_request_is_no_command() -> None:
    sent = [RequestSent(A, Request("POST", "https://a.test/", (), b"x" * size)) for size in (10, MAX_CURL)]
    run = history((0, RunStarted("", "w", ())), (0, StepStarted(A, 1, "")), *((0, each) for each in sent))
    assert [bool(each.curl) for each in run.activations[0].tries[0].exchanges] == [True, False]


def test_redirects_and_answers_belong_to_the_request_before_them() -> None:
    run = history(
        (0, RunStarted("", "w", ())),
        (0, StepStarted(A, 1, "")),
        (0, RequestSent(A, GET)),
        (1, ResponseReceived(A, Response(307), 1)),
        (1, RequestSent(A, GET, 1)),
        (2, ResponseReceived(A, Response(200, (), b"x"), 1)),
        (2, Waiting(A, 3, 2, 4)),
    )
    found = run.activations[0].tries[0]
    assert [(each.redirects, each.status, each.began, each.ended) for each in found.exchanges] == [
        (0, 307, 100, 101),
        (1, 200, 101, 102),
    ]
    assert found.waited_from == 102


@pytest.mark.parametrize("name", RUNS)
def test_any_beginning_of_a_run_gives_a_history(name: str) -> None:
    events: Tape = RUNS[name]
    for end in range(len(events)):
        run = history_of(events[:end])
        assert isinstance(run, History)
        assert all(isinstance(each, Activation) for each in run.activations)


def test_warnings_are_told_once() -> None:
    assert len(history_of(SUCCESS).warnings) == 2
    assert len(history_of(NESTED).warnings) == 2
