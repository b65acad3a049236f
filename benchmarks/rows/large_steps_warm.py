"""Many steps over as many operations of an API description of 10 MB that was read before, whole process."""

from __future__ import annotations

from typing import Final

from benchmarks.row import Row
from benchmarks.rows.large_cold import warm

ROW: Final = Row(
    "large-steps-warm",
    "200 steps over 200 operations of a description of 10 MB, warm (cache), whole process",
    "200 steps over a description of 10 kB",
    1.5,
    warm(200),
)
