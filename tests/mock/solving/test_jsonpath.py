import pytest

from arazzo_runner.expressions.grammar import Exchange
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.mock.solving.jsonpath import solve_goessner, solve_rfc9535
from arazzo_runner.mock.solving.plan import FREE

BODY = Exchange("$response.body", "response", "body")


@pytest.mark.parametrize("solve", [solve_rfc9535, solve_goessner])
def test_a_query_a_predicate_and_what_is_neither(solve: object) -> None:
    assert callable(solve)
    assert [len(solve(text, BODY, True, Scope())) for text in ("$.a", "$.a == 1 || $.b == 2", "][")] == [1, 2, 0]
    assert solve("][", BODY, False, Scope()) == FREE
