"""Moments as reports for programs write them: UTC, ISO 8601."""

from __future__ import annotations

from datetime import UTC, datetime


def moment_text(wall: float) -> str:
    """Return seconds since the Unix epoch as ``2023-11-14T22:13:20.000Z``; the epoch where no date is so far away."""
    try:
        moment = datetime.fromtimestamp(wall, UTC)
    except (OverflowError, ValueError, OSError):
        moment = datetime.fromtimestamp(0, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
