"""What many runs of the reference workflow leave in memory: after ten thousand against after one thousand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from benchmarks.answering import answering
from benchmarks.memory import weight
from benchmarks.row import BYTES, Contest, Row, Size
from benchmarks.rows.validate_reference import FLOW

_PROGRAM: Final = """
import sys
from arazzo_runner import Options, Runner
from benchmarks.rows.many_runs import AT_ONCE, inputs
flow, url, runs = sys.argv[1:]
with Runner(flow, options=Options(servers={"": url})) as runner:
    assert all(done.succeeded for done in runner.map(map(inputs, range(int(runs))), concurrency=AT_ONCE))
"""


@contextmanager
def _open(size: Size) -> Iterator[Contest]:
    more, fewer = (10_000, 1_000) if size is Size.FULL else (2, 1)
    with answering() as url:
        yield Contest(weight(_PROGRAM, str(FLOW), url, str(more)), weight(_PROGRAM, str(FLOW), url, str(fewer)))


ROW: Final = Row(
    "many-runs-memory",
    "memory after 10,000 runs of the reference workflow",
    "after 1,000",
    1.05,
    _open,
    "the memory of the process settles within some thousand runs: 1.00 to 1.06 were measured",
    unit=BYTES,
    turns=1,
)
