from collections.abc import Sequence

from arazzo_runner.engine.events import Event, RunStarted, StepStarted
from arazzo_runner.reports.run.html.history import History, Item
from arazzo_runner.reports.run.html.limits import MAX_TRIES
from arazzo_runner.reports.run.html.markup import Markup, element, row
from arazzo_runner.reports.run.html.room import Room
from arazzo_runner.reports.run.html.tries import Tries
from tests.reports.run.html.rendered import history, history_of, told
from tests.reports.run.tape import CHECKOUT
from tests.reports.tape import NESTED, RETRIED


def inside(items: Sequence[Item]) -> Markup:
    return element("p", f"[{len(items)} inside]")


def parts(run: History, name: str) -> str:
    step = next(each for each in run.activations if each.name == name)
    return told(row(*Tries(Room(), 4, inside).parts(step)))


def test_one_try_needs_no_heading() -> None:
    shown = parts(history_of(RETRIED), "generateToken")
    assert "Try" not in shown
    assert shown.startswith("RequestPOST https://example.webpubsub.azure.com")
    assert shown.endswith("Criteria✓ holds$statusCode == 200$statusCode was 200")


def test_several_tries_are_told_one_by_one_with_why_and_how_long_was_waited() -> None:
    shown = parts(history_of(RETRIED), "broadcast")
    assert shown.startswith("Try 1 of 2503 Service UnavailableRequestPOST")
    assert (
        "Then retry, by the action againWaited 2 s before try 2 of at most 2Try 2 of 2503 Service Unavailable" in shown
    )


def test_a_called_workflow_is_told_by_its_steps() -> None:
    assert "Workflow login failed[1 inside]" in parts(history_of(NESTED), "buy")


def test_tokens_and_redirects_are_told_in_their_order() -> None:
    shown = parts(history_of(CHECKOUT), "login")
    assert shown.index("Token for") < shown.index("307 Temporary Redirect") < shown.index("Request, after 1 redirect")


def test_a_try_without_an_answer_says_why() -> None:
    assert "Try 2 of 3no answer (reset)" in parts(history_of(CHECKOUT), "find")


def test_very_many_tries_are_cut_in_the_middle() -> None:
    tries: list[tuple[float, Event]] = [(0, StepStarted(("a",), number, "")) for number in range(1, MAX_TRIES + 21)]
    shown = parts(history((0, RunStarted("", "w", ())), *tries), "a")
    assert "Try 50 of 12020 more tries left out.Try 71 of 120" in shown
