from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.program.order import circle, ordered


def needs(**each: str) -> dict[str, frozenset[str]]:
    return {step: frozenset(wanted) for step, wanted in each.items()}


@pytest.mark.parametrize(
    ("steps", "wanted", "order"),
    [
        pytest.param("abc", {}, "abc", id="as written"),
        pytest.param("ba", needs(b="a"), "ab", id="DEP-30"),
        pytest.param("abcd", needs(b="d"), "acdb", id="as little as asked"),
        pytest.param("abc", needs(c="a", b="a"), "abc", id="satisfied already"),
        pytest.param("cba", needs(c="b", b="a"), "abc", id="a chain"),
        pytest.param("ab", needs(a="elsewhere"), "ab", id="what is not among the steps orders nothing"),
    ],
)
def test_ordered(steps: str, wanted: dict[str, frozenset[str]], order: str) -> None:
    assert ordered(list(steps), wanted) == tuple(order)
    assert circle(list(steps), wanted) == ()


@pytest.mark.parametrize(
    ("wanted", "path"),
    [
        pytest.param(needs(a="b", b="a"), "aba", id="DEP-32"),
        pytest.param(needs(b="b"), "bb", id="DEP-32 itself"),
        pytest.param(needs(a="b", b="c", c="a"), "abca", id="DEP-32 over three"),
    ],
)
def test_circles(wanted: dict[str, frozenset[str]], path: str) -> None:
    assert ordered(list("abc"), wanted) is None
    assert circle(list("abc"), wanted) == tuple(path)


@given(
    st.permutations("abcdef"),
    st.dictionaries(st.sampled_from("abcdef"), st.frozensets(st.sampled_from("abcdef"), max_size=3)),
)
def test_every_step_comes_once_and_after_its_needs(steps: list[str], wanted: dict[str, frozenset[str]]) -> None:
    order = ordered(steps, wanted)
    assert (order is None) == bool(circle(steps, wanted))
    if order is not None:
        assert sorted(order) == sorted(steps)
        assert all(order.index(need) < order.index(step) for step, every in wanted.items() for need in every)
