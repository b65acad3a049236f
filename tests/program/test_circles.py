from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.program.circles import Circles


@pytest.mark.parametrize(
    ("graph", "edge", "path"),
    [
        pytest.param({"a": "b"}, "ab", "", id="a chain is none"),
        pytest.param({"a": "a"}, "aa", "aa", id="to itself"),
        pytest.param({"a": "b", "b": "a"}, "ab", "aba", id="two"),
        pytest.param({"a": "b", "b": "cd", "c": "a", "d": "c"}, "ab", "abca", id="the shortest path"),
        pytest.param({"a": "b", "b": "cb", "c": "b"}, "ab", "", id="a circle further down is not its own"),
        pytest.param({"a": "bc", "b": "d", "c": "d"}, "ab", "", id="a diamond is none (DEP-08)"),
        pytest.param({"a": "bc", "b": "", "c": "a"}, "ac", "aca", id="one branch circles"),
        pytest.param({"a": "bc", "b": "", "c": "a"}, "ab", "", id="the other does not"),
    ],
)
def test_the_path_back(graph: dict[str, str], edge: str, path: str) -> None:
    assert Circles(lambda node: graph.get(node, "")).path(edge[0], edge[1]) == tuple(path)


def test_each_node_is_asked_for_once() -> None:
    asked: list[int] = []

    def edges(node: int) -> tuple[int, ...]:
        asked.append(node)
        return ((node + 1) % 5_000,)

    circles = Circles(edges)
    assert len(circles.path(7, 8)) == len(circles.path(3, 4)) == 5_001
    assert sorted(asked) == list(range(5_000))


GRAPHS = st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), unique=True, max_size=4))


@given(GRAPHS)
def test_there_is_a_path_exactly_where_the_target_leads_back(graph: dict[str, list[str]]) -> None:
    circles = Circles(lambda node: graph.get(node, []))
    for start, targets in graph.items():
        for target in targets:
            path = circles.path(start, target)
            assert bool(path) == (start in _led(graph, target))
            assert all(after in graph[before] for before, after in pairwise(path))
            assert not path or (path[0], path[1], path[-1]) == (start, target, start)


def _led(graph: dict[str, list[str]], node: str) -> set[str]:
    found, queue = {node}, [node]
    for one in queue:
        queue += [other for other in graph.get(one, []) if other not in found]
        found |= set(graph.get(one, []))
    return found
