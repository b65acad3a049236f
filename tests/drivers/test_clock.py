from __future__ import annotations

import asyncio
import time

import pytest

from arazzo_runner.drivers import clock
from arazzo_runner.drivers.clock import LONGEST_NAP, LoopTimepiece, RealTime, SimulatedTime, Timepiece
from arazzo_runner.engine.outcomes import Clock


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The naps that were taken; none takes time."""
    taken: list[float] = []

    async def sleep(seconds: float) -> None:
        taken.append(seconds)

    monkeypatch.setattr(clock.time, "sleep", taken.append)  # type: ignore[attr-defined]  # the module's own `time`
    monkeypatch.setattr(asyncio, "sleep", sleep)
    return taken


def test_real_time_reads_both_clocks_of_the_machine() -> None:
    before = Clock(time.time(), time.monotonic())
    now = RealTime().read()
    after = Clock(time.time(), time.monotonic())
    assert before.wall <= now.wall <= after.wall
    assert before.monotonic <= now.monotonic <= after.monotonic


@pytest.mark.parametrize(
    ("seconds", "taken"),
    [
        (0.0, [0.0]),
        (1.5, [1.5]),
        (-1.0, [0.0]),
        (LONGEST_NAP, [LONGEST_NAP]),
        (LONGEST_NAP * 2 + 5, [LONGEST_NAP, LONGEST_NAP, 5.0]),
    ],
)
def test_real_waits_sleep_at_most_a_day_at_a_time(naps: list[float], seconds: float, taken: list[float]) -> None:
    RealTime().wait(seconds)
    assert naps == taken


def test_a_real_pause_sleeps_in_the_loop(naps: list[float]) -> None:
    asyncio.run(RealTime().pause(3.5))
    asyncio.run(RealTime().pause(-1))
    assert naps == [3.5, 0.0]


def test_simulated_time_moves_by_waits_alone(naps: list[float]) -> None:
    simulated = SimulatedTime(1000.0)
    assert simulated.read() == simulated.read() == Clock(1000.0, 0.0)
    simulated.wait(60)
    asyncio.run(simulated.pause(3600))
    assert simulated.read() == Clock(4660.0, 3660.0)
    assert naps == []


def test_both_serve_every_driver() -> None:
    pieces: list[Timepiece] = [RealTime(), SimulatedTime()]
    in_loops: list[LoopTimepiece] = [RealTime(), SimulatedTime()]
    assert all(piece.read().wall >= 0 for piece in pieces)
    assert all(piece.read().wall >= 0 for piece in in_loops)
