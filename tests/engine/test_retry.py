from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.engine.limits import LONGEST_WAIT
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
        pytest.param("Sun, 06 Nov 1994 09:49:47 +0100", 30.0, 10.0, id="a date in another zone"),
        pytest.param("Sun, 06 Nov 1994 08:00:00 GMT", 30.0, 0.0, id="a date that has passed"),
        pytest.param("99999999", 1.0, 300.0, id="clamped"),
        pytest.param("Sun, 06 Nov 9994 08:49:47 GMT", 1.0, 300.0, id="a far date is clamped"),
        pytest.param(None, 900.0, 900.0, id="RTY-06 the document's own is never cut"),
        pytest.param("soon", 4.0, 4.0, id="no answer: the field"),
        pytest.param("-5", 4.0, 4.0, id="no number of seconds"),
        pytest.param("1" * (MAX_DATE_LENGTH + 1), 4.0, 4.0, id="too long to be looked at"),
        pytest.param("", 4.0, 4.0, id="empty"),
        pytest.param(None, 1e300, LONGEST_WAIT, id="more than clocks can count"),
    ],
)
def test_delay(header: str | None, field: float, seconds: float) -> None:
    headers = () if header is None else (("retry-AFTER", header),)
    action = BoundAction("again", "retry", retry_after=field)
    assert delay(action, Received(503, headers), NOON, 300.0) == seconds


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process can't be set here")
@pytest.mark.parametrize("date", ["Sun Nov  6 08:49:47 1994", "Sun, 06 Nov 1994 08:49:47 -0000"])
def test_a_date_without_a_zone_means_the_same_on_each_machine(date: str, monkeypatch: pytest.MonkeyPatch) -> None:
    action = BoundAction("again", "retry")
    try:
        monkeypatch.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        assert delay(action, Received(503, (("Retry-After", date),)), NOON, 300.0) == 10.0
    finally:
        monkeypatch.undo()
        time.tzset()


HEADERS = st.text() | st.lists(
    st.sampled_from(
        ["Sun", ", ", "06", " ", "Nov", "1994", "08", ":", "49", "GMT", "-0000", "+99", "(", '"', "\0", "٣", "-"]
    )
).map("".join)


@given(HEADERS, st.sampled_from([Clock(), NOON, Clock(1e18, 0)]))
def test_no_header_makes_it_raise_or_wait_for_ever(header: str, clock: Clock) -> None:
    assert (
        0
        <= delay(
            BoundAction("again", "retry", retry_after=7.0), Received(429, (("Retry-After", header),)), clock, 300.0
        )
        <= 300
    )


def test_without_an_answer_the_field_decides() -> None:
    assert delay(BoundAction("again", "retry", retry_after=2.0), None, NOON, 300.0) == 2.0
