"""Steps that each ask with what the one before was answered, checks on, against a loop by hand."""

from __future__ import annotations

from typing import Final

from benchmarks.row import Row
from benchmarks.rows.steps import STEPS, opening

ROW: Final = Row(
    "steps-checked",
    f"{STEPS} chained GETs, in process, checks on",
    "a loop by hand with sync httpx2",
    1.6,
    opening("all"),
    "as `steps`, and some 100 calls more to judge the request and the answer",
)
