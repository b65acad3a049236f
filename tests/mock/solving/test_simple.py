import pytest

from arazzo_runner.criteria.simple.parser import parse_condition
from arazzo_runner.expressions.grammar import Dialect, Exchange, StatusCode
from arazzo_runner.expressions.parse import UNKNOWN
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.mock.solving.simple import against, tied_both_ways, ways

BODY = Exchange("$response.body#/x", "response", "body", "", ("x",))


@pytest.mark.parametrize(
    ("condition", "passing", "failing"),
    [
        ("$response.body#/x == 1", 1, 2),
        ("$response.body#/x == null", 2, 1),
        ("$response.body#/x > 3", 1, 2),
        ("$response.body#/x < ''", 0, 2),
        ("!$response.body#/x == true", 2, 1),
        ("$response.body#/x == $response.body#/y", 2, 2),
        ("$response.body#/x matches '^a'", 1, 2),
        ("$response.body#/x contains 'a'", 1, 2),
        ("$url == 'x'", 0, 1),
    ],
)
def test_the_ways_of_a_condition(condition: str, passing: int, failing: int) -> None:
    tree = parse_condition(condition, Dialect(v1_1=True), UNKNOWN).tree
    assert tree is not None
    assert (len(ways(tree, True, Scope())), len(ways(tree, False, Scope()))) == (passing, failing)


def test_a_status_is_compared_by_number() -> None:
    [plan] = against(StatusCode("$statusCode"), ">=", 400, False)
    assert plan.allows(399)
    assert not plan.allows(400)
    assert against(StatusCode("$statusCode"), "contains", 4) == ()


def test_what_has_no_other_way_round_is_tied_once() -> None:
    assert [len(tied_both_ways(operator, BODY, BODY)) for operator in ("<", "contains")] == [2, 1]
