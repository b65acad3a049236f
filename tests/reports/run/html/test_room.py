from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.reports.run.html.excerpt import Excerpt
from arazzo_runner.reports.run.html.history import Activation, Exchange, Try
from arazzo_runner.reports.run.html.limits import LEAST_CONTENT, MAX_ALL_TRIES, MAX_BODIES, MAX_CONTENTS, MAX_TRIES
from arazzo_runner.reports.run.html.room import Room, fair_share
from tests.reports.run.html.rendered import history_of
from tests.reports.run.tape import CHECKOUT


def step(tries: int, body: int) -> Activation:
    exchange = Exchange("GET", "", (), Excerpt("x" * body, body), 0, "", 0.0)
    return Activation(
        1, ("a",), "w", "", 0.0, tries=[Try(number, 0.0, exchanges=[exchange]) for number in range(tries)]
    )


def test_a_short_run_is_told_in_full() -> None:
    assert Room.of(history_of(CHECKOUT).activations) == Room()
    assert Room.of(()) == Room()


def test_of_a_long_run_less_of_each_part_is_told() -> None:
    room = Room.of([step(1, 10_000)] * 1000)
    assert room == Room(MAX_BODIES // 1000, MAX_CONTENTS // 1000, MAX_TRIES)
    assert Room.of([step(100, 1)] * 1000) == Room(content=LEAST_CONTENT, tries=MAX_ALL_TRIES // 1000)
    assert Room.of([step(100, 1)] * 9000).tries == 2


@given(st.lists(st.integers(0, 30_000), max_size=60), st.integers(0, 200_000), st.integers(1, 20_000))
def test_a_share_keeps_to_the_budget_and_uses_it(sizes: list[int], budget: int, most: int) -> None:
    share = fair_share(sizes, budget, most)
    taken = sum(min(size, share, most) for size in sizes)
    assert taken <= budget
    assert share == most or taken + len(sizes) > budget


def test_what_fits_is_not_cut() -> None:
    assert fair_share([100] * 10, 1000, 500) == 500
