"""The most memory that `arazzo run` of the reference workflow takes, against what is allowed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from benchmarks.answering import answering
from benchmarks.memory import peak
from benchmarks.row import BYTES, Contest, Row, Size
from benchmarks.rows.run_reference import command

ALLOWED: Final = 60 * 2**20


@contextmanager
def _open(size: Size) -> Iterator[Contest]:
    with answering() as url:
        yield Contest(peak(*command(url)), lambda: ALLOWED)


ROW: Final = Row(
    "run-reference-memory",
    "the most memory of `arazzo run` of the reference workflow",
    "60 MiB",
    1.0,
    _open,
    unit=BYTES,
    turns=3,
)
