"""The journal of a run: what was wanted, what came of it, what happened: lines of JSON that outlive the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arazzo_runner.doors import door

if TYPE_CHECKING:
    from arazzo_runner.journal.reader import Entry, Journal, read
    from arazzo_runner.journal.records import Header, Intent
else:
    __getattr__ = door(
        __name__,
        {
            "Entry": "arazzo_runner.journal.reader",
            "Header": "arazzo_runner.journal.records",
            "Intent": "arazzo_runner.journal.records",
            "Journal": "arazzo_runner.journal.reader",
            "read": "arazzo_runner.journal.reader",
        },
    )

__all__ = ["Entry", "Header", "Intent", "Journal", "read"]
