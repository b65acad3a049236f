"""Cyclic garbage in a process that ends soon: nearly all that it loads lives to its end.

To walk a big description again and again in search of garbage takes longer than to read it. What few cycles a run
makes are still found while they are young, so that a polling loop does not grow.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

YOUNG: Final = 50_000
"""So many new objects are made before the young ones are looked at."""

OLD: Final = 1_000
"""So often the middle ones are looked at before the old ones are."""


@contextmanager
def seldom_collected(whole_process: bool) -> Iterator[None]:
    """Look for garbage seldom, and not at the end; nothing is changed where the process is not the command's own."""
    if not whole_process:
        yield
        return
    gc.set_threshold(YOUNG, 10, OLD)
    try:
        yield
    finally:
        gc.freeze()
