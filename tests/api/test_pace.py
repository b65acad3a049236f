import pytest

from arazzo_runner.api.pace import MAX_RATE, Pace
from arazzo_runner.errors import UsageError


@pytest.mark.parametrize("rate", [0, -1, float("nan"), float("inf"), MAX_RATE + 1, "5"])
def test_what_is_no_rate_is_refused(rate: float) -> None:
    with pytest.raises(UsageError, match="no number of runs a second"):
        Pace(rate)


def test_without_a_rate_nobody_waits() -> None:
    pace = Pace(None)
    for _ in range(3):
        assert pace.left() == 0
        pace.start()


def test_runs_start_one_by_one() -> None:
    now = [100.0]
    pace = Pace(4, lambda: now[0])
    assert pace.left() == 0
    pace.start()
    assert pace.left() == 0.25
    now[0] += 0.1
    assert pace.left() == pytest.approx(0.15)
    now[0] += 0.15
    assert pace.left() == pytest.approx(0)


def test_a_pause_is_not_made_up_for() -> None:
    now = [0.0]
    pace = Pace(10, lambda: now[0])
    pace.start()
    now[0] = 60.0
    started = 0
    while pace.left() == 0 and started < 100:
        pace.start()
        started += 1
    assert started == 1
