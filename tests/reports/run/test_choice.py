from __future__ import annotations

import pytest

from arazzo_runner.criteria.verdict import Operand
from arazzo_runner.engine.events import ActionChosen, Considered
from arazzo_runner.engine.result import Judged
from arazzo_runner.reports.page import ASCII, Look, plain_text
from arazzo_runner.reports.run.choice import MAX_PASSED_OVER, choice, choice_lines, not_chosen, passed_over
from arazzo_runner.values import Nothing

BUSY = Judged("$statusCode == 503", True, (Operand("$statusCode", 503), Operand("503", 503)))
NOT_GONE = Judged("$statusCode == 404", False, (Operand("$statusCode", 503),))
UNDECIDED = Judged("$response.body#/n > 1", False, (Operand("$response.body#/n", Nothing("no n")),), "no value")


@pytest.mark.parametrize(
    ("considered", "lines"),
    [
        ((), ["action 'a' was taken: goto s"]),
        ((Considered("a", "goto"),), ["action 'a' was taken: goto s"]),
        (
            (Considered("a", "goto", (BUSY, BUSY)),),
            [
                "action 'a' was taken: goto s, because $statusCode == 503 ($statusCode was 503) and "
                "$statusCode == 503 ($statusCode was 503)"
            ],
        ),
        (
            (
                Considered("r", "retry", used_up=True),
                Considered("b", "end", (BUSY, NOT_GONE)),
                Considered("c", "goto", (UNDECIDED,)),
                Considered("a", "goto"),
            ),
            [
                "action 'a' was taken: goto s",
                "action 'r' (retry) was passed over: it has no try left",
                "action 'b' (end) was passed over: not $statusCode == 404 ($statusCode was 503)",
                "action 'c' (goto) was passed over: not $response.body#/n > 1 ($response.body#/n was no value (no n)); "
                "it can't be decided: no value",
            ],
        ),
    ],
)
def test_why_an_action_was_taken(considered: tuple[Considered, ...], lines: list[str]) -> None:
    assert list(choice_lines(ActionChosen(("x",), "a", "goto", "s", considered), Look())) == lines


def test_a_report_that_follows_the_run_tells_it_aside() -> None:
    used_up = Considered("r", "retry", used_up=True)
    lines = [
        plain_text(line) for line in choice(ActionChosen(("x",), "a", "end", "", (Considered("a", "end"),)), Look())
    ]
    assert lines == ["    ↪ action 'a' was taken: end"]
    told = [plain_text(line) for line in not_chosen((used_up,), Look(marks=ASCII))]
    assert told == ["    = action 'r' (retry) was passed over: it has no try left"]


def test_of_many_the_first_are_told() -> None:
    told = list(passed_over([Considered("r", "retry", used_up=True)] * (MAX_PASSED_OVER + 3), Look()))
    assert len(told) == MAX_PASSED_OVER + 1
    assert told[-1] == "3 actions more were passed over"
