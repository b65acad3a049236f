from dataclasses import replace

import pytest

from arazzo_runner.journal.comparison.record import Exchange, StepPair, Try, TryPair
from arazzo_runner.reports.comparison import words
from tests.journal.comparison.journals import request
from tests.reports.comparison.pairs import COMPARISONS, DIFFERENT, STAND_IN


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("same", "the runs are the same: 3 steps"),
        ("empty", "the runs differ: 1 difference, no step"),
        ("many", "the runs differ: 60 differences, 31 steps (30 changed, 1 only right)"),
        ("different", "the runs differ: 7 differences, 4 steps (1 same, 1 changed, 1 only left, 1 only right)"),
    ],
)
def test_what_a_comparison_came_to(name: str, wanted: str) -> None:
    assert words.summary(COMPARISONS[name]) == wanted


@pytest.mark.parametrize(
    ("left", "right", "wanted"),
    [
        (Try(1), Try(1), "try 1"),
        (Try(3), Try(2), "try 3 (left), try 2 (right)"),
        (Try(1), None, "try 1, only left"),
        (None, Try(2), "try 2, only right"),
    ],
)
def test_the_name_of_two_tries(left: Try | None, right: Try | None, wanted: str) -> None:
    assert words.try_title(TryPair(left, right)) == wanted


def test_how_the_tries_were_answered() -> None:
    changed, new = DIFFERENT.steps[1], DIFFERENT.steps[2]
    assert (words.label(changed), words.answers(changed)) == ("get", "503 200 -> 200")
    assert (words.label(new), words.answers(new)) == ("new/inner", "reset")
    assert words.target(StepPair(changed.left, replace(changed.left or changed.right, target="GET /b"))) == (  # type: ignore[type-var]  # one is there
        "GET /a -> GET /b"
    )


def test_what_was_sent_shows_no_stand_in() -> None:
    sent = Exchange(request(url=f"https://a.example/?key={STAND_IN.format('0' * 16)}"))
    ((told, came),) = words.exchanges(Try(1, (sent,)))
    assert (told, came) == ("GET https://a.example/?key=[redacted]", "no answer is recorded after 0 ms")


def test_what_is_worth_knowing() -> None:
    assert list(words.remarks(DIFFERENT)) == [
        "recorded by different versions: 1 (left), 2 (right)",
        "not compared: 1 place with secrets (left.ndjson.secrets and right.ndjson.secrets not there)",
    ]


@pytest.mark.parametrize(
    ("made", "wanted"),
    [(1e9, "2001-09-09 01:46:40 UTC"), (0.0, "on a simulated clock"), (1e300, "at an unknown time")],
)
def test_when_a_run_was_begun(made: float, wanted: str) -> None:
    assert words.moment(replace(DIFFERENT.left, made=made)) == wanted
