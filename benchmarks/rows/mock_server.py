"""A request to `arazzo mock` that comes again and again, the same to the byte."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from benchmarks.row import Contest, Row, Size
from benchmarks.rows.validate_reference import FLOW
from benchmarks.serving import asking, bare, mocked, post

REQUEST: Final = post("/api/hubs/chat/:generateToken?api-version=2024-01-01")


@contextmanager
def _open(size: Size) -> Iterator[Contest]:
    requests = [REQUEST] * (5_000 if size is Size.FULL else 1)
    with mocked(FLOW) as mock, bare(asking(mock, lambda: [REQUEST])()) as floor:
        yield Contest(asking(mock, lambda: requests), asking(floor, lambda: requests))


ROW: Final = Row(
    "mock-server",
    "5,000 requests to `arazzo mock`, all the same",
    "a bare application on the same server",
    2.0,
    _open,
)
