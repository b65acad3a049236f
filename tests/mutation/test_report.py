"""A report names each survivor with its change, and counts the rest."""

import json

import pytest

from tests.mutation.report import Line, Report, both
from tests.mutation.running import State, Verdict

SEEN = Line("engine", "engine/run.py:1", "word", "-a\n+b", Verdict(State.NOTICED, ("retry/wait",), 0.5))
HUNG = Line("engine", "engine/run.py:2", "word", "-a\n+b", Verdict(State.HUNG))
KEPT = Line("criteria", "criteria/regex.py:3", "number", "-1\n+2", Verdict(State.SURVIVED))
COLD = Line("criteria", "criteria/regex.py:4", "number", "-3\n+4", Verdict(State.UNREACHED))
REPORT = Report({"seed": 7}, (SEEN, HUNG, KEPT, COLD), ("topic/red",))


def test_survivors_are_what_nothing_noticed() -> None:
    assert REPORT.survivors == [KEPT, COLD]
    assert REPORT.share == 0.5
    assert Report({}, ()).share == 1.0


def test_the_text_shows_each_survivor_and_the_figures() -> None:
    text = REPORT.text()
    assert "survived criteria/regex.py:3 number\n    -1\n    +2\n" in text
    assert "unreached criteria/regex.py:4" in text
    assert "engine/run.py" not in text
    assert "left out, for it fails without a fault: topic/red" in text
    assert "engine: 1 hung, 1 noticed\ncriteria: 1 survived, 1 unreached\n2 of 4 faults were noticed (50.0%)." in text


def test_the_json_holds_every_fault() -> None:
    data = json.loads(REPORT.json())
    assert data["seed"] == 7
    assert data["rooms"] == {"engine": {"hung": 1, "noticed": 1}, "criteria": {"survived": 1, "unreached": 1}}
    assert [fault["state"] for fault in data["faults"]] == ["noticed", "hung", "survived", "unreached"]
    assert data["faults"][0]["by"] == ["retry/wait"]


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        (State.SURVIVED, State.NOTICED, State.NOTICED),
        (State.UNREACHED, State.HUNG, State.HUNG),
        (State.SURVIVED, State.UNREACHED, State.SURVIVED),
        (State.UNREACHED, State.SURVIVED, State.SURVIVED),
        (State.UNREACHED, State.UNREACHED, State.UNREACHED),
    ],
)
def test_two_judges_notice_what_one_of_them_does(first: State, second: State, state: State) -> None:
    assert both(Verdict(first), Verdict(second)).state is state
