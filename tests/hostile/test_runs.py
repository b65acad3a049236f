"""Whatever the workflows and the answers are, a run comes to its end within its limits, and again in the same way."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arazzo_runner.engine.effects import SendRequest, Sleep
from arazzo_runner.engine.events import RunEnded
from arazzo_runner.engine.limits import LONGEST_WAIT, Limits
from arazzo_runner.engine.outcomes import Failed, Response
from arazzo_runner.engine.result import Status
from tests.engine.programs import program_of
from tests.hostile.random_programs import ANSWERS, LIMITS, documents, drive, driven_again


def ends_within_its_limits(text: str, answers: list[Response | Failed], limits: Limits, chance: Random) -> None:
    program = program_of(text, version="1.1.0")
    driven = drive(program, answers, limits, chance)
    requests = [effect for effect in driven.effects if isinstance(effect, SendRequest)]
    waits = [effect.seconds for effect in driven.effects if isinstance(effect, Sleep)]
    assert driven.result.requests == len(requests) <= limits.max_steps
    assert len(driven.effects) <= 3 * limits.max_steps, "a try is asked about, sent and waited for at most"
    assert all(0 < seconds <= LONGEST_WAIT for seconds in waits)
    assert all(effect.deadline is None or 0 <= effect.deadline <= limits.request_timeout for effect in requests)
    assert driven.result.status in (Status.SUCCEEDED, Status.FAILED, Status.STOPPED)
    assert (driven.result.status is Status.STOPPED) == (
        driven.result.limit in ("max_steps", "max_depth", "run_timeout")
    )
    assert (driven.result.status is Status.SUCCEEDED) == (driven.result.reason == "")
    assert [type(event) for event in driven.events].count(RunEnded) == 1
    assert isinstance(driven.events[-1], RunEnded)
    effects, events = driven_again(program, driven, limits)
    assert (effects, events) == (driven.effects, driven.events)


decide = given(documents(), st.lists(ANSWERS, min_size=1, max_size=8), LIMITS, st.randoms(use_true_random=False))


def test_any_answers_in_any_order_bring_a_run_to_its_end() -> None:
    settings(max_examples=40, suppress_health_check=list(HealthCheck))(decide(ends_within_its_limits))()


@pytest.mark.long
def test_any_answers_in_any_order_bring_a_run_to_its_end_in_a_long_search() -> None:
    settings(max_examples=1_500, suppress_health_check=list(HealthCheck))(decide(ends_within_its_limits))()
