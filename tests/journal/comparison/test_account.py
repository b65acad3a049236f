from pathlib import Path

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.events import (
    ActionChosen,
    RequestSent,
    Stamped,
    StepEnded,
    StepStarted,
    TokenFailed,
    TokenFetched,
)
from arazzo_runner.engine.outcomes import Clock, Failed, FailureKind
from arazzo_runner.engine.result import Judged, Status
from arazzo_runner.journal.comparison.account import account
from arazzo_runner.journal.reader import Journal
from tests.journal.comparison.journals import Done, Step, answer, journal, request
from tests.journal.runs import recorded


def told(found: Journal, *events: object) -> Journal:
    """Return a journal with these events, a second each, in the place of its own."""
    stamped = tuple(Stamped(event, Clock(0.0, float(at))) for at, event in enumerate(events))  # type: ignore[arg-type]  # events of a test
    return Journal(found.path, found.header, (), stamped)


def test_each_try_has_what_was_sent_and_what_came_of_it() -> None:
    retry = ActionChosen(("b",), "again", "retry")
    judged = (Judged("$statusCode == 200", False),)
    failed = Failed(FailureKind.RESET, "gone", elapsed=2.0)
    visits = account(
        journal(
            Step("a", (Done(request(), answer(201)),), outputs={"x": 1}),
            Step(
                "b",
                (Done(request("PUT"), answer(503), judged, retry), Done(request("PUT"), failed)),
                Status.FAILED,
                "no answer",
            ),
        )
    )
    a, b = visits
    assert (a.path, a.status, a.outputs, [each.answer for each in a.tries]) == (("a",), "succeeded", {"x": 1}, ["201"])
    assert [each.answer for each in b.tries] == ["503", "reset"]
    assert [each.action for each in b.tries] == ["again: retry", ""]
    assert (b.tries[0].criteria, b.reason, b.status) == (judged, "no answer", "failed")
    assert b.tries[1].exchanges[0].elapsed == 2.0


def test_the_visits_of_a_loop_are_several() -> None:
    assert [each.path for each in account(journal(Step("a"), Step("b"), Step("a")))] == [("a",), ("b",), ("a",)]


def test_a_step_that_did_not_end_has_no_status() -> None:
    started = StepStarted(("a",), 1, "GET /a")
    (visit,) = account(told(journal(), started, RequestSent(("a",), Request("GET", "https://a.example/"))))
    assert (visit.status, visit.seconds, visit.tries[0].answer) == ("", 1.0, "no answer")


def test_a_step_that_was_skipped_has_no_try() -> None:
    (visit,) = account(told(journal(), StepEnded(("a",), Status.SKIPPED)))
    assert (visit.status, visit.tries) == ("skipped", ())


def test_credentials_are_told_without_their_times() -> None:
    fetched = TokenFetched(("a",), "api", "oauth", "client_credentials", ("read",), 60.0, 0.3)
    failed = TokenFailed(("a",), "api", "oauth", "password", (), Failed(FailureKind.AUTHORIZATION, "no"))
    (visit,) = account(told(journal(), StepStarted(("a",), 1, "GET /a"), fetched, failed))
    assert visit.tries[0].tokens == (
        "'oauth' of 'api' (client_credentials, read) fetched",
        "'oauth' of 'api' (password) failed: authorization: no",
    )


def test_requests_of_a_recorded_run_have_stand_ins_for_their_secrets(tmp_path: Path) -> None:
    found = recorded(tmp_path)
    sent = [each.request for visit in account(found) for tried in visit.tries for each in tried.exchanges]
    assert sent == [entry.intent.request for entry in found.entries if entry.intent.request]
    assert "arazzoStandIn" in repr([each.headers for each in sent])
