from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.graph.lanes import APART, MAX_LANES, lanes_of

stretches = st.dictionaries(
    st.integers(), st.tuples(st.integers(0, 500), st.integers(0, 500)).map(lambda pair: (min(pair), max(pair)))
)


def test_short_ones_run_inside() -> None:
    assert lanes_of({"long": (0, 100), "short": (40, 60), "apart": (80, 95)}) == {"short": 0, "apart": 0, "long": 1}


def test_what_finds_no_lane_has_none() -> None:
    assert lanes_of({number: (0, 10 + number) for number in range(MAX_LANES + 1)}) == {
        number: number for number in range(MAX_LANES)
    }
    assert lanes_of({"a": (0, 1)}, 0) == {}


@given(stretches)
def test_those_in_one_lane_stay_apart(wanted: dict[int, tuple[int, int]]) -> None:
    lanes = lanes_of(wanted)
    for one, other in combinations(lanes, 2):
        if lanes[one] == lanes[other]:
            (low, high), (start, end) = wanted[one], wanted[other]
            assert end + APART < low or high + APART < start
