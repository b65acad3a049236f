"""The most memory of one step on an API description of 10 MB of YAML that was read before, against what is allowed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks import large
from benchmarks.answering import answering
from benchmarks.memory import peak
from benchmarks.process import act
from benchmarks.row import BYTES, Contest, Row, Size
from benchmarks.rows.large_cold import cached, command

ALLOWED: Final = 120 * 2**20


@contextmanager
def _open(size: Size) -> Iterator[Contest]:
    with TemporaryDirectory() as folder, cached() as cache, answering() as url:
        flow = large.write(Path(folder), 1, large.OPERATIONS if size is Size.FULL else 3, called=1)
        act(*command(flow, url), environ=cache)()
        yield Contest(peak(*command(flow, url), environ=cache), lambda: ALLOWED)


ROW: Final = Row(
    "large-warm-memory",
    "the most memory of 1 step on a description of 10 MB of YAML, warm (cache)",
    "120 MiB",
    1.0,
    _open,
    unit=BYTES,
    turns=3,
)
