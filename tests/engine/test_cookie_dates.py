import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.engine.cookie_dates import LONGEST_DATE, seconds_of


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Wed, 09 Jun 2021 10:18:14 GMT", 1623233894),
        ("Wed, 09-Jun-2021 10:18:14 GMT", 1623233894),
        ("Wednesday, 09-Jun-21 10:18:14 GMT", 1623233894),
        ("Wed Jun  9 10:18:14 2021", 1623233894),
        ("9 june 2021 10:18:14", 1623233894),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Thu, 01-Jan-70 00:00:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 253402300799),
        ("", None),
        ("tomorrow", None),
        ("09 Jun 2021", None),
        ("31 Feb 2021 10:18:14", None),
        ("09 Jun 1600 10:18:14", None),
        ("09 Jun 2021 25:00:00", None),
        ("x" * LONGEST_DATE + " 09 Jun 2021 10:18:14", None),
    ],
)
def test_dates_in_all_their_forms(text: str, seconds: int | None) -> None:
    assert seconds_of(text) == seconds


@given(st.text())
def test_no_text_makes_it_raise(text: str) -> None:
    seconds_of(text)
