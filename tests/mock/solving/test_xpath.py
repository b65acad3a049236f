import pytest

from arazzo_runner.expressions.grammar import Exchange
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.mock.solving.plan import FREE
from arazzo_runner.mock.solving.xpath import solve_xpath

BODY = Exchange("$response.body", "response", "body")


@pytest.mark.parametrize(
    ("condition", "passing", "failing"),
    [
        ("/a/b", 1, 1),
        ("/a/b = 'x'", 1, 2),
        ("/a/b = 'x' and /a/c = 'y'", 1, 4),
        ("not(/a)", 1, 1),
        ("count(/a/b) > 2", 1, 1),
        ("count(/a/b) != 2", 2, 1),
        ("true()", 1, 0),
        ("contains(/a, 'x')", 1, 2),
        ("boolean(/a) = false()", 1, 1),
    ],
)
def test_the_ways_of_an_expression(condition: str, passing: int, failing: int) -> None:
    found = [solve_xpath(condition, BODY, wanted, Scope()) for wanted in (True, False)]
    assert [len(ways) for ways in found] == [passing, failing]


@pytest.mark.parametrize("condition", ["sum(/a/b) = 5", "/a/..", "for $x in /a return $x", "/a/b + 1 = 2"])
def test_what_is_not_turned_round_promises_nothing(condition: str) -> None:
    assert solve_xpath(condition, BODY, True, Scope()) == FREE


def test_only_a_whole_body_is_a_document() -> None:
    part = Exchange("$response.body#/x", "response", "body", "", ("x",))
    assert solve_xpath("/a", part, True, Scope()) == FREE
