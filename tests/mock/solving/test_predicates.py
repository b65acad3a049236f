import pytest

from arazzo_runner.criteria.predicates import Predicate, read_predicate
from arazzo_runner.expressions.grammar import Exchange
from arazzo_runner.mock.solving.predicates import Solving
from arazzo_runner.mock.solving.queries import read_rfc9535
from arazzo_runner.query.jsonpath import compile_rfc9535

BODY = Exchange("$response.body", "response", "body")


@pytest.mark.parametrize(
    ("text", "passing", "failing"),
    [
        ("true", 1, 0),
        ("1 == 2", 0, 1),
        ("'a' == 'a' && $.x == 1", 1, 2),
        ("$.x == 1 || $.y == 2", 2, 4),
        ("$.x", 1, 2),
        ("$.x == $.y", 2, 2),
        ("$.x == null", 2, 1),
        ("$.x.length > -1", 2, 1),
    ],
)
def test_the_ways_of_a_predicate(text: str, passing: int, failing: int) -> None:
    predicate = read_predicate(text, compile_rfc9535)
    assert isinstance(predicate, Predicate)
    solving = Solving(BODY, read_rfc9535)
    assert (len(solving.ways(predicate.tree, True)), len(solving.ways(predicate.tree, False))) == (passing, failing)
