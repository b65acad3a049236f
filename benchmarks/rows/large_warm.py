"""One step on an API description of 10 MB of YAML that was read before, whole process."""

from __future__ import annotations

from typing import Final

from benchmarks.row import Row
from benchmarks.rows.large_cold import warm

ROW: Final = Row(
    "large-warm",
    "1 step on a description of 10 MB of YAML, warm (cache), whole process",
    "the same step with a description of 10 kB",
    1.3,
    warm(1),
)
