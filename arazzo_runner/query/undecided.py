"""What a query gives where it can't be decided."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Undecided:
    """Why a query or a pattern gave no answer.

    `limit` is the name of the limit that was reached; it is empty where the data was of the wrong kind.
    """

    reason: str
    limit: str = ""

    @property
    def told(self) -> str:
        """The reason with the name of the limit, for reports."""
        return f"{self.reason} ({self.limit})" if self.limit else self.reason
