"""`arazzo --version`, as a whole process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from benchmarks.process import act
from benchmarks.row import Contest, Row, Size


@contextmanager
def _open(size: Size) -> Iterator[Contest]:
    repeat = 5 if size is Size.FULL else 1
    yield Contest(act("-m", "arazzo_runner", "--version"), act("-c", "pass"), repeat)


ROW: Final = Row("version", "`arazzo --version`, whole process", "`python -c pass`", 2.0, _open)
