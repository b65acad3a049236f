"""The results of rows that were written before, to go on where they end.

A line may be cut, where the disk was full or the process was killed: its row is begun anew. So is a row whose run did
not end, and one that was refused, for nothing was sent. All others are done, whatever came of them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from arazzo_runner.cli.each.records import MAX_ROW
from arazzo_runner.cli.files import meant
from arazzo_runner.errors import UsageError
from arazzo_runner.reports.each.line import DONE, STATUSES

_OURS: Final = b'{"schemaVersion"'
_NONE: Final = "name the file that an earlier 'arazzo run --each' wrote its results to"


@dataclass(slots=True)
class Earlier:
    """What is known of earlier rows: the fingerprint of each that is done, and how many had which status.

    `end` is where the last whole line ends; what comes behind it was cut.
    """

    done: dict[int, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    cut_lines: int = 0
    end: int = 0
    size: int = 0

    def check(self, number: int, fingerprint: str, place: str) -> bool:
        """Tell whether a row is done.

        Raises:
            UsageError: another row had its number.
        """
        known = self.done.get(number)
        if known is None or known == fingerprint:
            return known is not None
        message = f"row {number} ({place}) is another one than the row {number} that is done"
        raise UsageError(f"--resume: {message}", "the rows must be those of the earlier run, in the same order")


def read_earlier(where: str) -> Earlier:
    """Read a file of results.

    Raises:
        UsageError: it can't be read, or holds something else.
    """
    earlier = Earlier()
    try:
        with Path(where).open("rb") as stream:
            for number, line in enumerate(iter(lambda: stream.readline(MAX_ROW), b""), 1):
                earlier.size += len(line)
                _take(earlier, line, f"{where}:{number}")
    except (OSError, ValueError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else "no file can have that name"
        raise UsageError(f"--resume: '{where}' can't be read: {reason}", meant(where)) from None
    if not earlier.size:
        hint = f"if the shell has emptied it (> {where}), it is lost; run without --resume to do all rows"
        raise UsageError(f"--resume: '{where}' is empty, so there is nothing to go on from", hint)
    return earlier


def _take(earlier: Earlier, line: bytes, place: str) -> None:
    if not line.strip():
        return
    if not line.endswith(b"\n"):
        earlier.cut_lines += 1
        return
    try:
        result: Any = json.loads(line)
    except (ValueError, RecursionError):
        if not line.startswith(_OURS):
            raise UsageError(f"--resume: {place}: this is no result of a row", _NONE) from None
        earlier.cut_lines += 1
        return
    row, print_, status = (result.get(name) if isinstance(result, dict) else None for name in _NAMES)
    if not isinstance(row, int) or not isinstance(print_, str) or status not in STATUSES:
        raise UsageError(f"--resume: {place}: this is no result of a row", _NONE)
    earlier.end = earlier.size
    if status in DONE and row not in earlier.done:
        earlier.done[row] = print_
        earlier.counts[status] = earlier.counts.get(status, 0) + 1


_NAMES: Final = ("row", "fingerprint", "status")
