from __future__ import annotations

import pytest

from arazzo_runner.engine.outcomes import Clock
from arazzo_runner.engine.retry import MAX_DATE_LENGTH, delay
from arazzo_runner.expressions.scope import Received
from arazzo_runner.program.model import BoundAction

NOON = Clock(wall=784_111_777.0, monotonic=5.0)  # Sun, 06 Nov 1994 08:49:37 GMT, the example of RFC 9110


@pytest.mark.parametrize(
    ("header", "field", "seconds"),
    [
        pytest.param(None, 1.5, 1.5, id="RTY-06 the field, in seconds"),
        pytest.param("2", 30.0, 2.0, id="RTY-08 the header wins"),
        pytest.param("0", 30.0, 0.0, id="RTY-08 zero is an answer"),
        pytest.param("Sun, 06 Nov 1994 08:49:47 GMT", 30.0, 10.0, id="RTY-08 a date"),
        pytest.param("Sun, 06 Nov 1994 08:00:00 GMT", 30.0, 0.0, id="a date that has passed"),
        pytest.param("99999999", 1.0, 300.0, id="clamped"),
        pytest.param("Sun, 06 Nov 9994 08:49:47 GMT", 1.0, 300.0, id="a far date is clamped"),
        pytest.param(None, 900.0, 900.0, id="RTY-06 the document's own is never cut"),
        pytest.param("soon", 4.0, 4.0, id="no answer: the field"),
        pytest.param("-5", 4.0, 4.0, id="no number of seconds"),
        pytest.param("1" * (MAX_DATE_LENGTH + 1), 4.0, 4.0, id="too long to be looked at"),
        pytest.param("", 4.0, 4.0, id="empty"),
    ],
)
def test_delay(header: str | None, field: float, seconds: float) -> None:
    headers = () if header is None else (("retry-AFTER", header),)
    action = BoundAction("again", "retry", retry_after=field)
    assert delay(action, Received(503, headers), NOON, 300.0) == seconds


def test_without_an_answer_the_field_decides() -> None:
    assert delay(BoundAction("again", "retry", retry_after=2.0), None, NOON, 300.0) == 2.0
