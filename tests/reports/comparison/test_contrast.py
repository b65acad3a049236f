import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arazzo_runner.journal.comparison.record import Difference, Kind
from arazzo_runner.reports.comparison.contrast import contrast


def changed(left: object, right: object) -> Difference:
    return Difference("p", "x", Kind.CHANGED, left, right)  # type: ignore[arg-type]  # values of a test


@pytest.mark.parametrize(
    ("left", "right", "wanted"),
    [
        ("things/1", "things/2", (('"things/', "1", '"'), ('"things/', "2", '"'))),
        ("ab", "aXb", (('"a', "", 'b"'), ('"a', "X", 'b"'))),
        (1, "1", (("", "1", ""), ("", '"1"', ""))),
        (None, 0, (("", "null", ""), ("", "0", ""))),
        ("\x1b[1m", "", (('"', "\\u001b[1m", '"'), ('"', "", '"'))),
    ],
)
def test_what_differs_is_between(left: object, right: object, wanted: tuple[tuple[str, str, str], ...]) -> None:
    found = contrast(changed(left, right), 80)
    assert tuple((each.before, each.middle, each.after) for each in found if each) == wanted


@pytest.mark.parametrize(
    ("difference", "wanted"),
    [
        (Difference("p", "x", Kind.LEFT, left=[1]), ["[1]", None]),
        (Difference("p", "x", Kind.RIGHT, right=None), [None, "null"]),
        (Difference("p", "x", Kind.SECRET), ["[redacted]", "[redacted]"]),
    ],
)
def test_what_one_side_lacks(difference: Difference, wanted: list[str | None]) -> None:
    assert [each and each.whole for each in contrast(difference, 80)] == wanted


def test_long_values_are_cut_to_where_they_differ() -> None:
    left, right = contrast(changed("a" * 500 + "b" * 500, "a" * 500 + "c"), 60)
    assert left is not None
    assert right is not None
    assert left.whole.startswith("...aaaa")
    assert left.middle.startswith("bbb")
    assert left.middle.endswith("...")
    assert right.middle == "c"
    assert len(left.whole) <= 60


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300), st.integers(50, 120))
def test_nothing_is_much_longer_than_the_line(left: str, right: str, width: int) -> None:
    for each in contrast(changed(left, right), width):
        assert each is not None
        assert len(each.whole) <= width + 3
        assert "\x1b" not in each.whole
