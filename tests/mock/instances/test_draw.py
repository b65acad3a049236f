import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.mock.instances.draw import Draw


def test_the_choices_of_a_key_never_change() -> None:
    # Written down once: another machine or another Python must give the same.
    draw = Draw(0, "a", 1)
    assert [draw.between(0, 999) for _ in range(4)] == [417, 933, 432, 541]
    assert Draw("key").text("abc", 8) == "bbaaccbc"


def test_other_keys_give_other_choices() -> None:
    found = {
        tuple(Draw(*key).between(0, 10**6) for _ in range(3)) for key in [(0,), (1,), ("0", ""), (0, "a"), ("0a",)]
    }
    assert len(found) == 5


@given(st.integers(), st.integers(-(10**30), 10**30), st.integers(0, 10**30))
def test_a_number_lies_between_its_bounds(key: int, low: int, width: int) -> None:
    assert low <= Draw(key).between(low, low + width) <= low + width


def test_bounds_the_wrong_way_round_give_the_lower_one() -> None:
    assert Draw(1).between(5, 4) == 5


@pytest.mark.parametrize("key", ["\ud800", "é", None, 1.5])
def test_any_key_will_do(key: object) -> None:
    assert Draw(key).pick("ab") in "ab"


def test_every_option_is_drawn_sooner_or_later() -> None:
    draw = Draw(3)
    assert {draw.pick((1, 2, 3)) for _ in range(60)} == {1, 2, 3}
