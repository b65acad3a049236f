from __future__ import annotations

import time

from arazzo_runner.drivers.clock import RealTime, SimulatedTime
from arazzo_runner.engine.outcomes import Clock


def test_simulated_time_moves_by_waits_alone() -> None:
    clock = SimulatedTime(wall=100.0)
    assert clock.read() == clock.read() == Clock(100.0, 0.0)
    clock.wait(3600)
    assert clock.read() == Clock(3700.0, 3600.0)


def test_real_time_reads_the_clocks_of_the_machine() -> None:
    before = time.time(), time.monotonic()
    read = RealTime().read()
    assert before[0] <= read.wall <= time.time()
    assert before[1] <= read.monotonic <= time.monotonic()
