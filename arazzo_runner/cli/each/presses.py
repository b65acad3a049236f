"""Ctrl-C while many rows are run: the first press lets the running ones end, the second ends them where they stand."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

GRACE: Final = 0.3
"""Seconds within which presses are one: a shell and its parent may both pass one on."""


@contextmanager
def presses(first: Callable[[], None], second: Callable[[], None]) -> Iterator[None]:
    """Call `first` at the first press, `second` at the next one, and raise KeyboardInterrupt at the third.

    Both are called between two instructions of the main thread. Elsewhere nothing is changed.
    """
    try:
        before = signal.getsignal(signal.SIGINT)
        taken: list[float] = []

        def press(number: int, frame: object) -> None:
            if taken and time.monotonic() - taken[-1] < GRACE:
                return
            taken.append(time.monotonic())
            match len(taken):
                case 1:
                    first()
                case 2:
                    second()
                case _:
                    raise KeyboardInterrupt

        signal.signal(signal.SIGINT, press)
    except ValueError:  # another thread than the main one
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before if before is not None else signal.default_int_handler)
