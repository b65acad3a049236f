"""What came of a row, as one line of JSON (NDJSON), described by ``row.schema.json`` beside this.

Outputs are shown as `arazzo run --json` shows them: secrets are hidden, unless the caller asked to see them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from arazzo_runner.reports.plain import plain
from arazzo_runner.values import Value

SCHEMA_VERSION: Final = "1"

REFUSED, INTERRUPTED = "refused", "interrupted"
DONE: Final = frozenset(("succeeded", "failed", "stopped"))
"""The statuses of rows whose runs have ended."""
STATUSES: Final = DONE | {REFUSED, INTERRUPTED}


@dataclass(frozen=True, slots=True)
class RowLine:
    """What is told of a row: its number (from 1), the line of its file on which it begins, its fingerprint.

    `outputs` and `reason` hold nothing secret.
    """

    row: int
    line: int
    fingerprint: str
    status: str
    outputs: Mapping[str, Value] = field(default_factory=dict)
    reason: str = ""
    limit: str = ""
    requests: int = 0
    elapsed: float = 0.0

    @property
    def text(self) -> str:
        """The line, with its line break, in ASCII."""
        members: dict[str, Value] = {
            "schemaVersion": SCHEMA_VERSION,
            "row": self.row,
            "line": self.line,
            "fingerprint": self.fingerprint,
            "status": self.status,
            "outputs": dict(self.outputs),
            "reason": self.reason or None,
            "limit": self.limit or None,
            "requests": self.requests,
            "elapsed": round(self.elapsed, 6),
        }
        return json.dumps(plain(members), allow_nan=False) + "\n"
