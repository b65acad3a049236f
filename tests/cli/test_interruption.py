import signal
import threading
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from arazzo_runner.cli import interruption
from arazzo_runner.cli.interruption import GRACE, one_interrupt


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """What time it is; and the handler of the process as it was."""
    now = [100.0]
    monkeypatch.setattr(interruption, "time", SimpleNamespace(monotonic=lambda: now[0]))
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield now
    signal.signal(signal.SIGINT, before)


def press() -> bool:
    """Press Ctrl-C, and tell whether that broke anything off."""
    try:
        signal.raise_signal(signal.SIGINT)
    except KeyboardInterrupt:
        return True
    return False


def test_presses_that_follow_at_once_change_nothing(clock: list[float]) -> None:
    with one_interrupt():
        assert press()
        clock[0] += GRACE
        assert not press()
        assert not press()
        clock[0] += 0.1
        assert press()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.usefixtures("clock")
def test_a_process_that_ends_is_not_disturbed_any_more() -> None:
    with one_interrupt(last=True):
        assert press()
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


@pytest.mark.usefixtures("clock")
def test_without_a_press_all_is_as_it_was() -> None:
    with one_interrupt(last=True):
        pass
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.usefixtures("clock")
def test_a_handler_of_the_caller_stays() -> None:
    def own(number: int, frame: object) -> None:
        """Do nothing."""

    signal.signal(signal.SIGINT, own)
    with one_interrupt():
        assert signal.getsignal(signal.SIGINT) is own
    assert signal.getsignal(signal.SIGINT) is own


@pytest.mark.usefixtures("clock")
def test_another_thread_changes_nothing() -> None:
    seen: list[object] = []

    def look() -> None:
        with one_interrupt():
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [signal.default_int_handler]
