"""Requests to `arazzo mock` that are each another one, so that each answer is invented."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Final

from benchmarks.row import Contest, Row, Size
from benchmarks.rows.validate_reference import FLOW
from benchmarks.serving import asking, bare, mocked, post


def _request(number: int) -> bytes:
    return post(f"/api/hubs/hub{number}/:generateToken?api-version=2024-01-01")


@contextmanager
def _open(size: Size) -> Iterator[Contest]:
    amount = 1_000 if size is Size.FULL else 1
    numbers = count()
    with mocked(FLOW) as mock, bare(asking(mock, lambda: [_request(next(numbers))])()) as floor:

        def asked() -> list[bytes]:
            return [_request(next(numbers)) for _ in range(amount)]

        yield Contest(asking(mock, asked), asking(floor, asked))


ROW: Final = Row(
    "mock-server-new",
    "1,000 requests to `arazzo mock`, each another one",
    "a bare application on the same server",
    2.0,
    _open,
    "each answer is made from the schema of its operation, judged against it, and remembered",
)
