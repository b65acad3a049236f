"""How long to wait before a step is tried again (Arazzo 1.1, Failure Action Object: retryAfter; RTY-06, RTY-08)."""

from __future__ import annotations

from arazzo_runner.engine.limits import LONGEST_WAIT
from arazzo_runner.engine.outcomes import Clock
from arazzo_runner.expressions.scope import Received
from arazzo_runner.program.model import BoundAction

MAX_DATE_LENGTH = 100
"""Characters of a `Retry-After` value that are looked at."""


def delay(action: BoundAction, response: Received | None, clock: Clock, longest: float) -> float:
    """Return the seconds to wait: what the answer's `Retry-After` says, at most `longest`; else `retryAfter`."""
    asked = _retry_after(response, clock)
    return min(max(0.0, action.retry_after), LONGEST_WAIT) if asked is None else min(max(0.0, asked), longest)


def _retry_after(response: Received | None, clock: Clock) -> float | None:
    """Read the header as seconds or as a date (RFC 9110, section 10.2.3); None where there is none to read."""
    if response is None:
        return None
    text = next((value.strip() for name, value in response.headers if name.lower() == "retry-after"), "")
    if not text or len(text) > MAX_DATE_LENGTH:
        return None
    if text.isascii() and text.isdigit():
        return float(text)
    return _seconds_until(text, clock)


def _seconds_until(date: str, clock: Clock) -> float | None:
    from datetime import UTC  # rarely needed, and not cheap to import
    from email.utils import parsedate_to_datetime

    try:
        found = parsedate_to_datetime(date)
        # A date without a zone is in UTC (RFC 9110, section 5.6.7), whatever the machine's own zone is.
        return (found.replace(tzinfo=UTC) if found.tzinfo is None else found).timestamp() - clock.wall
    except (ValueError, OverflowError):
        return None
