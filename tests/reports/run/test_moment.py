from __future__ import annotations

import math

import pytest

from arazzo_runner.reports.run.moment import moment_text


@pytest.mark.parametrize(
    ("wall", "text"),
    [
        (0, "1970-01-01T00:00:00.000Z"),
        (1_700_000_000.1239, "2023-11-14T22:13:20.123Z"),
        (1e30, "1970-01-01T00:00:00.000Z"),
        (-1e30, "1970-01-01T00:00:00.000Z"),
        (math.nan, "1970-01-01T00:00:00.000Z"),
    ],
)
def test_moments(wall: float, text: str) -> None:
    assert moment_text(wall) == text
