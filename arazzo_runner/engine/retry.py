"""How long to wait before a step is tried again (Arazzo 1.1, Failure Action Object: retryAfter; RTY-06, RTY-08)."""

from __future__ import annotations

from arazzo_runner.engine.outcomes import Clock
from arazzo_runner.expressions.scope import Received
from arazzo_runner.program.model import BoundAction

MAX_DATE_LENGTH = 100
"""Characters of a `Retry-After` value that are looked at."""


def delay(action: BoundAction, response: Received | None, clock: Clock, longest: float) -> float:
    """Return the seconds to wait: what the answer's `Retry-After` says, at most `longest`; else `retryAfter`."""
    asked = _retry_after(response, clock)
    return max(0.0, action.retry_after) if asked is None else min(max(0.0, asked), longest)


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
    from email.utils import parsedate_to_datetime  # rarely needed, and not cheap to import

    try:
        return parsedate_to_datetime(date).timestamp() - clock.wall
    except (ValueError, OverflowError):
        return None
