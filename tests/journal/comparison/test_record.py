import pytest

from arazzo_runner.engine.outcomes import Failed, FailureKind
from arazzo_runner.journal.comparison.record import (
    Activation,
    Difference,
    Exchange,
    Found,
    Kind,
    StepPair,
    Try,
    TryPair,
)
from tests.journal.comparison.journals import answer, request

STEP = Activation(("a",), "GET /a", (Try(1),))
KNOWN, HIDDEN = Found((Difference("p", "x", Kind.CHANGED, 1, 2),)), Found((Difference("p", "x", Kind.UNKNOWN),))


@pytest.mark.parametrize(
    ("pair", "state"),
    [
        (StepPair(STEP, None), "left"),
        (StepPair(None, STEP), "right"),
        (StepPair(STEP, STEP), "same"),
        (StepPair(STEP, STEP, (), KNOWN), "changed"),
        (StepPair(STEP, STEP, (), HIDDEN), "same"),
        (StepPair(STEP, STEP, (TryPair(Try(1), Try(1), KNOWN),)), "changed"),
        (StepPair(STEP, STEP, (TryPair(Try(1), None),)), "changed"),
        (StepPair(STEP, STEP, (TryPair(Try(1), Try(1), HIDDEN),)), "same"),
    ],
)
def test_the_state_of_a_step(pair: StepPair, state: str) -> None:
    assert (pair.state, pair.path) == (state, ("a",))


@pytest.mark.parametrize(
    ("exchanges", "wanted"),
    [
        ((), ""),
        ((Exchange(request()),), "no answer"),
        ((Exchange(request(), answer(302)), Exchange(request(), answer(200))), "200"),
        ((Exchange(request(), failure=Failed(FailureKind.DNS, "no")),), "dns"),
    ],
)
def test_how_a_try_was_answered(exchanges: tuple[Exchange, ...], wanted: str) -> None:
    assert Try(1, exchanges).answer == wanted


def test_the_sides_of_a_kind() -> None:
    assert [each.mirrored for each in Kind] == [Kind.CHANGED, Kind.RIGHT, Kind.LEFT, Kind.SECRET, Kind.UNKNOWN]
