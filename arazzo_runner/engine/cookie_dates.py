"""Dates as servers write them in cookies: many forms, read by one lenient rule (RFC 6265, section 5.1.1)."""

from __future__ import annotations

import re
from typing import Final

LONGEST_DATE: Final = 200
"""Characters of a date that are looked at."""

_DELIMITER: Final = re.compile(r"[\x09\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+")
_TIME: Final = re.compile(r"(\d{1,2}):(\d{1,2}):(\d{1,2})(?!\d)", re.ASCII)
_DAY: Final = re.compile(r"(\d{1,2})(?!\d)", re.ASCII)
_YEAR: Final = re.compile(r"(\d{2,4})(?!\d)", re.ASCII)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def seconds_of(text: str) -> float | None:
    """Return a date in seconds since the Unix epoch; None where it is none."""
    time: re.Match[str] | None = None
    day = month = year = None
    for token in _DELIMITER.split(text[:LONGEST_DATE]):
        if time is None and (found := _TIME.match(token)):
            time = found
        elif day is None and (found := _DAY.match(token)):
            day = int(found[1])
        elif month is None and token[:3].lower() in _MONTHS:
            month = _MONTHS.index(token[:3].lower()) + 1
        elif year is None and (found := _YEAR.match(token)):
            year = _whole_year(int(found[1]))
    if time is None or day is None or month is None or year is None or year < 1601:
        return None
    from datetime import UTC, datetime  # rarely needed, and not cheap to import

    try:
        return datetime(year, month, day, int(time[1]), int(time[2]), int(time[3]), tzinfo=UTC).timestamp()
    except (ValueError, OverflowError):
        return None


def _whole_year(year: int) -> int:
    if 70 <= year <= 99:
        return year + 1900
    return year + 2000 if year <= 69 else year
