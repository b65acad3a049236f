"""Ctrl-C: the first press ends the command in good order; presses that follow at once are the same wish.

Without this, a second press would break off what the first one set going: the report of what was done, the terminal
given back as it was, the exit code. One that comes later breaks off even that.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

GRACE: Final = 2.0
"""Seconds for which further presses change nothing."""


@contextmanager
def one_interrupt(last: bool = False) -> Iterator[None]:
    """Raise KeyboardInterrupt once for presses within the grace.

    `last` tells that the process ends with this: presses are then ignored to its very end. Where the caller has a
    handler of its own, or this is not the main thread, nothing is changed.
    """
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler or not _is_ours():
        yield
        return
    presses: list[float] = []

    def press(number: int, frame: object) -> None:
        presses.append(time.monotonic())
        if len(presses) == 1 or presses[-1] - presses[0] > GRACE:
            raise KeyboardInterrupt

    signal.signal(signal.SIGINT, press)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN if last and presses else signal.default_int_handler)


def _is_ours() -> bool:
    """Tell whether this thread may set a handler: the main thread alone may."""
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    except ValueError:
        return False
    return True
