import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.journal.comparison import alignment
from arazzo_runner.journal.comparison.alignment import Key, aligned

STEPS = st.lists(st.sampled_from(["a1", "a2", "b1", "b2", "c1"]), max_size=8)


def key(each: str) -> Key:
    return (each[0],), (each[1:],)


def both(left: list[str], right: list[str]) -> list[tuple[str | None, str | None]]:
    found = aligned(left, right, key)
    return [*found]


def pairs(left: list[str], right: list[str]) -> list[str]:
    return [f"{one or '-'}:{other or '-'}" for one, other in both(left, right)]


@pytest.mark.parametrize(
    ("left", "right", "wanted"),
    [
        ("", "", ""),
        ("a1 b1", "a1 b1", "a1:a1 b1:b1"),
        ("a1 b1", "a1 c1 b1", "a1:a1 -:c1 b1:b1"),
        ("a1 b1 c1", "c1", "a1:- b1:- c1:c1"),
        ("a1 b1 a1 b1 a1 b1 c1", "a1 b1 a1 b1 c1", "a1:a1 b1:b1 a1:- b1:- a1:a1 b1:b1 c1:c1"),
        ("a2 a2 a1", "a2 a1", "a2:a2 a2:- a1:a1"),
        ("a1 b2 c1", "a1 b1 c1", "a1:a1 b2:b1 c1:c1"),
        ("a1", "b1", "a1:- -:b1"),
        ("b1", "a1", "-:a1 b1:-"),
    ],
)
def test_what_belongs_together(left: str, right: str, wanted: str) -> None:
    found = pairs(left.split(), right.split())
    assert sorted(found) == sorted(wanted.split())
    assert [one for each in found if (one := each.split(":")[0]) != "-"] == left.split()


@given(STEPS, STEPS)
def test_nothing_is_lost_and_the_order_stays(left: list[str], right: list[str]) -> None:
    found = both(left, right)
    assert [one for one, _ in found if one is not None] == left
    assert [other for _, other in found if other is not None] == right
    assert all(one[0] == other[0] for one, other in found if one is not None and other is not None)


@given(STEPS, STEPS)
def test_exchanging_the_sides_exchanges_the_result(left: list[str], right: list[str]) -> None:
    there = [(other, one) for one, other in both(left, right)]
    assert there == both(right, left)


@given(STEPS)
def test_a_sequence_and_itself(steps: list[str]) -> None:
    assert both(steps, steps) == [(each, each) for each in steps]


def test_what_is_too_long_is_taken_in_its_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alignment, "MAX_ALIGNED", 3)
    assert pairs(["a1", "b1", "c1", "b1"], ["a1", "c1", "c1"]) == ["a1:a1", "b1:-", "-:c1", "c1:c1", "b1:-"]
