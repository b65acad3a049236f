import signal
import threading
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from arazzo_runner.cli.each import presses as module
from arazzo_runner.cli.each.presses import GRACE, presses


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    now = [100.0]
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: now[0]))
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield now
    signal.signal(signal.SIGINT, before)


def test_the_first_press_and_the_second_differ_and_the_third_breaks_off(clock: list[float]) -> None:
    told: list[str] = []
    with presses(lambda: told.append("first"), lambda: told.append("second")):
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)  # at once: the same press
        assert told == ["first"]
        clock[0] += 2 * GRACE
        signal.raise_signal(signal.SIGINT)
        assert told == ["first", "second"]
        clock[0] += 2 * GRACE
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_another_thread_takes_no_presses() -> None:
    done: list[bool] = []

    def work() -> None:
        with presses(lambda: None, lambda: None):
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]
