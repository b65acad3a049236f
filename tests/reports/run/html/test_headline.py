from dataclasses import replace

import pytest

from arazzo_runner.engine.events import RunEnded, RunStarted
from arazzo_runner.engine.outcomes import Clock
from arazzo_runner.engine.result import RunResult, Status
from arazzo_runner.engine.settings import NO_RUN_ID
from arazzo_runner.reports.run.html.headline import ending, headline
from arazzo_runner.reports.run.html.selection import culprits
from tests.reports.run.html.rendered import fragment, history, history_of, told
from tests.reports.run.tape import CHECKOUT
from tests.reports.tape import BROKEN_OFF, NESTED, RETRIED, STOPPED, SUCCESS, Tape


def head(events: Tape) -> str:
    run = history_of(events)
    return headline(run, culprits(run))


@pytest.mark.parametrize(
    ("events", "word", "says"),
    [
        (SUCCESS, "Succeeded", "Arazzo runtoken-then-broadcast✓ SucceededStarted2023-11-14 22:13:20 UTCTook0.43 sSteps2Requests2Warnings2 warningsRunr1"),
        (RETRIED, "Failed", "step 'broadcast': criterion '$statusCode == 202' does not hold: $statusCode was 503Go to step broadcast"),
        (STOPPED, "Stopped", "The limit max_steps was reached: it counts every try of a step"),
        (STOPPED, "Stopped", "Handed over to workflow rest; the outputs are its outputs."),
        (BROKEN_OFF, "Did not end", "The run was broken off before its end.Go to step broadcast"),
        (NESTED[:14], "Did not end", "Go to step buy \u203a open"),
        (CHECKOUT, "Failed", "Token requests2"),
    ],
)  # fmt: skip
def test_the_head_tells_how_the_run_ended_and_why(events: Tape, word: str, says: str) -> None:
    assert ending(history_of(events)) == word
    assert says in told(head(events))


def test_the_reason_leads_to_the_step() -> None:
    links = [each.attrib["href"] for each in fragment(head(RETRIED)).iter("a")]
    assert links == ["#s2", "#warnings"]


@pytest.mark.parametrize(
    ("wall", "expected"),
    [(0.0, "on a simulated clock"), (1e30, "unknown"), (1e9, "2001-09-09 01:46:40 UTC")],
)
def test_when_it_began(wall: float, expected: str) -> None:
    run = history((0, RunStarted("", "w", ())), (0, RunEnded(RunResult(Status.SUCCEEDED, "w"))))
    run.clock = replace(run.clock, wall=wall)
    assert run.clock == Clock(wall, 100)
    assert f"Started{expected}Took" in told(headline(run, ()))
    assert "Warningsnone" in told(headline(run, ()))


def test_an_id_that_tells_a_run_from_no_other_is_left_out() -> None:
    run = history((0, RunStarted(NO_RUN_ID, "w", ())), (0, RunEnded(RunResult(Status.SUCCEEDED, "w"))))
    assert told(headline(run, ())).endswith("Warningsnone")
