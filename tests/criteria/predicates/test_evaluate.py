"""Predicates decided."""

import pytest

from arazzo_runner.criteria.predicates import Predicate, read_predicate
from arazzo_runner.query.jsonpath import compile_rfc9535
from arazzo_runner.query.undecided import Undecided
from arazzo_runner.values import Value

DATA: Value = {
    "t": True,
    "f": False,
    "zero": 0,
    "e": "",
    "s": "a",
    "n": 5,
    "null": None,
    "l": [1, 2],
    "o": {"length": 9},
}


def holds(text: str, value: Value = DATA) -> bool | Undecided:
    predicate = read_predicate(text, compile_rfc9535)
    assert isinstance(predicate, Predicate), predicate
    return predicate.holds(value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$.t", True),
        ("$.f", False),
        ("$.zero", False),
        ("$.e", False),
        ("$.s", True),
        ("$.null", False),
        ("$.none", False),
        ("$.l", True),
        ("!$.f && !$.none", True),
        ("$.f || $.s", True),
        ("$.n == 5.0", True),
        ("$.n == '5'", False),
        ("$.n > 4 && $.n <= 5", True),
        ("$.s < 'b'", True),
        ("$.s == 'A'", False),
        ("$.none < 1", False),
        ("$.none == null", True),
        ("$.null == null", True),
        ("$.none == $.null", True),
        ("$.l.length == 2", True),
        ("$.s.length == 1", True),
        ("$.o.length == 9", True),
        ("$.n.length == null", True),
        ("$.none.length > 0", False),
        ("$.l[*].length == 2", True),
        ("$.l[?@ > 1].length == 1", True),
        ("$.l[?@ > 9].length", False),
        ("1 == 1", True),
    ],
)
def test_p6_values_and_lengths(text: str, expected: bool) -> None:
    assert holds(text) is expected


def test_sec_09_all_its_queries_share_their_steps() -> None:
    numbers: Value = list(range(100_000))
    assert holds("$..*.length > 0", numbers) is True
    found = holds(" && ".join(["$..*.length > 0"] * 8), numbers)
    assert isinstance(found, Undecided)
    assert found.limit == "max_query_steps"
