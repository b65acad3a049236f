"""Cyclic garbage collection, held back while a document becomes objects.

Thousands of new objects make the collector walk them again and again, which costs more than half of the time of
reading a big document, and none of them is garbage.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Stop the collector for a while; it runs again afterwards if it ran before."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
